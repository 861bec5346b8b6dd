import type { ActionDefinition } from '../action';
import { type Diagnostic, failure } from '../diagnostics';
import type { Provider } from '../provider';
import type { Attributes } from '../schema/schema';
import type { WireValue } from '../schema/unknown';
import { firstOf } from './interruption';
import { createRunner, type OpenCall, type Outcome } from './run';
import { checkedConfig, knownConfig, validateConfig } from './validate';

/** The operations on actions; `type` is a full type name such as `domo_check_api_client`. */
export interface ActionOperations {
  validate(type: string, config: WireValue): readonly Diagnostic[];
  plan(type: string, config: WireValue, deferralAllowed: boolean): Promise<Outcome>;
  /** Ends with the only event that is completed, whatever happens. */
  invoke(type: string, config: WireValue, cancelled: AbortSignal): AsyncIterable<ActionEvent>;
}

export type ActionEvent = { readonly progress: string } | { readonly completed: readonly Diagnostic[] };

export function actionOperations<Client>(
  provider: Provider<Client>,
  openCall: OpenCall<Client>,
): ActionOperations {
  const { runWithoutContext, run } = createRunner(provider, provider.actions ?? [], notFound, openCall);
  return {
    validate(type, config) {
      const { diagnostics } = runWithoutContext(type, {}, (definition) => ({
        diagnostics: problemsOf(definition, config),
      }));
      return diagnostics;
    },

    plan: (type, config, deferralAllowed) =>
      run(type, { deferralAllowed }, {}, async (definition, { context: { client, signal, warn } }) => {
        const values = checkedConfig(definition, config ?? {}, true);
        await definition.plan?.({ client, signal, warn }, values as never);
        return {};
      }),

    async *invoke(type, config, cancelled) {
      const { send, close, messages } = createQueue();
      const done = run(type, {}, {}, async (definition, { context }) => {
        const values = knownConfig(definition, config ?? {}, true);
        const { client, warn } = context;
        const { signal, release } = firstOf(context.signal, cancelled);
        // An interrupted Terraform ends at the next progress: 1.15 with a crash, 1.16 without the diagnostics.
        const progress = (message: string) => {
          if (!signal.aborted) send(message);
        };
        try {
          await definition.invoke({ client, signal, warn, progress }, values as never);
        } finally {
          release();
        }
        return {};
      }).finally(close);
      for await (const progress of messages) yield { progress };
      yield { completed: (await done).diagnostics };
    },
  };
}

/** What is wrong with a configuration. An action without a `config` block has none at all. */
function problemsOf(
  { attributes, validate }: ActionDefinition<never, Attributes>,
  config: WireValue,
): readonly Diagnostic[] {
  return validateConfig(attributes, config ?? {}, validate, true);
}

/** Hands messages over to a reader, each of them once, until it is closed; what is sent later is dropped. */
function createQueue() {
  const waiting: string[] = [];
  let closed = false;
  let wake = () => {};
  async function* read() {
    for (;;) {
      while (waiting.length > 0) yield* waiting.splice(0);
      if (closed) return;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  }
  return {
    messages: read(),
    send(message: string) {
      if (closed) return;
      waiting.push(message);
      wake();
    },
    close() {
      closed = true;
      wake();
    },
  };
}

const notFound = (type: string) =>
  failure(
    'Unknown action',
    `This provider has no action "${type}". Check the name and the provider's version.`,
  );
