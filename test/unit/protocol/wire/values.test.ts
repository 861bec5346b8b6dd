import { unknown } from '../../../../provider/framework';
import type { WireValue } from '../../../../provider/framework/schema/unknown';
import { fromWire, toWire } from '../../../../provider/protocol/wire/values';
import { failureOf } from '../../framework/support';

const none = Buffer.alloc(0);
const read = (hex: string) => fromWire({ msgpack: Buffer.from(hex, 'hex'), json: none });
const written = (value: WireValue) => toWire(value).msgpack.toString('hex');

/** What go-cty 1.18 writes (cty/msgpack, Marshal), and what it means here. */
const both: [what: string, hex: string, value: WireValue][] = [
  ['0', '00', 0],
  ['-1', 'ff', -1],
  ['128', 'cc80', 128],
  ['-33', 'd0df', -33],
  ['65536', 'ce00010000', 65536],
  ['2^63 - 1', 'cf7fffffffffffffff', 9223372036854775807n],
  ['-2^63', 'd38000000000000000', -9223372036854775808n],
  ['2^53 + 1', 'cf0020000000000001', 9007199254740993n],
  ['-2^53 - 1', 'd3ffdfffffffffffff', -9007199254740993n],
  ['2^32', 'cf0000000100000000', 4294967296n],
  ['2^63', 'b339323233333732303336383534373735383038', '9223372036854775808'],
  [
    '1e40',
    'd9293130303030303030303030303030303030303030303030303030303030303030303030303030303030',
    `1${'0'.repeat(40)}`,
  ],
  ['0.1', 'a3302e31', '0.1'],
  ['123456789.123456789', 'b33132333435363738392e313233343536373839', '123456789.123456789'],
  ['a string', 'ab5ac3bc7269636820e29895', 'Zürich ☕'],
  ['true', 'c3', true],
  ['null', 'c0', null],
  ['unknown', 'd40000', unknown],
  ['a list', '92a161d40000', ['a', unknown]],
  ['an empty list', '90', []],
  ['a set', '92a161a162', ['a', 'b']],
  [
    'an object',
    '84a56772616d73cf0020000000000001a46e616d65a178a474616773d40000a47768656ec0',
    { grams: 9007199254740993n, name: 'x', tags: unknown, when: null },
  ],
  [
    'a set of objects that are unknown in part',
    '9281a16ed4000081a16ed40000',
    [{ n: unknown }, { n: unknown }],
  ],
];

it.each(both)('reads and writes as Terraform does: %s', (_, hex, value) => {
  expect(read(hex)).toEqual(value);
  expect(written(value)).toBe(hex);
});

it.each([
  ['not null', 'c7030c8101c2'],
  ['a prefix', 'c70d0c8201c202a868747470733a2f2f'],
  ['a length', 'c7050c8201c20501'],
  ['a prefix of 300 bytes', `c801330c8201c202da012c${'61'.repeat(300)}`],
  ['a prefix of 70,000 bytes', `c9000111790c8201c202db00011170${'61'.repeat(70_000)}`],
])('takes an unknown value with %s for unknown', (_, hex) => {
  expect(read(hex)).toBe(unknown);
});

it('reads the doubles that Terraform sends', () => {
  expect(read('cbbfe0000000000000')).toBe(-0.5);
  expect(read('cb3ff8000000000000')).toBe(1.5);
});

it('takes an absent value for null, and JSON if there is no msgpack', () => {
  expect(fromWire(undefined)).toBeNull();
  expect(fromWire({ msgpack: none, json: none })).toBeNull();
  expect(fromWire({ msgpack: none, json: Buffer.from('{"a":9007199254740993}') })).toEqual({
    a: '9007199254740993',
  });
});

it.each([
  ['nothing after the length', 'd929'],
  ['a byte too many', 'c0c0'],
  ['an unused code', 'c1'],
  ['an endless array', 'ddffffffff'],
  ['a key that no map may have', '81a95f5f70726f746f5f5fa178'],
  ['a key that is no text', '81c0a178'],
])('refuses %s, without quoting it', (_, hex) => {
  expect(failureOf(() => read(hex))).toMatch(/^: A value cannot be read \| It is not well-formed msgpack/);
});
