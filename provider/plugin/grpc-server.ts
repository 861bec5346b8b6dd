import type { Socket } from 'node:net';
// Not from the package's index, which would also load all that a client needs.
import { Server } from '@grpc/grpc-js/build/src/server';
import { ServerCredentials } from '@grpc/grpc-js/build/src/server-credentials';
import { addPluginServices } from './services';

/**
 * A gRPC server with the services that every plugin has, and the function that passes it connections.
 *
 * @param onShutdown see {@link addPluginServices}
 */
export function createGrpcServer(onShutdown?: () => never): { server: Server; accept(socket: Socket): void } {
  const server = new Server({
    'grpc.max_receive_message_length': -1,
    'grpc.max_send_message_length': -1,
    'grpc.enable_channelz': 0,
  });
  addPluginServices(server, onShutdown);
  const { injectConnection } = server.createConnectionInjector(ServerCredentials.createInsecure());
  return { server, accept: injectConnection };
}
