import { type Diagnostic, Failure, failure } from '../diagnostics';
import type { ListResult } from '../list-resource';
import type { Provider } from '../provider';
import type { ResourceDefinition } from '../resource';
import { encodeObject, isRecord, mapRecord, wrongShape } from '../schema/codec';
import { formatPath, root } from '../schema/path';
import { type Attribute, type Attributes, mayBeNull } from '../schema/schema';
import type { WireValue } from '../schema/unknown';
import { firstOf, untilAborted } from './interruption';
import { createRunner, type OpenCall, type Outcome } from './run';
import { knownConfig, validateConfig } from './validate';

/** The operations on list resources; `type` is a full type name such as `domo_api_client`. */
export interface ListResourceOperations {
  validate(type: string, config: WireValue): readonly Diagnostic[];
  /** Ends after the first error, at the limit, or once the provider is stopped or nobody wants more. */
  list(type: string, request: ListRequest): AsyncIterable<ListEvent>;
}

export interface ListRequest {
  readonly config: WireValue;
  readonly limit: number;
  readonly includeResource: boolean;
  /** Aborted when nobody wants more events. */
  readonly cancelled: AbortSignal;
}

/** One object, or diagnostics alone: then there is no identity. */
export interface ListEvent extends Outcome {
  readonly identity: WireValue;
  readonly displayName: string;
  readonly resource: WireValue;
}

const noResult: Omit<ListEvent, keyof Outcome> = { identity: null, displayName: '', resource: null };

export function listResourceOperations<Client>(
  provider: Provider<Client>,
  openCall: OpenCall<Client>,
): ListResourceOperations {
  const offered = (provider.listResources ?? []).map(({ name, ...definition }) => ({ name, definition }));
  const { runWithoutContext, stream } = createRunner(provider, offered, notFound, openCall);
  return {
    validate(type, config) {
      const { diagnostics } = runWithoutContext(type, {}, ({ definition: { attributes, validate } }) => ({
        diagnostics: validateConfig(attributes, config, validate, false),
      }));
      return diagnostics;
    },

    list: (type, request) =>
      stream(type, noResult, async function* ({ definition, resource }, { context, diagnostics }) {
        const { limit, includeResource, cancelled } = request;
        const config = knownConfig(definition, request.config);
        // An engine that wants nothing reads nothing.
        if (limit <= 0) return;
        const { client, warn } = context;
        const ended = firstOf(context.signal, cancelled);
        /** What has been reported since the last event. */
        const reported = () => diagnostics.splice(0);
        let listed = 0;
        try {
          const { signal } = ended;
          const encode = createEncoder(resource.definition, includeResource);
          const results = definition.list({ client, warn, signal, limit, includeResource }, config as never);
          for await (const result of untilAborted(signal, results)) {
            const event = encode(result);
            // By itself, since an engine may stop reading at any result.
            if (listed === 0 && diagnostics.length > 0) yield { ...noResult, diagnostics: reported() };
            yield { ...event, diagnostics: reported() };
            listed += 1;
            if (listed >= limit) return;
          }
          if (diagnostics.length > 0) yield { ...noResult, diagnostics: reported() };
        } catch (thrown) {
          throw ended.signal.aborted ? interrupted() : thrown;
        } finally {
          ended.release();
        }
      }),
  };
}

/** Encodes what the handler yields, by the schema of the resource. */
function createEncoder(
  { attributes, identity: schema = {} }: ResourceDefinition<never, Attributes>,
  includeResource: boolean,
) {
  const identityAttributes = mayBeNull(
    mapRecord(schema, (_, name) => attributes[name] as Attribute),
    (_, name) => schema[name] === 'optional',
  );
  const partlyKnown = mayBeNull(attributes, ({ presence }) => presence !== 'required');
  return ({ identity, displayName, resource }: ListResult<Attributes, object>): typeof noResult => {
    if (typeof displayName !== 'string' || displayName === '') throw wrongShape(root, 'has no display name');
    const part = (name: string, of: Attributes, value: unknown) =>
      encodePart(`the ${name} of "${displayName}"`, of, value);
    return {
      displayName,
      identity: part('identity', identityAttributes, identity),
      resource: includeResource && resource ? part('resource', partlyKnown, resource) : null,
    };
  };
}

/** If it has the wrong shape, the text says where: the path of a diagnostic would point into the list's configuration. */
function encodePart(part: string, attributes: Attributes, value: unknown): WireValue {
  try {
    if (!isRecord(value)) throw wrongShape(root, 'is not an object');
    return encodeObject(attributes, value, root, 'state');
  } catch (thrown) {
    if (!(thrown instanceof Failure)) throw thrown;
    throw new Failure(
      thrown.diagnostics.map(({ path = root, detail, ...rest }) => ({
        ...rest,
        detail: `In ${[part, formatPath(path)].filter(Boolean).join(', at ')}: ${detail}`,
      })),
    );
  }
}

const interrupted = () =>
  failure(
    'The list was interrupted',
    'Terraform was interrupted before everything was found, so nothing of this list is shown. Run the query again.',
  );

const notFound = (type: string) =>
  failure(
    'Unknown list resource',
    `This provider has no list resource "${type}". Check the name and the provider's version.`,
  );
