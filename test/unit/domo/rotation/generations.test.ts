import { cutName, generationsIn } from '../../../../provider/domo/rotation/generations';
import { leastCosts } from '../../../support/least-costs';

const keys = (names: string[], prefix: string) => generationsIn(names, prefix).map(({ text }) => text);

it('are the names with exactly a date or time after the prefix, the oldest first', () => {
  const names = [
    'export 2026-06-30',
    'export 2026-01-01T12:00:00Z',
    'export 2025-01-01T12:00:00.5+02:00',
    'export 2026-01-01',
    'export',
    'export ',
    'export 2026-02-30',
    'export 2026-01-01T24:00:00Z',
    'export 2026-01-01T12:00Z',
    'export 2026-1-1',
    'export 2026-01-01 (old)',
    'export 02026-01-02',
    'my export 2026-01-03',
    'Export 2026-01-04',
    'export-2026-01-05',
    'export2026-01-06',
  ];
  expect(keys(names, 'export ')).toEqual([
    '2025-01-01T12:00:00.5+02:00',
    '2026-01-01',
    '2026-01-01T12:00:00Z',
    '2026-06-30',
  ]);
  expect(keys(names, 'export')).toEqual(['2026-01-06']);
  expect(keys(names, 'export 0')).toEqual(['2026-01-02']);
});

it.each([
  ['a & b ', 'a &amp; b 2026-01-01'],
  ['a & b ', 'a &amp;amp; b 2026-01-01'],
  ['a  b ', 'a b 2026-01-01'],
  [' a ', 'a 2026-01-01'],
  ['Grüße ', 'Gr??e 2026-01-01'],
  ['Grüße ', 'Gru\u0308ße 2026-01-01'],
  ['a\nb ', 'a b 2026-01-01'],
  ['1 ', '1 2026&#45;01-01'],
])('with the prefix %j, Domo may show one as %j', (prefix, name) => {
  expect(keys([name, `${prefix}2026-01-01`], prefix)).toEqual(['2026-01-01']);
});

it('are found among ten times as many names in little more than ten times the time', () => {
  const works = [1_000, 10_000].map((length) => {
    const names = Array.from({ length }, (_, index) => `some client & another ${index} 2026-01-01`);
    return () => expect(keys([...names, 'export 2026-01-01'], 'export ')).toEqual(['2026-01-01']);
  });
  const [few = 0, many] = leastCosts(works);
  // Comparing each name with each takes a hundred times as long.
  expect(many).toBeLessThan(40 * few);
});

const prefix = 'reads the sales datasets into the warehouse ';

it.each([
  ['in the date', 'reads the sales datasets into the warehouse 2026-0'],
  ['in the prefix', 'reads the sales datasets into the'.slice(0, 32)],
  ['at the end of the prefix', `${prefix.slice(0, 31)}`],
])('one that Domo has cut %s is noticed', (_, name) => {
  expect(cutName(['other', name], prefix)).toBe(name);
});

it.each([
  ['a generation', `${prefix}2026-01-01`],
  [
    'a generation of an odd length',
    'reads the sales datasets to all the warehouses 01 2026-01-01'.slice(0, 64),
  ],
  ['a short name', 'reads'],
  ['another name of that length', 'reads the sales datasets and all'],
  ['one that goes on', `${prefix}forever.`],
])('%s is not taken for a cut one', (_, name) => {
  expect(cutName([name], prefix)).toBeUndefined();
});

it.each([
  ['a generation', [`${prefix}2026-01-01`]],
  ['any other', ['the quarterly export of all sales datasets to the archive']],
])('nothing is taken for cut if %s is longer', (_, others) => {
  for (const name of [prefix.slice(0, 32), prefix.slice(0, 31), `${prefix}2026-0`]) {
    expect(cutName([name], prefix)).toBe(name);
    expect(cutName([...others, name], prefix)).toBeUndefined();
  }
});

it('a client that has the prefix for a name is not in the way of its generations', () => {
  for (let length = 24; length <= 300; length++) {
    const name = 'x'.repeat(length);
    expect(cutName([name, `${name} 2026-01-01`], `${name} `)).toBeUndefined();
    expect(cutName([name, `${name} 2025`, `${name} 2026-01-01`], `${name} `)).toBeUndefined();
  }
});

it('one that is longer only by characters of several bytes, or by escapes, shows nothing', () => {
  const name = 'é'.repeat(32);
  expect(cutName([name, 'x'.repeat(60)], `${name} `)).toBe(name);
  const cut = prefix.slice(0, 32);
  expect(cutName([cut, 'a &amp; b &amp; c &amp; d &amp; e &amp; f'], prefix)).toBe(cut);
});
