import type { Attributes, Obj } from './attributes';
import { failure } from './diagnostics';
import type { Path } from './path';
import {
  decode,
  encode,
  isRecord,
  isWhollyKnown,
  keyOf,
  mapRecord,
  misread,
  type Nested,
  recordKey,
  refuseExtraKeys,
  type Type,
  type View,
  type ViewOf,
  wrongShape,
} from './types';
import { isUnknown, type Plain, type Unknown } from './unknown';

type Each<T extends Type> = {
  config: readonly (ViewOf<T, 'config'> | Unknown)[];
  proposed: readonly (ViewOf<T, 'proposed'> | Unknown)[];
  plan: readonly ViewOf<T, 'plan'>[];
  state: readonly ViewOf<T, 'state'>[];
};
type Keyed<T extends Type> = {
  config: Readonly<Record<string, ViewOf<T, 'config'> | Unknown>>;
  proposed: Readonly<Record<string, ViewOf<T, 'proposed'> | Unknown>>;
  plan: Readonly<Record<string, ViewOf<T, 'plan'>>>;
  state: Readonly<Record<string, ViewOf<T, 'state'>>>;
};
type Fields<F extends Record<string, Type>> = {
  config: { readonly [N in keyof F]: ViewOf<F[N], 'config'> | null | Unknown };
  proposed: { readonly [N in keyof F]: ViewOf<F[N], 'proposed'> | null | Unknown };
  plan: { readonly [N in keyof F]: ViewOf<F[N], 'plan'> | null };
  state: { readonly [N in keyof F]: ViewOf<F[N], 'state'> | null };
};

export const list = <T extends Type>(element: T) => sequence('list', element);

export const set = <T extends Type>(element: T) => sequence('set', element);

function sequence<T extends Type>(kind: 'list' | 'set', element: T): Type<Each<T>> {
  const ordered = kind === 'list';
  const at = (path: Path, index: number): Path => [...path, ordered ? { index } : { element: true }];
  return {
    cty: [kind, element.cty],
    decode(plain, path) {
      if (!Array.isArray(plain)) throw misread(path, `A ${kind}`);
      return plain.map((item, index) => decodeElement(element, item, at(path, index)));
    },
    encode(value, path, view) {
      if (!Array.isArray(value)) throw wrongShape(path, `is not a ${kind} (an array)`);
      const seen = new Set<string>();
      const items = ordered
        ? value
        : value.filter(
            (item) => isUnknown(item) || (!seen.has(keyOf(element, item)) && seen.add(keyOf(element, item))),
          );
      return items.map((item, index) => encodeElement(element, item, at(path, index), view));
    },
    key(value) {
      const keys = (value as unknown[]).map((item) => keyOf(element, item));
      return ordered ? `[${keys}]` : `{${[...new Set(keys)].sort()}}`;
    },
    isKnown: (value) => (value as unknown[]).every((item) => isWhollyKnown(element, item)),
    ...(element.nested && { nested: nestedSequence(kind, onlySingle(element.nested)) }),
  };
}

function decodeElement(type: Type, plain: Plain | undefined, path: Path): unknown {
  if (plain === null || plain === undefined) {
    throw failure(
      'A null element',
      'The elements of a collection cannot be null. Leave the element out.',
      path,
    );
  }
  return decode(type, plain, path);
}

function encodeElement(type: Type, value: unknown, path: Path, view: View): Plain {
  if (value === null) throw wrongShape(path, 'is null, inside a collection');
  return encode(type, value, path, view);
}

export function map<T extends Type>(element: T): Type<Keyed<T>> {
  return {
    cty: ['map', element.cty],
    decode(plain, path) {
      if (!isRecord(plain)) throw misread(path, 'A map');
      return mapRecord(plain, (item, key) => decodeElement(element, item as Plain, [...path, { key }]));
    },
    encode(value, path, view) {
      if (!isRecord(value)) throw wrongShape(path, 'is not a map');
      return mapRecord(value, (item, key) => encodeElement(element, item, [...path, { key }], view));
    },
    key: (value) => recordKey(value, (item) => keyOf(element, item)),
    isKnown: (value) => Object.values(value as object).every((item) => isWhollyKnown(element, item)),
    ...(element.nested && { nested: nestedMap(onlySingle(element.nested)) }),
  };
}

