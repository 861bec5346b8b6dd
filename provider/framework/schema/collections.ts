import { failure } from '../diagnostics';
import {
  assertNoExtraKeys,
  decode,
  encode,
  isRecord,
  isWhollyKnown,
  keyOf,
  mapRecord,
  recordKey,
  typeMismatch,
  wrongShape,
} from './codec';
import { nestedMap, nestedSequence } from './nested-elements';
import type { Path } from './path';
import type { Type, View, ViewOf } from './schema';
import type { Unknown, WireValue } from './unknown';

type SequenceViews<T extends Type> = {
  config: readonly (ViewOf<T, 'config'> | Unknown)[];
  known: readonly ViewOf<T, 'known'>[];
  proposed: readonly (ViewOf<T, 'proposed'> | Unknown)[];
  plan: readonly ViewOf<T, 'plan'>[];
  state: readonly ViewOf<T, 'state'>[];
};
type MapViews<T extends Type> = {
  config: Readonly<Record<string, ViewOf<T, 'config'> | Unknown>>;
  known: Readonly<Record<string, ViewOf<T, 'known'>>>;
  proposed: Readonly<Record<string, ViewOf<T, 'proposed'> | Unknown>>;
  plan: Readonly<Record<string, ViewOf<T, 'plan'>>>;
  state: Readonly<Record<string, ViewOf<T, 'state'>>>;
};
type ObjectViews<F extends Record<string, Type>> = {
  config: { readonly [N in keyof F]: ViewOf<F[N], 'config'> | null | Unknown };
  known: { readonly [N in keyof F]: ViewOf<F[N], 'known'> | null };
  proposed: { readonly [N in keyof F]: ViewOf<F[N], 'proposed'> | null | Unknown };
  plan: { readonly [N in keyof F]: ViewOf<F[N], 'plan'> | null };
  state: { readonly [N in keyof F]: ViewOf<F[N], 'state'> | null };
};

export const list = <T extends Type>(element: T) => sequence('list', element);

export const set = <T extends Type>(element: T) => sequence('set', element);

function sequence<T extends Type>(kind: 'list' | 'set', element: T): Type<SequenceViews<T>> {
  const ordered = kind === 'list';
  const at = (path: Path, index: number): Path => [...path, ordered ? { index } : { element: true }];
  return {
    cty: [kind, element.cty],
    decode(wire, path) {
      if (!Array.isArray(wire)) throw typeMismatch(path, `A ${kind}`);
      return wire.map((item, index) => decodeElement(element, item, at(path, index)));
    },
    encode(value, path, view) {
      if (!Array.isArray(value)) throw wrongShape(path, `is not a ${kind} (an array)`);
      const items = ordered ? value : distinct(element, value);
      return items.map((item, index) => encodeElement(element, item, at(path, index), view));
    },
    key(value) {
      const keys = (value as unknown[]).map((item) => keyOf(element, item));
      return ordered ? `[${keys}]` : `{${[...new Set(keys)].sort()}}`;
    },
    isKnown: (value) => (value as unknown[]).every((item) => isWhollyKnown(element, item)),
    ...(element.nested && { nested: nestedSequence(kind, element.nested) }),
  };
}

/** Two partly unknown elements of a set may still turn out to differ, so both stay. */
function distinct(element: Type, items: readonly unknown[]): readonly unknown[] {
  const seen = new Set<string>();
  return items.filter((item) => {
    if (!isWhollyKnown(element, item)) return true;
    const key = keyOf(element, item);
    return !seen.has(key) && seen.add(key);
  });
}

function decodeElement(type: Type, wire: WireValue | undefined, path: Path): unknown {
  if (wire === null || wire === undefined) {
    throw failure('A null element', 'Elements of a collection cannot be null. Remove the element.', path);
  }
  return decode(type, wire, path);
}

function encodeElement(type: Type, value: unknown, path: Path, view: View): WireValue {
  if (value === null) throw wrongShape(path, 'is null, inside a collection');
  return encode(type, value, path, view);
}

export function map<T extends Type>(element: T): Type<MapViews<T>> {
  return {
    cty: ['map', element.cty],
    decode(wire, path) {
      if (!isRecord(wire)) throw typeMismatch(path, 'A map');
      return mapRecord(wire, (item, key) => decodeElement(element, item as WireValue, [...path, { key }]));
    },
    encode(value, path, view) {
      if (!isRecord(value)) throw wrongShape(path, 'is not a map');
      return mapRecord(value, (item, key) => encodeElement(element, item, [...path, { key }], view));
    },
    key: (value) => recordKey(value, (item) => keyOf(element, item)),
    isKnown: (value) => Object.values(value as object).every((item) => isWhollyKnown(element, item)),
    ...(element.nested && { nested: nestedMap(element.nested) }),
  };
}

export function object<F extends Record<string, Type>>(fields: F): Type<ObjectViews<F>> {
  const names = Object.keys(fields);
  if (Object.values(fields).some((field) => field.nested)) {
    throw new Error('An object type cannot hold nested attributes; make it nested itself.');
  }
  return {
    cty: ['object', mapRecord(fields, (type) => type.cty)],
    decode(wire, path) {
      if (!isRecord(wire)) throw typeMismatch(path, 'An object');
      return mapRecord(fields, (type, name) =>
        decode(type, wire[name] as WireValue, [...path, { attribute: name }]),
      );
    },
    encode(value, path, view) {
      if (!isRecord(value)) throw wrongShape(path, 'is not an object');
      assertNoExtraKeys(value, names, path);
      return mapRecord(fields, (type, name) =>
        encode(type, value[name], [...path, { attribute: name }], view),
      );
    },
    key: (value) => recordKey(value, (item, name) => keyOf(fields[name] as Type, item)),
    isKnown: (value) =>
      names.every((name) => isWhollyKnown(fields[name] as Type, (value as Record<string, unknown>)[name])),
  };
}
