import type { Server, sendUnaryData, UntypedServiceImplementation } from '@grpc/grpc-js';
import { type ProviderServer, ProviderService } from './generated/tfplugin6';

type Handler = (call: unknown, callback: unknown) => void;

/**
 * Offers a provider to clients at once. What answers them is loaded right after that, while a client connects: it is
 * most of the provider, and the prepared schema needs none of it. If it cannot be loaded, that is an unhandled rejection,
 * which ends the process.
 *
 * @param load loads the RPCs; called once
 * @param preparedSchema the answer to GetProviderSchema, in base64, if the build has prepared it
 */
export function addProvider(
  server: Pick<Server, 'addService'>,
  load: () => Promise<ProviderServer>,
  preparedSchema?: string,
): void {
  const handlers = onceLoaded(load);
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

/** Every RPC; those that are called before they are loaded wait for that, in their order. */
function onceLoaded(load: () => Promise<ProviderServer>): UntypedServiceImplementation {
  let rpcs: Record<string, Handler> | undefined;
  let loading: Promise<void> | undefined;
  const loaded = () => {
    loading ??= load().then((all) => {
      rpcs = all as unknown as Record<string, Handler>;
    });
    return loading;
  };
  setImmediate(loaded);

  const handlers: UntypedServiceImplementation = {};
  for (const method of Object.keys(ProviderService)) {
    handlers[method] = (call: unknown, callback: unknown) => {
      if (rpcs) rpcs[method]?.(call, callback);
      else void loaded().then(() => rpcs?.[method]?.(call, callback));
    };
  }
  return handlers;
}
