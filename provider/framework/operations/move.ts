import { failure } from '../diagnostics';
import type { Move, MoveSource } from '../move';
import type { ResourceDefinition } from '../resource';
import { decodeObject, encodeObject } from '../schema/codec';
import { root } from '../schema/path';
import { type Attributes, mayBeNull, type ObjectValue } from '../schema/schema';
import type { WireValue } from '../schema/unknown';
import { createCall } from './call';
import { withoutWriteOnlyValues } from './plan';
import type { Outcome } from './run';
import { identityOf, upgradedIdentity, upgradedState } from './upgrade';

/** A resource as it is in the state, under another type or provider; the identity is null if it has none. */
export interface MoveRequest extends MoveSource {
  readonly identity: WireValue;
}

export interface MoveOutcome extends Outcome {
  readonly state: WireValue;
  readonly private: Uint8Array;
  /** Null while part of it is unknown. */
  readonly identity: WireValue;
}

/** The resource under its new type and provider. Throws if it cannot be moved. */
export function moved(
  type: string,
  definition: ResourceDefinition<never, Attributes>,
  source: MoveRequest,
): MoveOutcome {
  const { moves = [] } = definition;
  const move = moves.find((each) => each.type === source.type && isOneOf(each.providers, source.provider));
  if (move) return takenOver(definition, move, source);
  if (source.type === type) return kept(definition, source);
  const others = moves.map((each) => `from "${each.type}" of ${each.providers.join(' or ')}`);
  throw failure(
    'This move is not supported',
    `"${type}" cannot take over the state of "${source.type}" of the provider ${source.provider}. It can be moved ${[...others, `from "${type}" of any provider`].join(', ')}. Nothing was changed. Remove the moved block, and import the object instead.`,
  );
}

/**
 * Compares as many parts as both addresses have, from the end: the host is the first part. An address of one part is the
 * name that the configuration gives the provider, which says nothing: then the type alone decides.
 */
function isOneOf(providers: readonly string[], address: string): boolean {
  if (/^[^/]+$/.test(address)) return true;
  const parts = (text: string) => text.toLowerCase().split('/').reverse();
  const asked = parts(address);
  return providers.some((provider) => {
    const own = parts(provider);
    return own.every((part, index) => index >= asked.length || part === asked[index]);
  });
}

function takenOver(
  definition: ResourceDefinition<never, Attributes>,
  { move }: Move<Attributes, never>,
  source: MoveRequest,
): MoveOutcome {
  const never = new AbortController().signal;
  const { context, diagnostics, stored } = createCall(undefined, never, new Uint8Array());
  const state = move({ private: context.private, warn: context.warn }, source) as ObjectValue;
  return {
    state: encodeObject(storedAttributes(definition), state, root, 'state'),
    private: stored(),
    identity: identityOf(definition, state),
    diagnostics,
  };
}

/** A fork, or the same provider under another address, has the same states, so that everything is kept. */
function kept(definition: ResourceDefinition<never, Attributes>, source: MoveRequest): MoveOutcome {
  const { attributes } = definition;
  const state = decodeObject(attributes, upgradedState(definition, source.version, source.state), root);
  const identity = identityOf(definition, state);
  return {
    state: encodeObject(attributes, withoutWriteOnlyValues(attributes, state), root, 'proposed'),
    private: source.private,
    identity:
      identity === null && source.identity !== null
        ? upgradedIdentity(definition, 0, source.identity)
        : identity,
    diagnostics: [],
  };
}

/** The attributes of a stored state, in which a move may have left some null. */
export function storedAttributes({
  attributes,
  nullAfterMove = [],
}: ResourceDefinition<never, Attributes>): Attributes {
  const names: readonly string[] = nullAfterMove;
  return mayBeNull(attributes, (_, name) => names.includes(name));
}