export function object<F extends Record<string, Type>>(fields: F): Type<Fields<F>> {
  const names = Object.keys(fields);
  if (Object.values(fields).some((field) => field.nested)) {
    throw new Error('An object type cannot hold nested attributes; make it nested itself.');
  }
  return {
    cty: ['object', mapRecord(fields, (type) => type.cty)],
    decode(plain, path) {
      if (!isRecord(plain)) throw misread(path, 'An object');
      return mapRecord(fields, (type, name) =>
        decode(type, plain[name] as Plain, [...path, { attribute: name }]),
      );
    },
    encode(value, path, view) {
      if (!isRecord(value)) throw wrongShape(path, 'is not an object');
      refuseExtraKeys(value, names, path);
      return mapRecord(fields, (type, name) =>
        encode(type, value[name], [...path, { attribute: name }], view),
      );
    },
    key: (value) => recordKey(value, (item, name) => keyOf(fields[name] as Type, item)),
    isKnown: (value) =>
      names.every((name) => isWhollyKnown(fields[name] as Type, (value as Record<string, unknown>)[name])),
  };
}

const items = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const fields = (value: unknown): Obj => (isRecord(value) ? value : {});
const obj = (value: unknown): Obj | null => (isRecord(value) ? value : null);

/** The protocol has no form for anything deeper, so the definition fails where it is written. */
function onlySingle(inner: Nested): Nested {
  if (inner.mode === 'single') return inner;
  throw new Error('Nested attributes can stand alone or in one list, set or map, not deeper.');
}

function nestedSequence(kind: 'list' | 'set', { attributes }: Nested): Nested {
  return {
    mode: kind,
    attributes,
    children: (config, prior, planned) =>
      items(planned).flatMap((item, index) => {
        if (isUnknown(item)) return [];
        const own = item as Obj;
        const of = (from: unknown) =>
          obj(kind === 'list' ? items(from)[index] : counterpart(attributes, items(from), own));
        const step = kind === 'list' ? ({ index } as const) : ({ element: true } as const);
        return [{ config: of(config), prior: of(prior), planned: own, step }];
      }),
    rebuild(planned, children) {
      let next = 0;
      return items(planned).map((item) => (isUnknown(item) ? item : children[next++]));
    },
  };
}

/**
 * The elements of a set have no names, so Terraform matches them by content: two belong together where
 * everything that both of them set is the same.
 */
function counterpart(attributes: Attributes, candidates: readonly unknown[], own: Obj): unknown {
  const isSet = (value: unknown) => value !== null && value !== undefined && !isUnknown(value);
  return candidates.find((candidate) => {
    const other = fields(candidate);
    return Object.entries(attributes).every(
      ([name, { type }]) =>
        !isSet(other[name]) || !isSet(own[name]) || keyOf(type, other[name]) === keyOf(type, own[name]),
    );
  });
}

function nestedMap({ attributes }: Nested): Nested {
  const known = (planned: unknown) => Object.entries(fields(planned)).filter(([, item]) => !isUnknown(item));
  return {
    mode: 'map',
    attributes,
    children: (config, prior, planned) =>
      known(planned).map(([key, item]) => ({
        config: obj(fields(config)[key]),
        prior: obj(fields(prior)[key]),
        planned: item as Obj,
        step: { key },
      })),
    rebuild(planned, children) {
      const keys = known(planned).map(([key]) => key);
      return mapRecord(fields(planned), (item, key) =>
        isUnknown(item) ? item : children[keys.indexOf(key)],
      );
    },
  };
}
