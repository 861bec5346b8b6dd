import type { Server, sendUnaryData } from '@grpc/grpc-js';
import { createOperations } from '../framework/operations';
import type { Log, Provider } from '../framework/provider';
import { type ProviderServer, ProviderService } from './generated/tfplugin6';
import { createRpc } from './rpc';
import { actionMethods, actionRpcs } from './rpcs/action';
import { dataSourceMethods, dataSourceRpcs } from './rpcs/data-source';
import { ephemeralResourceMethods, ephemeralResourceRpcs } from './rpcs/ephemeral-resource';
import { functionMethods, functionRpcs } from './rpcs/function';
import { listResourceMethods, listResourceRpcs } from './rpcs/list-resource';
import { notOfferedMethods, notOfferedRpcs } from './rpcs/not-offered';
import { providerMethods, providerRpcs } from './rpcs/provider';
import { resourceMethods, resourceRpcs } from './rpcs/resource';

/**
 * Offers a provider to clients. Its definition is expected to be valid: `make build` and a unit test check that.
 *
 * @param preparedSchema the answer to GetProviderSchema, in base64, if the build has prepared it
 */
export function addProvider<C>(
  server: Server,
  provider: Provider<C>,
  log: Log,
  preparedSchema?: string,
): void {
  const handlers = rpcs(provider, log);
  if (preparedSchema === undefined) {
    server.addService(ProviderService, handlers);
    return;
  }
  const asIs = (bytes: Buffer) => bytes;
  server.addService(
    {
      ...ProviderService,
      getProviderSchema: { ...ProviderService.getProviderSchema, responseSerialize: asIs },
    },
    {
      ...handlers,
      getProviderSchema: (_call: unknown, answer: sendUnaryData<Buffer>) =>
        answer(null, Buffer.from(preparedSchema, 'base64')),
    },
  );
}

/** Every RPC of the protocol, for one provider. */
function rpcs<C>(provider: Provider<C>, log: Log): ProviderServer {
  const operations = createOperations(provider, log);
  const rpc = createRpc((text) => log.redact(text));
  return {
    ...onceCalled(notOfferedMethods, () => notOfferedRpcs(rpc)),
    ...onceCalled(providerMethods, () => providerRpcs(provider, operations.provider, rpc)),
    ...onceCalled(resourceMethods, () => resourceRpcs(operations.resource(), rpc)),
    ...onceCalled(dataSourceMethods, () => dataSourceRpcs(operations.dataSource(), rpc)),
    ...onceCalled(ephemeralResourceMethods, () => ephemeralResourceRpcs(operations.ephemeralResource(), rpc)),
    ...onceCalled(actionMethods, () => actionRpcs(operations.action(), rpc)),
    ...onceCalled(functionMethods, () => functionRpcs(operations.function(), rpc)),
    ...onceCalled(listResourceMethods, () => listResourceRpcs(operations.listResource(), rpc)),
  };
}

/** RPCs whose table is made when the first of them is called, since few processes need those of every kind. */
function onceCalled<Method extends keyof ProviderServer & string>(
  methods: readonly Method[],
  makeTable: () => Pick<ProviderServer, Method>,
) {
  type Handler = (call: unknown, callback: unknown) => void;
  const handlers: Record<string, Handler> = {};
  let table: Record<string, Handler> | undefined;
  for (const method of methods) {
    handlers[method] = (call, callback) => {
      table ??= makeTable() as Record<string, Handler>;
      table[method]?.(call, callback);
    };
  }
  return handlers as Pick<ProviderServer, Method>;
}
