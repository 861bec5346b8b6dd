import type { handleServerStreamingCall, handleUnaryCall } from '@grpc/grpc-js';
import { diagnosticsOf } from '../framework/diagnostics';
import type { Diagnostic } from './generated/tfplugin6';
import { wireDiagnostics } from './wire/diagnostics';

/**
 * Makes RPCs with one answer. `refuse` puts diagnostics into an answer: whatever is thrown goes that way, never
 * as a gRPC error. `redact` takes the known secrets out of every diagnostic, wherever its text came from.
 */
export function unaryRpcs(redact: (text: string) => string) {
  const clean = (diagnostic: Diagnostic): Diagnostic => ({
    ...diagnostic,
    summary: redact(diagnostic.summary),
    detail: redact(diagnostic.detail),
  });
  return <Q, R extends object>(
    refuse: (diagnostics: Diagnostic[]) => NoInfer<R>,
    answer: (request: NoInfer<Q>) => NoInfer<R> | Promise<NoInfer<R>>,
  ): handleUnaryCall<Q, R> => {
    const respond = async (request: Q): Promise<R> => {
      try {
        return await answer(request);
      } catch (thrown) {
        return refuse(wireDiagnostics(diagnosticsOf(thrown)));
      }
    };
    return async (call, callback) => {
      const response = await respond(call.request);
      const { diagnostics } = response as { diagnostics?: Diagnostic[] };
      callback(null, diagnostics ? { ...response, diagnostics: diagnostics.map(clean) } : response);
    };
  };
}

/** A streaming RPC of something that this provider does not have: one event that says so. */
export function onlyEvent<Q, R>(event: (request: Q) => R): handleServerStreamingCall<Q, R> {
  return (call) => {
    call.write(event(call.request));
    call.end();
  };
}
