import type {
  handleClientStreamingCall,
  handleServerStreamingCall,
  handleUnaryCall,
  ServerWritableStream,
} from '@grpc/grpc-js';
import { diagnosticsOf } from '../framework/diagnostics';
import type { Diagnostic, FunctionError } from './generated/tfplugin6';
import { printable, printableLine } from './printable';
import { wireDiagnostics } from './wire/diagnostics';

/** Makes the handlers for every shape of RPC in the protocol. */
export type Rpc = ReturnType<typeof createRpc>;

/** Makes an answer that holds these diagnostics and nothing else. */
type WithDiagnostics<A> = (diagnostics: Diagnostic[]) => NoInfer<A>;

/**
 * The border of the provider: every answer leaves through here. Whatever is thrown becomes an answer with
 * diagnostics, never a gRPC error, `redact` removes known secrets from every text, wherever it came from, and nothing in a
 * text is left that a terminal would obey: a name can be anybody's.
 */
export function createRpc(redact: (text: string) => string) {
  /** Gives `done` exactly one answer; at once, unless it has to be waited for. */
  function respond<A extends object>(
    failed: WithDiagnostics<A>,
    answer: () => A | Promise<A>,
    done: (answer: A) => void,
  ): void {
    const giveUp = (thrown: unknown) => redacted(failed(wireDiagnostics(diagnosticsOf(thrown))), redact);
    let answered: A | Promise<A>;
    try {
      const made = answer();
      answered =
        made instanceof Promise ? made.then((later) => redacted(later, redact)) : redacted(made, redact);
    } catch (thrown) {
      answered = giveUp(thrown);
    }
    if (answered instanceof Promise) void answered.catch(giveUp).then(done);
    else done(answered);
  }

  return {
    unary<Q, A extends object>(
      failed: WithDiagnostics<A>,
      answer: (request: NoInfer<Q>) => NoInfer<A> | Promise<NoInfer<A>>,
    ): handleUnaryCall<Q, A> {
      return (call, callback) =>
        respond<A>(
          failed,
          () => answer(call.request),
          (made) => callback(null, made),
        );
    },

    /**
     * If `events` throws, a last event says so. None is asked for before the client has room for it, or once the client
     * is gone, which also aborts `cancelled`.
     */
    serverStream<Q, E extends object>(
      failed: WithDiagnostics<E>,
      events: (
        request: NoInfer<Q>,
        cancelled: AbortSignal,
      ) => Iterable<NoInfer<E>> | AsyncIterable<NoInfer<E>>,
    ): handleServerStreamingCall<Q, E> {
      return async (call) => {
        const cancelled = new AbortController();
        call.once('cancelled', () => cancelled.abort());
        try {
          for await (const event of events(call.request, cancelled.signal)) {
            if (call.cancelled) break;
            if (!call.write(redacted(event, redact))) await roomIn(call);
            if (call.cancelled) break;
          }
        } catch (thrown) {
          if (!call.cancelled) call.write(redacted(failed(wireDiagnostics(diagnosticsOf(thrown))), redact));
        }
        call.end();
      };
    },

    /** Answers once the client has sent everything, and reads none of it. */
    clientStream<Q, A extends object>(
      failed: WithDiagnostics<A>,
      answer: () => NoInfer<A> | Promise<NoInfer<A>>,
    ): handleClientStreamingCall<Q, A> {
      return (call, callback) => {
        call.on('error', () => {});
        call.on('end', () => respond<A>(failed, answer, (made) => callback(null, made)));
        call.resume();
      };
    },
  };
}

/** Waits until the client has taken what was written, or is gone. */
function roomIn(call: ServerWritableStream<unknown, unknown>): Promise<void> {
  return new Promise((resolve) => {
    function end(): void {
      call.off('drain', end);
      call.off('close', end);
      resolve();
    }
    call.once('drain', end);
    call.once('close', end);
  });
}

type Redact = (text: string) => string;

const diagnosticList = (diagnostics: readonly Diagnostic[], redact: Redact) =>
  diagnostics.map((diagnostic) => ({
    ...diagnostic,
    summary: line(diagnostic.summary, redact),
    detail: text(diagnostic.detail, redact),
  }));
// What is redacted first, is redacted as it was written.
const line = (value: string, redact: Redact) => printableLine(redact(value));
const text = (value: string, redact: Redact) => printable(redact(value));

/** The fields of answers and events that hold text for users, and how each is made fit for them. */
const textFields = Object.entries({
  diagnostics: diagnosticList,
  // ListResource's events
  diagnostic: diagnosticList,
  displayName: line,
  // StopProvider
  Error: text,
  // CallFunction
  error: (error: FunctionError, redact: Redact) => ({ ...error, text: text(error.text, redact) }),
  // InvokeAction's events: progress or completion
  type: (event: { value: object }, redact: Redact) => ({ ...event, value: redacted(event.value, redact) }),
  message: text,
}) as [field: string, redactField: (value: unknown, redact: Redact) => unknown][];

/** Most answers hold no text: they are passed on without a copy, since a run has thousands of them. */
function redacted<A extends object>(answer: A, redact: Redact): A {
  let result: Record<string, unknown> = answer as Record<string, unknown>;
  for (const [field, redactField] of textFields) {
    const value = result[field];
    if (value === undefined || value === '' || (Array.isArray(value) && value.length === 0)) continue;
    result = { ...result, [field]: redactField(value, redact) };
  }
  return result as A;
}
