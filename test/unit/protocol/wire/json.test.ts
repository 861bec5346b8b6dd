import type { WireValue } from '../../../../provider/framework/schema/unknown';
import { parseJson } from '../../../../provider/protocol/wire/json';
import { failureOf } from '../../framework/support';

const parse = (text: string): WireValue => parseJson(Buffer.from(text));

it.each([
  ['{"a":[1,-20,null,true,"x"]}', { a: [1, -20, null, true, 'x'] }],
  ['{"n":9007199254740993}', { n: '9007199254740993' }],
  [`{"n":1${'0'.repeat(40)}}`, { n: `1${'0'.repeat(40)}` }],
  ['{"n":0.1,"m":1e3}', { n: '0.1', m: '1e3' }],
  ['{"id":"1234567890123456789","n":5}', { id: '1234567890123456789', n: '5' }],
  ['{"text":"1.5 and 12345678901234567890"}', { text: '1.5 and 12345678901234567890' }],
])('keeps every digit of %s', (text, value) => expect(parse(text)).toEqual(value));

it.each(['{"__proto__":"x","n":1}', '{"__proto__":"x","n":1.5}'])('has no key of its own: %s', (text) => {
  const parsed = parse(text) as object;
  expect(Object.keys(parsed)).toEqual(['__proto__', 'n']);
  expect(Object.getPrototypeOf(parsed)).toBe(Object.prototype);
});

it.each(['', '{"secret":"fake-secret"', '{"secret":"fake-secret",1.5}', 'fake-secret', '\u0000'])(
  'refuses what is no JSON, without quoting it: %j',
  (text) => {
    const said = failureOf(() => parse(text));
    expect(said).toMatch(/^: The stored state cannot be read/);
    expect(said).not.toContain('fake');
  },
);
