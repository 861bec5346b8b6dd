import { parseExactly } from '../../../provider/domo/api/transport/json';
import { leastCosts } from '../../support/least-costs';

it.each<[string, unknown]>([
  ['9007199254740993', '9007199254740993'],
  ['[-9007199254740993, 12]', ['-9007199254740993', 12]],
  [
    '{"id": 9007199254740993, "name": "1234567890123456"}',
    { id: '9007199254740993', name: '1234567890123456' },
  ],
  [
    '{"a\\"": 9007199254740993, "b\\\\": 9007199254740995}',
    { 'a"': '9007199254740993', 'b\\': '9007199254740995' },
  ],
])('a number that JavaScript would round becomes its text: %s', (text, value) => {
  expect(parseExactly(text)).toEqual(value);
});

it.each<[string, unknown]>([
  ['{"id": 7, "name": "order 1234567890123456"}', { id: 7, name: 'order 1234567890123456' }],
  ['["\\"9007199254740993", 1.5]', ['"9007199254740993', 1.5]],
  ['0.1234567890123456789', 0.12345678901234568],
])('and no other does: %s', (text, value) => {
  expect(parseExactly(text)).toEqual(value);
});

it('a list with many digits in its names is read as fast as one without', () => {
  const list = (name: string) =>
    JSON.stringify(Array.from({ length: 20_000 }, (_, id) => ({ id, name, scopes: ['data'] })));
  const texts = [list('export'), list('1234567890123456')];
  const [few = 0, many] = leastCosts(
    texts.map((text) => () => parseExactly(text)),
    12,
  );
  expect(many).toBeLessThan(4 * few);
});
