import type { Json } from '../context';
import { type Diagnostic, diagnosticsOf, Failure, failure } from '../diagnostics';
import type { EphemeralContext, EphemeralResourceDefinition, Opened } from '../ephemeral-resource';
import type { Provider } from '../provider';
import { encodeObject, wrongShape } from '../schema/codec';
import { root } from '../schema/path';
import type { Attributes, ObjectValue } from '../schema/schema';
import type { WireValue } from '../schema/unknown';
import { assertAsConfigured } from './as-configured';
import { createRunner, type OpenCall, type Outcome } from './run';
import { knownConfig, validateConfig } from './validate';

/** The operations on ephemeral resources; `type` is a full type name such as `domo_access_token`. */
export interface EphemeralResourceOperations {
  validate(type: string, config: WireValue): readonly Diagnostic[];
  open(type: string, config: WireValue): Promise<OpenOutcome>;
  renew(type: string, kept: Uint8Array): Promise<RenewOutcome>;
  close(type: string, kept: Uint8Array): Promise<Outcome>;
}

export interface RenewOutcome extends Outcome {
  readonly private: Uint8Array;
  readonly renewAt: Date | undefined;
}

/** `result` is null if it could not be opened. */
export interface OpenOutcome extends RenewOutcome {
  readonly result: WireValue;
}

/** OpenTofu waits ten seconds, and crashes if a close ends later. */
export const longestClose = 8_000;

type Definition<Client> = EphemeralResourceDefinition<Client, Attributes, Json>;

export function ephemeralResourceOperations<Client>(
  provider: Provider<Client>,
  openCall: OpenCall<Client>,
): EphemeralResourceOperations {
  const offered = provider.ephemeralResources ?? [];
  const { runWithoutContext, run } = createRunner(provider, offered, notFound, openCall);
  return {
    validate(type, config) {
      const { diagnostics } = runWithoutContext(type, {}, ({ attributes, validate }) => ({
        diagnostics: validateConfig(attributes, config, validate, false),
      }));
      return diagnostics;
    },

    open(type, wire) {
      const nothing = { result: null, private: new Uint8Array(), renewAt: undefined };
      return run<Omit<OpenOutcome, keyof Outcome>>(type, {}, nothing, async (definition, { context }) => {
        const config = knownConfig(definition, wire);
        const { client, signal, warn } = context;
        const opened = await definition.open({ client, signal, warn }, config as never);
        return {
          result: await encodeOrClose(definition, { client, warn }, config, opened),
          private: encodePrivate(opened.private ?? null),
          renewAt: opened.renewAt,
        };
      });
    },

    renew(type, kept) {
      return run<Omit<RenewOutcome, keyof Outcome>>(
        type,
        {},
        { private: kept, renewAt: undefined },
        async (definition, { context }) => {
          if (!definition.renew) {
            throw failure(
              'This ephemeral resource cannot be renewed',
              `"${type}" asked for no renewal. This is a bug in Terraform or OpenTofu.`,
            );
          }
          const { client, signal, warn } = context;
          const { private: next, renewAt } = await definition.renew(
            { client, signal, warn },
            decodePrivate(kept),
          );
          assertRenewal(renewAt);
          return { private: next === undefined ? kept : encodePrivate(next), renewAt };
        },
      );
    },

    close: (type, kept) =>
      run(type, {}, {}, async (definition, { context }) => {
        if (definition.close) await closeInTime(definition, context, decodePrivate(kept));
        return {};
      }),
  };
}

/** Engines close nothing whose result they reject, or never get. */
async function encodeOrClose<Client>(
  definition: Definition<Client>,
  context: Omit<EphemeralContext<Client>, 'signal'>,
  config: ObjectValue,
  opened: Opened<Attributes, Json>,
): Promise<WireValue> {
  const { attributes } = definition;
  const result = opened.result as ObjectValue;
  try {
    const wire = encodeObject(attributes, result, root, 'state');
    assertAsConfigured(attributes, config, result);
    assertRenewal(opened.renewAt);
    if (opened.renewAt && !definition.renew)
      throw wrongShape(root, 'asks for a renewal, which is not offered');
    return wire;
  } catch (thrown) {
    const problems = [...diagnosticsOf(thrown)];
    try {
      await closeInTime(definition, context, opened.private ?? null);
    } catch (another) {
      problems.push(...diagnosticsOf(another));
    }
    throw new Failure(problems);
  }
}

/** Calls `close` with a signal of its own, and waits no longer for it than an engine does. */
async function closeInTime<Client>(
  { close }: Definition<Client>,
  { client, warn }: Omit<EphemeralContext<Client>, 'signal'>,
  kept: Json,
): Promise<void> {
  if (!close) return;
  const limit = new AbortController();
  const expired = new Promise<never>((_, reject) => {
    limit.signal.addEventListener('abort', () => reject(limit.signal.reason));
  });
  const timer = setTimeout(
    () =>
      limit.abort(
        failure(
          'An ephemeral resource was not closed in time',
          `Closing it took longer than ${longestClose / 1000} seconds. What it opened may outlive this run.`,
        ),
      ),
    longestClose,
  );
  try {
    await Promise.race([close({ client, warn, signal: limit.signal }, kept), expired]);
  } finally {
    clearTimeout(timer);
  }
}

function assertRenewal(renewAt: Date | undefined): void {
  if (renewAt && Number.isNaN(renewAt.getTime()))
    throw wrongShape(root, 'has a time of renewal that is no time');
}

/** Kept by the engine, in memory, so that nothing at all is a mistake. */
const encodePrivate = (kept: Json): Uint8Array => Buffer.from(JSON.stringify(kept));

function decodePrivate(kept: Uint8Array): Json {
  try {
    return JSON.parse(Buffer.from(kept).toString('utf8')) as Json;
  } catch {
    throw failure(
      'The private data of an ephemeral resource cannot be read',
      'It is not what the provider returned. This is a bug in Terraform or OpenTofu.',
    );
  }
}

const notFound = (type: string) =>
  failure(
    'Unknown ephemeral resource',
    `This provider has no ephemeral resource "${type}". Check the name and the provider's version.`,
  );
