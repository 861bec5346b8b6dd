import { failure } from '../diagnostics';
import type { ResourceDefinition } from '../resource';
import { decodeObject, encodeObject, isRecord, mapRecord } from '../schema/codec';
import { root } from '../schema/path';
import type { Attributes, ObjectValue } from '../schema/schema';
import { isUnknown, type WireValue } from '../schema/unknown';
import { withoutWriteOnlyValues } from './plan';

/** A stored state in its current form. Attributes that it lacks are null; those it should not have are dropped. */
export function upgradedState(
  { attributes, version = 0, upgrade = {} }: ResourceDefinition<never, Attributes>,
  storedVersion: number,
  state: WireValue,
): WireValue {
  if (storedVersion > version) {
    throw failure(
      'The state was written by a newer provider',
      `It has version ${storedVersion}, and this provider knows versions up to ${version}. Use at least the provider version that wrote it. If that is a provider at another address, you can import the object instead.`,
    );
  }
  if (storedVersion === version) {
    const stored = withoutWriteOnlyValues(attributes, decodeObject(attributes, state, root));
    return encodeObject(attributes, stored, root, 'proposed');
  }
  const step = upgrade[storedVersion];
  if (step === undefined) {
    throw failure(
      'The state is too old',
      `It has version ${storedVersion}, from which this provider cannot upgrade. Apply once with an earlier release of the provider.`,
    );
  }
  return encodeObject(attributes, step(state) as ObjectValue, root, 'state');
}

/** The identity within a state; null while part of it is missing. */
export function identityOf(
  { identity }: ResourceDefinition<never, Attributes>,
  state: ObjectValue,
): WireValue {
  if (!identity) return null;
  const data = mapRecord(identity, (_, name) => state[name]);
  const complete = Object.values(data).every((value) => value !== null && !isUnknown(value));
  return complete ? (data as Record<string, WireValue>) : null;
}

/** A stored identity in its current form; so far there is only one version. */
export function upgradedIdentity(
  { identity = {} }: ResourceDefinition<never, Attributes>,
  storedVersion: number,
  stored: WireValue,
): WireValue {
  if (storedVersion !== 0 || !isRecord(stored)) {
    throw failure(
      'The stored identity cannot be read',
      'It was written by another version of the provider. Use at least that version.',
    );
  }
  return mapRecord(identity, (_, name) => (stored[name] ?? null) as WireValue);
}
