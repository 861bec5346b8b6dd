import { type DeferralReason, type Diagnostic, diagnosticsOf, Failure } from '../diagnostics';
import type { Call } from './call';

/** What every operation reports besides its own answer. */
export interface Outcome {
  readonly diagnostics: readonly Diagnostic[];
  readonly deferred?: DeferralReason;
}

/** Prepares a call to a handler, with the private state that was stored. Throws until the provider is configured. */
export type OpenCall<Client> = (stored: Uint8Array) => Call<Client>;

interface RunRequest {
  /** Absent for kinds that have no private state. */
  readonly private?: Uint8Array;
  readonly deferralAllowed?: boolean;
}

/**
 * The ways to work with the definitions of one kind. None throws: if an operation fails, the answer is the
 * fallback, and the diagnostics say why.
 *
 * @param offered what the provider offers of this kind
 * @param notFound makes the failure for a type that is not offered
 */
export function createRunner<Client, Definition>(
  provider: { readonly name: string },
  offered: readonly { readonly name: string; readonly definition: Definition }[],
  notFound: (type: string) => Failure,
  openCall: OpenCall<Client>,
) {
  const definitions = new Map(offered.map((each) => [`${provider.name}_${each.name}`, each.definition]));

  function find(type: string): Definition {
    const found = definitions.get(type);
    if (found === undefined) throw notFound(type);
    return found;
  }

  return {
    /** For operations without a context: the provider need not be configured. */
    runWithoutContext<Answer extends object>(
      type: string,
      fallback: Answer,
      operation: (definition: Definition) => Answer & Partial<Outcome>,
    ): Answer & Outcome {
      try {
        return { diagnostics: [], ...operation(find(type)) };
      } catch (thrown) {
        return { ...fallback, diagnostics: diagnosticsOf(thrown) };
      }
    },

    /** For operations that call a handler. Warnings that it gave before it failed are kept. */
    async run<Answer extends object>(
      type: string,
      request: RunRequest,
      fallback: Answer,
      operation: (definition: Definition, call: Call<Client>) => Promise<Answer>,
    ): Promise<Answer & Outcome> {
      let call: Call<Client> | undefined;
      try {
        const definition = find(type);
        call = openCall(request.private ?? new Uint8Array());
        const answer = await operation(definition, call);
        return { ...answer, diagnostics: call.diagnostics };
      } catch (thrown) {
        if (request.deferralAllowed && thrown instanceof Failure && thrown.deferral) {
          return { ...fallback, diagnostics: [], deferred: thrown.deferral };
        }
        return { ...fallback, diagnostics: [...(call?.diagnostics ?? []), ...diagnosticsOf(thrown)] };
      }
    },

    /** For operations whose answer is many events: if one fails, the last event is the fallback. */
    async *stream<Event extends object>(
      type: string,
      fallback: Event,
      operation: (definition: Definition, call: Call<Client>) => AsyncIterable<Event & Outcome>,
    ): AsyncGenerator<Event & Outcome, void> {
      let call: Call<Client> | undefined;
      try {
        const definition = find(type);
        call = openCall(new Uint8Array());
        yield* operation(definition, call);
      } catch (thrown) {
        yield { ...fallback, diagnostics: [...(call?.diagnostics ?? []), ...diagnosticsOf(thrown)] };
      }
    },
  };
}
