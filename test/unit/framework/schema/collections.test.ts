import { computed, optional, required, t, unknown } from '../../../../provider/framework';
import { decode, encode, isWhollyKnown, same } from '../../../../provider/framework/schema/codec';
import type { Type } from '../../../../provider/framework/schema/schema';
import type { WireValue } from '../../../../provider/framework/schema/unknown';
import { d, failureOf } from '../support';

const at = [{ attribute: 'x' }];
const decoded = (type: Type, wire: WireValue) => decode(type, wire, at);
const stored = (type: Type, value: unknown) => encode(type, value, at, 'state');
const proposed = (type: Type, value: unknown) => encode(type, value, at, 'proposed');

const point = t.object({ x: t.number, y: t.decimal });
const rule = t.nested({
  name: required(t.string, d),
  port: computed(t.number, d),
  note: optional(t.string, d),
});

it.each([
  [t.list(t.string), ['list', 'string']],
  [t.set(t.map(t.bool)), ['set', ['map', 'bool']]],
  [point, ['object', { x: 'number', y: 'number' }]],
  [t.list(rule), ['list', ['object', { name: 'string', port: 'number', note: 'string' }]]],
])('is called as Terraform calls it: %#', (type: Type, cty) => {
  expect(JSON.parse(JSON.stringify(type.cty))).toEqual(cty);
});

describe('a list and a set', () => {
  const types: [string, Type, string][] = [
    ['list', t.list(t.string), '[1]'],
    ['set', t.set(t.string), '[element]'],
  ];

  it.each(types)('%s: refuse what does not fit, with the place of the element', (_, type, where) => {
    expect(decoded(type, ['a', unknown])).toEqual(['a', unknown]);
    for (const wrong of ['a', 1, { a: 'a' }]) expect(failureOf(() => decoded(type, wrong))).toMatch(/^x: /);
    expect(failureOf(() => decoded(type, ['a', 1]))).toContain(`x${where}: A value does not fit`);
    expect(failureOf(() => decoded(type, ['a', null]))).toContain(`x${where}: A null element`);
    expect(failureOf(() => stored(type, 'a'))).toMatch(/^x: .*is not a (list|set)/);
    expect(failureOf(() => stored(type, ['a', 1]))).toContain(`x${where}: `);
    expect(failureOf(() => stored(type, ['a', null]))).toContain(`x${where}: `);
    expect(failureOf(() => stored(type, ['a', undefined]))).toMatch(/is missing/);
    expect(failureOf(() => stored(type, ['a', unknown]))).toMatch(/is still unknown/);
    expect(proposed(type, ['a', unknown])).toEqual(['a', unknown]);
    expect(isWhollyKnown(type, ['a', unknown])).toBe(false);
  });

  it('differ in what order and repetition mean', () => {
    expect(same(t.list(t.string), ['a', 'b'], ['b', 'a'])).toBe(false);
    expect(same(t.list(t.string), ['a'], ['a', 'a'])).toBe(false);
    expect(same(t.set(t.string), ['a', 'b'], ['b', 'a', 'b'])).toBe(true);
    expect(same(t.set(t.string), ['a'], ['a', 'b'])).toBe(false);
    expect(stored(t.list(t.string), ['b', 'a', 'b'])).toEqual(['b', 'a', 'b']);
    expect(stored(t.set(t.string), ['b', 'a', 'b'])).toEqual(['b', 'a']);
  });

  it('keep elements apart whatever they contain', () => {
    expect(same(t.list(t.string), ['a,b'], ['a', 'b'])).toBe(false);
    expect(same(t.list(t.list(t.string)), [['a'], []], [[], ['a']])).toBe(false);
    expect(same(t.set(t.decimal), ['1.0', '2'], ['2.00', '1'])).toBe(true);
  });

  it('keep two elements of a set whose unknown parts may still differ', () => {
    const twins = [
      { x: unknown, y: '1' },
      { x: unknown, y: '1' },
    ];
    expect(proposed(t.set(point), twins)).toHaveLength(2);
    expect(proposed(t.set(t.string), [unknown, unknown])).toHaveLength(2);
  });
});

