import { createOperations } from '../../framework/operations';
import type { Log, Provider } from '../../framework/provider';
import type { ProviderServer } from '../generated/tfplugin6';
import { createRpc } from '../rpc';
import { actionMethods, actionRpcs } from './action';
import { dataSourceMethods, dataSourceRpcs } from './data-source';
import { ephemeralResourceMethods, ephemeralResourceRpcs } from './ephemeral-resource';
import { functionMethods, functionRpcs } from './function';
import { listResourceMethods, listResourceRpcs } from './list-resource';
import { notOfferedMethods, notOfferedRpcs } from './not-offered';
import { providerMethods, providerRpcs } from './provider';
import { resourceMethods, resourceRpcs } from './resource';

/** Every RPC of the protocol, for one provider. Its definition is expected to be valid: `make build` and a unit test check that. */
export function createRpcs<C>(provider: Provider<C>, log: Log): ProviderServer {
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
