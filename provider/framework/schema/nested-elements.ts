import { isRecord, isWhollyKnown, mapRecord, objectOrNull, same } from './codec';
import { type Attributes, isComputed, type Nested, noPrivateState, type ObjectValue } from './schema';
import { isUnknown } from './unknown';

const items = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const fields = (value: unknown): ObjectValue => (isRecord(value) ? value : {});

/** The protocol cannot express anything deeper, so such a definition fails where it is written. */
function onlySingle(inner: Nested): Attributes {
  if (inner.mode === 'single') return inner.attributes;
  throw new Error('Nested attributes can stand alone or in one list, set or map, not deeper.');
}

/** The objects in a list, matched by index, or in a set, matched by content. */
export function nestedSequence(kind: 'list' | 'set', inner: Nested): Nested {
  const attributes = onlySingle(inner);
  return {
    mode: kind,
    attributes,
    children: (config, prior, planned) =>
      items(planned).flatMap((item, index) => {
        const own = objectOrNull(item);
        if (!own) return [];
        const of = (from: unknown) =>
          kind === 'list' ? objectOrNull(items(from)[index]) : counterpart(attributes, items(from), own);
        const step = kind === 'list' ? ({ index } as const) : ({ element: true } as const);
        return [{ config: of(config), prior: of(prior), planned: own, step }];
      }),
    rebuild(planned, children) {
      if (!Array.isArray(planned)) return planned;
      let next = 0;
      return planned.map((item) => (isRecord(item) ? children[next++] : item));
    },
  };
}

/** Of the objects that could be this one, the one that has most in common with it. */
function counterpart(
  attributes: Attributes,
  candidates: readonly unknown[],
  own: ObjectValue,
): ObjectValue | null {
  let best: { readonly shared: number; readonly candidate: ObjectValue } | undefined;
  for (const candidate of candidates.filter(isRecord)) {
    if (!couldBe(attributes, candidate, own)) continue;
    const shared = Object.entries(attributes).filter(([name, { type }]) =>
      same(type, candidate[name], own[name]),
    ).length;
    if (shared > (best?.shared ?? -1)) best = { shared, candidate };
  }
  return best?.candidate ?? null;
}

/**
 * Elements of a set have no names, so Terraform takes two for the same if they differ only in values that the
 * provider sets and one of them lacks.
 */
function couldBe(attributes: Attributes, a: ObjectValue, b: ObjectValue): boolean {
  return Object.entries(attributes).every(([name, attribute]) => {
    const { type, equivalent } = attribute;
    const [one, other] = [a[name] ?? null, b[name] ?? null];
    if (same(type, one, other)) return true;
    if ([one, other].some((value) => value === null || isUnknown(value))) return isComputed(attribute);
    if (type.nested?.mode === 'single')
      return couldBe(type.nested.attributes, one as ObjectValue, other as ObjectValue);
    return [one, other].every((value) => isWhollyKnown(type, value))
      ? (equivalent?.(one as never, other as never, noPrivateState) ?? false)
      : false;
  });
}

/** The objects in a map, matched by key. */
export function nestedMap(inner: Nested): Nested {
  const known = (planned: unknown) => Object.entries(fields(planned)).filter(([, item]) => isRecord(item));
  return {
    mode: 'map',
    attributes: onlySingle(inner),
    children: (config, prior, planned) =>
      known(planned).map(([key, item]) => ({
        config: objectOrNull(fields(config)[key]),
        prior: objectOrNull(fields(prior)[key]),
        planned: item as ObjectValue,
        step: { key },
      })),
    rebuild(planned, children) {
      if (!isRecord(planned)) return planned;
      let next = 0;
      return mapRecord(planned, (item) => (isRecord(item) ? children[next++] : item));
    },
  };
}
