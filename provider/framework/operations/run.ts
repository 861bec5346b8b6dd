import { type DeferralReason, type Diagnostic, diagnosticsOf, Failure } from '../diagnostics';
import type { Call } from './call';

/** What every operation says beside its own answer. */
export interface Outcome {
  readonly diagnostics: readonly Diagnostic[];
  readonly deferred?: DeferralReason;
}

/** Opens what a handler is given, with the private state that was stored. Throws until the provider is configured. */
export type OpenCall<Client> = (stored: Uint8Array) => Call<Client>;

interface RunRequest {
  /** Absent for kinds that keep none. */
  readonly private?: Uint8Array;
  readonly deferralAllowed?: boolean;
}

/**
 * The two ways to work with the definitions of one kind. Neither throws: an operation that fails answers with
 * the fallback, and says why in its diagnostics.
 *
 * @param offered the kind's part of the provider's table of contents
 * @param notFound the failure for a type that is not in it
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
    /** For what calls no handler and so needs no configured provider. */
    inspect<Answer extends object>(
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

    /** For what calls a handler. What it had warned of before it failed is kept. */
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
  };
}
