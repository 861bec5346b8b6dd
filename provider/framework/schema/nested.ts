import {
  decodeObject,
  encodeObject,
  isObjectKnown,
  isRecord,
  keyOf,
  mapRecord,
  objectOrNull,
  recordKey,
  wrongShape,
} from './codec';
import type { Attributes, ObjectValue, ObjectView, Type } from './schema';

type NestedViews<A extends Attributes> = {
  config: ObjectView<A, 'config'>;
  known: ObjectView<A, 'known'>;
  proposed: ObjectView<A, 'proposed'>;
  plan: ObjectView<A, 'plan'>;
  state: ObjectView<A, 'state'>;
};

/**
 * An object whose attributes have descriptions, defaults and modifiers of their own. Use it by itself, or as
 * the element of a list, set or map.
 */
export function nested<A extends Attributes>(attributes: A): Type<NestedViews<A>> {
  return {
    cty: ['object', mapRecord(attributes, (a) => a.type.cty)],
    decode: (wire, path) => decodeObject(attributes, wire, path),
    encode(value, path, view) {
      if (!isRecord(value)) throw wrongShape(path, 'is not an object');
      return encodeObject(attributes, value, path, view);
    },
    key: (value) => recordKey(value, (item, name) => keyOf(attributes[name]?.type as Type, item)),
    isKnown: (value) => isObjectKnown(attributes, value as ObjectValue),
    nested: {
      mode: 'single',
      attributes,
      children: (config, prior, planned) =>
        isRecord(planned) ? [{ config: objectOrNull(config), prior: objectOrNull(prior), planned }] : [],
      rebuild: (planned, [only]) => only ?? planned,
    },
  };
}