describe('a map', () => {
  const type = t.map(t.number);

  it('reads, writes and compares by key', () => {
    expect({ ...(decoded(type, { a: 1, b: unknown }) as object) }).toEqual({ a: 1, b: unknown });
    expect(same(type, { a: 1, b: 2 }, { b: 2, a: 1 })).toBe(true);
    expect(same(type, { a: 1 }, { a: 1, b: 1 })).toBe(false);
    expect(same(t.map(t.string), { 'a":"b': 'c' }, { a: 'b":"c' })).toBe(false);
    expect(isWhollyKnown(type, { a: unknown })).toBe(false);
  });

  it('has no key of its own', () => {
    const odd = JSON.parse('{"__proto__": 1, "constructor": 2}');
    expect(JSON.stringify(stored(type, decoded(type, odd)))).toBe('{"__proto__":1,"constructor":2}');
    expect(same(type, {}, odd)).toBe(false);
  });

  it('refuses what does not fit, with the key', () => {
    for (const wrong of ['a', [1], new Map()]) {
      expect(failureOf(() => decoded(type, wrong as WireValue))).toMatch(/^x: /);
      expect(failureOf(() => stored(type, wrong))).toMatch(/^x: .*is not a map/);
    }
    expect(failureOf(() => decoded(type, { 'a b': 'one' }))).toMatch(/^x\["a b"\]: /);
    expect(failureOf(() => decoded(type, { a: null }))).toMatch(/^x\["a"\]: A null element/);
    expect(failureOf(() => stored(type, { a: null }))).toMatch(/^x\["a"\]: /);
  });
});

describe('an object', () => {
  it('takes any of its fields for null, and knows no others', () => {
    expect({ ...(decoded(point, { x: 1, z: 9 }) as object) }).toEqual({ x: 1, y: null });
    expect({ ...(stored(point, { x: null, y: '2' }) as object) }).toEqual({ x: null, y: 2 });
    expect(failureOf(() => stored(point, { x: 1, y: '1', z: 1 }))).toMatch(/^x\.z: .*is not in the schema/);
    expect(failureOf(() => stored(point, { x: 1 }))).toMatch(/^x\.y: .*is missing/);
    expect(failureOf(() => stored(point, { x: 1, y: unknown }))).toMatch(/^x\.y: .*is still unknown/);
    expect(failureOf(() => decoded(point, { x: 'one' }))).toMatch(/^x\.x: /);
    expect(failureOf(() => decoded(point, [1]))).toMatch(/^x: /);
  });

  it('cannot hold nested attributes', () => {
    expect(() => t.object({ a: rule })).toThrow('make it nested itself');
    expect(() => t.object({ a: t.list(rule) })).toThrow('make it nested itself');
  });
});

describe('nested attributes', () => {
  const rules = t.list(rule);

  it('refuse what does not fit, with the whole place', () => {
    const fine = { name: 'a', port: 1, note: null };
    expect(stored(rules, [fine])).toEqual([expect.objectContaining(fine)]);
    expect(failureOf(() => stored(rules, [{ ...fine, port: null }]))).toMatch(/^x\[0\]\.port: .*is null/);
    expect(failureOf(() => stored(rules, [{ ...fine, colour: 1 }]))).toMatch(/^x\[0\]\.colour: /);
    expect(failureOf(() => stored(rules, [{ name: 'a', port: 1 }]))).toMatch(/^x\[0\]\.note: .*is missing/);
    expect(failureOf(() => stored(rules, ['a']))).toMatch(/^x\[0\]: .*is not an object/);
    expect(failureOf(() => decoded(rules, [['a']]))).toMatch(/^x\[0\]: .*An object is required/);
    expect(failureOf(() => decoded(t.map(rule), { k: { name: 1 } }))).toMatch(/^x\["k"\]\.name: /);
    expect(failureOf(() => decoded(t.set(rule), [{ name: 1 }]))).toMatch(/^x\[element\]\.name: /);
  });

  it('stand in one collection at most', () => {
    expect(() => t.list(t.set(rule))).toThrow('not deeper');
    expect(() => t.map(t.list(rule))).toThrow('not deeper');
  });
});
