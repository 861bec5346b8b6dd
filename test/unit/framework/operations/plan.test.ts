import {
  computed,
  isUnknown,
  type Modifier,
  optional,
  optionalComputed,
  required,
  requiresReplace,
  t,
  unknown,
  useStateForUnknown,
  writeOnly,
} from '../../../../provider/framework';
import { keepingEquivalents, planResource } from '../../../../provider/framework/operations/plan';
import type { ModifierInput } from '../../../../provider/framework/schema/modifiers';
import { formatPath } from '../../../../provider/framework/schema/path';
import type { Attributes, ObjectValue } from '../../../../provider/framework/schema/schema';
import { d } from '../support';

/** Plans as plain objects; what is not proposed is taken from the configuration, as Terraform does. */
function plan(
  attributes: Attributes,
  config: ObjectValue,
  prior: ObjectValue | null = null,
  proposed: ObjectValue = config,
) {
  const result = planResource(attributes, { config, prior, proposed });
  return { planned: plain(result.planned), replace: result.replace.map(formatPath) };
}

function plain(value: unknown): unknown {
  if (isUnknown(value) || typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(plain);
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, plain(item)]));
}

/** A modifier that only notes what it was shown. */
function witness() {
  const seen: ModifierInput[] = [];
  const modifier: Modifier = {
    note: '',
    modify(input) {
      seen.push(input);
      return {};
    },
  };
  return { seen, modifier };
}

const caseless = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();

describe('the steps of a plan, one at a time', () => {
  it('puts a default where the configuration has null, and nowhere else', () => {
    const attributes = { a: optional(t.string, { ...d, default: 'x' }) };
    expect(plan(attributes, { a: null }).planned).toEqual({ a: 'x' });
    expect(plan(attributes, { a: '' }).planned).toEqual({ a: '' });
    expect(plan(attributes, { a: unknown }).planned).toEqual({ a: unknown });
    // Terraform proposes the prior value where the configuration has null.
    expect(plan(attributes, { a: null }, { a: 'old' }, { a: 'old' }).planned).toEqual({ a: 'x' });
  });

  it('never plans a write-only value', () => {
    const attributes = { a: writeOnly(t.string, d) };
    expect(plan(attributes, { a: 'secret' }).planned).toEqual({ a: null });
    expect(plan(attributes, { a: unknown }).planned).toEqual({ a: null });
  });

  it('keeps the earlier of two equivalent values, if both are known', () => {
    const attributes = { a: optional(t.string, { ...d, equivalent: caseless }) };
    expect(plan(attributes, { a: 'X' }, { a: 'x' }).planned).toEqual({ a: 'x' });
    expect(plan(attributes, { a: 'Y' }, { a: 'x' }).planned).toEqual({ a: 'Y' });
    expect(plan(attributes, { a: unknown }, { a: 'x' }).planned).toEqual({ a: unknown });
    expect(plan(attributes, { a: null }, { a: 'x' }).planned).toEqual({ a: null });
    expect(plan(attributes, { a: 'X' }, { a: null }).planned).toEqual({ a: 'X' });
  });

  it('makes what the provider sets unknown, at a creation and if something else differs', () => {
    const attributes = {
      a: optional(t.string, d),
      id: computed(t.string, d),
      slug: optionalComputed(t.string, d),
      size: optional(t.number, { ...d, default: 1 }),
    };
    const prior = { a: 'x', id: '1', slug: 's', size: 1 };
    const config = { a: 'x', id: null, slug: null, size: null };
    expect(plan(attributes, config).planned).toEqual({ a: 'x', id: unknown, slug: unknown, size: 1 });
    expect(plan(attributes, config, prior, prior).planned).toEqual(prior);
    const changed = plan(attributes, { ...config, a: 'y', slug: 'set' }, prior, {
      ...prior,
      a: 'y',
      slug: 'set',
    });
    expect(changed.planned).toEqual({ a: 'y', id: unknown, slug: 'set', size: 1 });
  });

  it('asks the modifiers in their order, each about what the one before left', () => {
    const { seen, modifier } = witness();
    const louder: Modifier = { note: '', modify: ({ planned }) => ({ planned: `${planned}!` }) };
    const attributes = { a: optional(t.string, { ...d, plan: [louder, modifier, louder, requiresReplace] }) };
    expect(plan(attributes, { a: 'x' }, { a: 'x!!' })).toEqual({ planned: { a: 'x!!' }, replace: [] });
    expect(seen).toEqual([
      { config: 'x', prior: 'x!!', planned: 'x!', state: { a: 'x!!' }, exists: true, changed: true },
    ]);
  });
});

