import type { handleServerStreamingCall, handleUnaryCall } from '@grpc/grpc-js';
import { diagnosticsOf } from '../framework/diagnostics';
import { wireDiagnostics } from './diagnostics';
import type { Diagnostic } from './generated/tfplugin6';

/** An RPC with one answer. `refuse` puts diagnostics into an answer: whatever is thrown goes that way, never as a gRPC error. */
export function unary<Q, R>(
  refuse: (diagnostics: Diagnostic[]) => NoInfer<R>,
  answer: (request: NoInfer<Q>) => NoInfer<R> | Promise<NoInfer<R>>,
): handleUnaryCall<Q, R> {
  return (call, callback) => {
    const respond = async () => answer(call.request);
    respond().then(
      (response) => callback(null, response),
      (thrown) => callback(null, refuse(wireDiagnostics(diagnosticsOf(thrown)))),
    );
  };
}

/** A streaming RPC of something that this provider does not have: one event that says so. */
export function onlyEvent<Q, R>(event: (request: Q) => R): handleServerStreamingCall<Q, R> {
  return (call) => {
    call.write(event(call.request));
    call.end();
  };
}
