import { type Server, status } from '@grpc/grpc-js';
import type { GRPCBrokerServer, GRPCControllerServer, GRPCStdioServer } from './generated/goplugin';
import { GRPCBrokerService, GRPCControllerService, GRPCStdioService } from './generated/goplugin';
import { HealthCheckResponse_ServingStatus, type HealthServer, HealthService } from './generated/health';

/** How long, in milliseconds, a Shutdown waits for calls that still run. A client waits 2 s before it kills. */
const shutdownGrace = 500;

/**
 * Adds the services that a go-plugin client expects of every plugin.
 *
 * @param onShutdown called when the client is done with the plugin and has its answer; without it, a Shutdown
 *   is answered and changes nothing
 */
export function addPluginServices(server: Server, onShutdown?: () => void): void {
  const health: HealthServer = {
    check(call, callback) {
      // go-plugin asks for the service "plugin"; gRPC's own tools ask for "", the whole server.
      if (['', 'plugin'].includes(call.request.service)) {
        callback(null, { status: HealthCheckResponse_ServingStatus.SERVING });
      } else {
        callback({ code: status.NOT_FOUND, details: 'unknown service' });
      }
    },
  };

  const controller: GRPCControllerServer = {
    shutdown(_call, callback) {
      callback(null, {});
      if (!onShutdown) return;
      // With the silent streams ended, the server is empty once the answer is out.
      for (const call of held) call.end();
      server.tryShutdown(onShutdown);
      setTimeout(onShutdown, shutdownGrace);
    },
  };

  // Both streams stay open and silent: a plugin's log goes to stderr, and no plugin here opens further
  // connections. An earlier end would make the client report a broken plugin.
  const held = new Set<{ end(): void }>();
  const stdio: GRPCStdioServer = {
    streamStdio(call) {
      held.add(call);
      call.on('cancelled', () => held.delete(call));
    },
  };
  const broker: GRPCBrokerServer = {
    startStream(call) {
      held.add(call);
      call.on('cancelled', () => held.delete(call));
      call.on('end', () => call.end());
      call.resume();
    },
  };

  server.addService(HealthService, health);
  server.addService(GRPCControllerService, controller);
  server.addService(GRPCStdioService, stdio);
  server.addService(GRPCBrokerService, broker);
}
