import type { Server } from '@grpc/grpc-js';
import { createOperations } from '../framework/operations';
import { checkProvider } from '../framework/operations/check';
import type { Log, Provider } from '../framework/provider';
import { type ProviderServer, ProviderService } from './generated/tfplugin6';
import { createRpc } from './rpc';
import { dataSourceRpcs } from './rpcs/data-source';
import { notOfferedRpcs } from './rpcs/not-offered';
import { providerRpcs } from './rpcs/provider';
import { resourceRpcs } from './rpcs/resource';

/** Offers a provider to clients. Throws where it is defined wrongly. */
export function addProvider<C>(server: Server, provider: Provider<C>, log: Log): void {
  checkProvider(provider);
  server.addService(ProviderService, rpcs(provider, log));
}

/** Every RPC of the protocol, over one provider. */
function rpcs<C>(provider: Provider<C>, log: Log): ProviderServer {
  const operations = createOperations(provider, log);
  const rpc = createRpc((text) => log.redact(text));
  return {
    ...notOfferedRpcs(rpc),
    ...providerRpcs(provider, operations.provider, rpc),
    ...resourceRpcs(operations.resource, rpc),
    ...dataSourceRpcs(operations.dataSource, rpc),
  };
}
