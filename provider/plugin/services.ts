import type { Server } from '@grpc/grpc-js';
import { Status } from '@grpc/grpc-js/build/src/constants';
import type { GRPCBrokerServer, GRPCControllerServer, GRPCStdioServer } from './generated/goplugin';
import { GRPCBrokerService, GRPCControllerService, GRPCStdioService } from './generated/goplugin';
import { HealthCheckResponse_ServingStatus, type HealthServer, HealthService } from './generated/health';

/**
 * Adds the services that a go-plugin client expects of every plugin.
 *
 * @param onShutdown ends the process as soon as the client is done with it: the client waits for that, not for an
 *   answer (go-plugin's own servers close the connection, too), and nobody is waiting for calls that still run.
 *   Without it, a Shutdown is answered and has no effect
 */
export function addPluginServices(server: Server, onShutdown?: () => never): void {
  const health: HealthServer = {
    check(call, callback) {
      // go-plugin asks for the service "plugin"; gRPC's own tools ask for "", the whole server.
      if (['', 'plugin'].includes(call.request.service)) {
        callback(null, { status: HealthCheckResponse_ServingStatus.SERVING });
      } else {
        callback({ code: Status.NOT_FOUND, details: 'unknown service' });
      }
    },
  };

  const controller: GRPCControllerServer = {
    shutdown(_call, callback) {
      onShutdown?.();
      callback(null, {});
    },
  };

  // Both streams stay open and silent: a plugin's log goes to stderr, and no plugin here opens further
  // connections. If they ended early, the client would report a broken plugin.
  const stdio: GRPCStdioServer = { streamStdio() {} };
  const broker: GRPCBrokerServer = {
    startStream(call) {
      call.on('end', () => call.end());
      call.resume();
    },
  };

  server.addService(HealthService, health);
  server.addService(GRPCControllerService, controller);
  server.addService(GRPCStdioService, stdio);
  server.addService(GRPCBrokerService, broker);
}
