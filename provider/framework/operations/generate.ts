import { mapRecord, same } from '../schema/codec';
import { root } from '../schema/path';
import type { Attribute, Attributes, ObjectValue } from '../schema/schema';
import { walk } from './plan';

/**
 * The configuration of an object in this state, without what users cannot set or need not. Without a state everything
 * is null, but not the whole: Terraform 1.14 to 1.16 panic over a null with nested attributes.
 */
export function generatedConfig(attributes: Attributes, state: ObjectValue | null): ObjectValue {
  const triple = { config: null, prior: null, planned: state ?? mapRecord(attributes, () => null) };
  return walk(attributes, triple, root, (attribute, { planned }) =>
    isLeftOut(attribute, planned) ? null : planned,
  );
}

function isLeftOut(attribute: Attribute, value: unknown): boolean {
  const { type, presence, writeOnly, deprecated, default: fallback } = attribute;
  if (presence === 'computed' || writeOnly || deprecated !== undefined) return true;
  return fallback !== undefined && same(type, value, fallback);
}
