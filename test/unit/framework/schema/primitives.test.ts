import { t, unknown } from '../../../../provider/framework';
import { decode, encode, isWhollyKnown, keyOf, same } from '../../../../provider/framework/schema/codec';
import type { Type } from '../../../../provider/framework/schema/schema';
import type { WireValue } from '../../../../provider/framework/schema/unknown';
import { failureOf } from '../support';

const at = [{ attribute: 'x' }];
const back = (type: Type, wire: WireValue) => encode(type, decode(type, wire, at), at, 'state');

describe.each([
  ['string', t.string, 'a', 1],
  ['bool', t.bool, true, 'true'],
  ['number', t.number, 1.5, true],
  ['decimal', t.decimal, '1.5', true],
] as const)('%s', (name, type: Type, value, other) => {
  it('is called as Terraform calls it', () => {
    expect(type.cty).toBe(name === 'decimal' ? 'number' : name);
  });

  it('reads what is of its kind, and refuses the rest with the place', () => {
    expect(decode(type, value, at)).toBe(value);
    expect(decode(type, null, at)).toBeNull();
    expect(decode(type, undefined, at)).toBeNull();
    expect(decode(type, unknown, at)).toBe(unknown);
    for (const wrong of [other, [], {}]) {
      expect(failureOf(() => decode(type, wrong, at))).toMatch(/^x: A value does not fit the schema/);
    }
  });

  it('writes what is of its kind, and refuses the rest with the place', () => {
    expect(encode(type, null, at, 'state')).toBeNull();
    expect(encode(type, unknown, at, 'proposed')).toBe(unknown);
    expect(failureOf(() => encode(type, unknown, at, 'state'))).toMatch(/^x: .*is still unknown/);
    expect(failureOf(() => encode(type, undefined, at, 'proposed'))).toMatch(/^x: .*is missing/);
    for (const wrong of [other, [], {}, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(failureOf(() => encode(type, wrong, at, 'state'))).toMatch(
        /^x: .*is not a (string|bool|number)/,
      );
    }
  });

  it('tells values apart, null and unknown included', () => {
    expect(same(type, value, value)).toBe(true);
    expect(new Set([value, null, unknown].map((each) => keyOf(type, each))).size).toBe(3);
    expect([value, null, undefined, unknown].map((each) => isWhollyKnown(type, each))).toEqual([
      true,
      true,
      true,
      false,
    ]);
  });
});

it('takes a string for one that only looks like null or unknown', () => {
  expect(same(t.string, '~', null)).toBe(false);
  expect(same(t.string, '?', unknown)).toBe(false);
});

describe('a number', () => {
  it('is one that JavaScript holds exactly, whatever form it comes in', () => {
    for (const [wire, value] of [
      ['0.1', 0.1],
      ['1e3', 1000],
      [12n, 12],
      ['9007199254740992', 2 ** 53],
    ] as const) {
      expect(decode(t.number, wire, at)).toBe(value);
    }
  });

  it.each(['9007199254740993', 9007199254740993n, '0.10000000000000000001', '1e400'])('is not %s', (wire) => {
    const text = failureOf(() => decode(t.number, wire, at));
    expect(text).toMatch(/^x: The number is too precise/);
    // The attribute may be sensitive.
    expect(text).not.toContain(String(wire).slice(0, 6));
  });
});

describe('a decimal', () => {
  it.each([
    ['9007199254740993', 9007199254740993n],
    ['1e40', `1${'0'.repeat(40)}`],
    ['0.1', '0.1'],
    ['-0.5', '-0.5'],
    ['123456789.123456789', '123456789.123456789'],
    [-0.5, '-0.5'],
    [7, 7],
    [2147483648, 2147483648n],
  ])('comes back as it went: %s', (sent, returned) => {
    expect(back(t.decimal, sent)).toBe(returned);
  });

  it('is the same number however it is written', () => {
    for (const text of ['1.50', '01.5', '+1.5', '15e-1', '0.15E1'])
      expect(same(t.decimal, '1.5', text)).toBe(true);
    expect(same(t.decimal, '9007199254740993', '9007199254740992')).toBe(false);
  });

  it.each(['', '.', 'e5', '1e', '0x10', '1 ', '--1', 'NaN', '1e99999'])('is not %j', (text) => {
    expect(failureOf(() => encode(t.decimal, text, at, 'state'))).toMatch(/^x: .*is not a number/);
    expect(failureOf(() => decode(t.decimal, text, at))).toMatch(/^x: .*A number is required/);
  });
});
