import {
  computed,
  optional,
  required,
  requiresReplace,
  t,
  unknown,
  useStateForUnknown,
} from '../../../../provider/framework';
import { planResource } from '../../../../provider/framework/operations/plan';
import { formatPath } from '../../../../provider/framework/schema/path';
import type { Attributes, ObjectValue } from '../../../../provider/framework/schema/schema';
import { d } from '../support';

const item = {
  name: required(t.string, { ...d, plan: [requiresReplace] }),
  size: optional(t.number, { ...d, default: 1 }),
  lot: computed(t.string, { ...d, plan: [useStateForUnknown] }),
};
const [one, seq, bag, keyed] = [
  t.nested(item),
  t.list(t.nested(item)),
  t.set(t.nested(item)),
  t.map(t.nested(item)),
];

/** Plans the one attribute `x`; `proposed` is what Terraform makes of both. */
function plan(type: Attributes[string]['type'], config: unknown, prior: unknown, proposed: unknown) {
  const attributes = { x: optional(type, d), other: optional(t.string, d) } as Attributes;
  const result = planResource(attributes, {
    config: { x: config, other: 'new' },
    prior: prior === undefined ? null : { x: prior, other: 'old' },
    proposed: { x: proposed, other: 'new' },
  });
  return {
    x: JSON.parse(JSON.stringify(result.planned.x)) as unknown,
    replace: result.replace.map(formatPath),
  };
}

/** Unknown as JSON shows it. */
const later = JSON.parse(JSON.stringify(unknown)) as unknown;
const made = (name: string, size: unknown, lot: unknown): ObjectValue => ({ name, size, lot });

it('plans every object at a creation', () => {
  const a = made('a', null, null);
  const planned = made('a', 1, later);
  expect(plan(one, a, undefined, a).x).toEqual(planned);
  expect(plan(seq, [a], undefined, [a]).x).toEqual([planned]);
  expect(plan(bag, [a], undefined, [a]).x).toEqual([planned]);
  expect(plan(keyed, { k: a }, undefined, { k: a }).x).toEqual({ k: planned });
});

it('passes over null, unknown, and unknown elements', () => {
  expect(plan(one, null, undefined, null).x).toBeNull();
  expect(plan(seq, unknown, undefined, unknown).x).toEqual(later);
  const a = made('a', null, null);
  expect(plan(seq, [unknown, a], undefined, [unknown, a]).x).toEqual([later, made('a', 1, later)]);
  expect(plan(keyed, { k: unknown, l: a }, undefined, { k: unknown, l: a }).x).toEqual({
    k: later,
    l: made('a', 1, later),
  });
});

describe('what belongs to what', () => {
  it('is told by the index in a list', () => {
    const prior = [made('a', 1, 'l1'), made('b', 1, 'l2')];
    const config = [made('a', 2, null), made('c', null, null), made('d', null, null)];
    const proposed = [made('a', 2, 'l1'), made('c', 1, 'l2'), made('d', null, null)];
    expect(plan(seq, config, prior, proposed)).toEqual({
      x: [made('a', 2, 'l1'), made('c', 1, 'l2'), made('d', 1, later)],
      replace: ['x[1].name', 'x[2].name'],
    });
  });

  it('is told by the key in a map', () => {
    const prior = { k: made('a', 1, 'l1'), gone: made('g', 1, 'l2') };
    const config = { k: made('b', null, null), n: made('n', 3, null) };
    const proposed = { k: made('b', 1, 'l1'), n: made('n', 3, null) };
    expect(plan(keyed, config, prior, proposed)).toEqual({
      x: { k: made('b', 1, 'l1'), n: made('n', 3, later) },
      replace: ['x["k"].name', 'x["n"].name'],
    });
  });

  it('is told by content in a set: computed values stay with their object', () => {
    const prior = [made('a', 1, 'l1'), made('b', 5, 'l2')];
    const config = [made('b', 5, null), made('a', 2, null)];
    const proposed = [made('b', 5, 'l2'), made('a', 2, null)];
    expect(plan(bag, config, prior, proposed)).toEqual({
      x: [made('b', 5, 'l2'), made('a', 2, later)],
      replace: ['x[element].name'],
    });
  });

  it.each([0, 1])('goes to the closest in a set, in any order: %s', (turn) => {
    const turned = (list: ObjectValue[]) => (turn === 0 ? list : list.toReversed());
    const config = turned([made('a', null, null), made('a', 6, null)]);
    const prior = [made('a', 6, 'l1')];
    const proposed = turned([made('a', null, null), made('a', 6, 'l1')]);
    expect(plan(bag, config, prior, proposed).x).toEqual(turned([made('a', 1, later), made('a', 6, 'l1')]));
  });

  it('is not one object of a set that loses what only a person sets', () => {
    const lot = computed(t.string, { ...d, plan: [useStateForUnknown] });
    const type = t.set(t.nested({ name: required(t.string, d), note: optional(t.string, d), lot }));
    const config = [{ name: 'a', note: null, lot: null }];
    const prior = [{ name: 'a', note: 'x', lot: 'l1' }];
    expect(plan(type, config, prior, config).x).toEqual([{ name: 'a', note: null, lot: later }]);
  });

  it('is told in a set by objects within objects, and by what is equivalent', () => {
    const caseless = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();
    const type = t.set(
      t.nested({
        name: required(t.string, { ...d, equivalent: caseless }),
        inner: optional(t.nested({ lot: computed(t.string, { ...d, plan: [useStateForUnknown] }) }), d),
      }),
    );
    const prior = [
      { name: 'a', inner: { lot: 'l1' } },
      { name: 'b', inner: { lot: 'l2' } },
    ];
    const config = [
      { name: 'B', inner: { lot: null } },
      { name: 'a', inner: null },
    ];
    expect(plan(type, config, prior, config).x).toEqual([
      { name: 'b', inner: { lot: 'l2' } },
      { name: 'a', inner: null },
    ]);
  });
});

it('takes null for a prior value only where there was an object', () => {
  const type = t.nested({ secret: computed(t.string, { ...d, nullable: true, plan: [useStateForUnknown] }) });
  expect(plan(type, { secret: null }, { secret: null }, { secret: null }).x).toEqual({ secret: null });
  expect(plan(type, { secret: null }, null, { secret: null }).x).toEqual({ secret: later });
});
