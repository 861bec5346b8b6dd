import type { UntypedServiceImplementation } from '@grpc/grpc-js';
import { serve } from '../../../provider/plugin/serve';
import { ProviderService } from '../../../provider/protocol/generated/tfplugin6';
import { tfplugin6 } from '../../../provider/protocol/tfplugin6';

/** A provider that answers every RPC with the protocol's zero values: what gRPC and TLS cost by themselves. */
const plugin = tfplugin6({ name: 'reference', source: 'example/reference', version: '0.0.0' }, () =>
  Promise.reject(new Error('There is no provider to load.')),
);

void serve({
  ...plugin,
  async register(server) {
    const handlers: UntypedServiceImplementation = {};
    for (const [name, { responseDeserialize }] of Object.entries(ProviderService)) {
      const nothing = responseDeserialize(Buffer.alloc(0));
      handlers[name] = (_: unknown, callback: (error: null, answer: unknown) => void) =>
        callback(null, nothing);
    }
    server.addService(ProviderService, handlers);
  },
});