describe('the order of the steps', () => {
  it('settles a default before it looks for a difference', () => {
    const attributes = { a: optional(t.string, { ...d, default: 'x' }), id: computed(t.string, d) };
    const prior = { a: 'x', id: '1' };
    expect(plan(attributes, { a: null, id: null }, prior, { a: null, id: '1' }).planned).toEqual(prior);
  });

  it('forgets a write-only value before it looks for a difference', () => {
    const attributes = { a: writeOnly(t.string, d), id: computed(t.string, d) };
    const prior = { a: null, id: '1' };
    expect(plan(attributes, { a: 'secret', id: null }, prior, { a: 'secret', id: '1' }).planned).toEqual(
      prior,
    );
  });

  it('settles what is equivalent before computed values become unknown', () => {
    const attributes = {
      a: required(t.string, { ...d, equivalent: caseless }),
      secret: computed(t.string, { ...d, nullable: true }),
    };
    const prior = { a: 'x', secret: null };
    expect(plan(attributes, { a: 'X', secret: null }, prior, { a: 'X', secret: null }).planned).toEqual(
      prior,
    );
  });

  it('compares a default with the equivalent prior value', () => {
    const attributes = { a: optional(t.string, { ...d, default: 'x', equivalent: caseless }) };
    expect(plan(attributes, { a: null }, { a: 'X' }, { a: 'X' }).planned).toEqual({ a: 'X' });
  });

  it('lets a modifier take an unknown value back', () => {
    const attributes = {
      a: optional(t.string, d),
      id: computed(t.string, { ...d, plan: [useStateForUnknown] }),
      secret: computed(t.string, { ...d, nullable: true, plan: [useStateForUnknown] }),
    };
    const config = { a: 'y', id: null, secret: null };
    const prior = { a: 'x', id: '1', secret: null };
    expect(plan(attributes, config, prior, { ...prior, a: 'y' }).planned).toEqual({ ...prior, a: 'y' });
    expect(plan(attributes, config).planned).toEqual({ a: 'y', id: unknown, secret: unknown });
  });

  it('asks for a replacement only for what differs in the end', () => {
    const attributes = { a: required(t.string, { ...d, equivalent: caseless, plan: [requiresReplace] }) };
    expect(plan(attributes, { a: 'X' }, { a: 'x' }).replace).toEqual([]);
    expect(plan(attributes, { a: 'y' }, { a: 'x' }).replace).toEqual(['a']);
    expect(plan(attributes, { a: unknown }, { a: 'x' }).replace).toEqual(['a']);
    expect(plan(attributes, { a: 'y' }).replace).toEqual([]);
  });
});

it('keeps earlier spellings in a state, wherever they are, and leaves wrong shapes to the encoder', () => {
  const word = optional(t.string, { ...d, equivalent: caseless });
  const attributes = {
    a: word,
    one: optional(t.nested({ b: word }), d),
    all: optional(t.map(t.nested({ b: word })), d),
  };
  const earlier = { a: 'x', one: { b: 'x' }, all: { k: { b: 'x' } } };
  const later = { a: 'X', one: { b: 'X' }, all: { k: { b: 'Y' }, l: { b: 'X' } } };
  expect(plain(keepingEquivalents(attributes, earlier, later))).toEqual({
    a: 'x',
    one: { b: 'x' },
    all: { k: { b: 'Y' }, l: { b: 'X' } },
  });
  const wrong = { a: undefined, one: [1], all: [{ b: 'X' }] };
  expect(plain(keepingEquivalents(attributes, earlier, wrong as ObjectValue))).toEqual(wrong);
});
