import { readFileSync } from 'node:fs';
import { comparison } from '../bench/compare-figures';
import { type Results, withTables } from '../bench/results';
import { exponent, median } from '../bench/statistics';

const guide = readFileSync('docs/guides/performance.md', 'utf8');
const results = JSON.parse(readFileSync('test/bench/results.json', 'utf8')) as Results;

it('the guide shows what "make bench" has kept', () => {
  expect(withTables(guide, results)).toBe(guide);
});

it('a page without a place for the tables is refused', () => {
  expect(() => withTables('# Performance', results)).toThrow('no place');
});

it('what was kept is a whole run: every operation of every contender', () => {
  const names = Object.keys(results.surroundings.contenders);
  expect(names).toEqual(['floor', 'node', 'node24', 'bun', 'peer']);
  const sizes = results.terraform.map(({ clients, way, operation }) => `${operation} of ${clients}, ${way}`);
  expect(results.terraform).toHaveLength(4 * 4);
  expect(new Set(sizes).size).toBe(4 * 4);
  const few = names.filter((name) => name !== 'node24');
  for (const { ms, rounds, clients, way, operation } of results.terraform) {
    expect(Object.keys(ms)).toEqual(clients === 1 && way === 'trusted' ? names : few);
    expect(rounds).toBe(clients < 1000 ? 15 : operation.endsWith('plan') ? 9 : 3);
  }
  expect(Object.keys(results.growth?.exponents ?? {})).toEqual(few);
});

it('a median is the middle value, or the mean of the middle two', () => {
  expect([median([3, 1, 2]), median([4, 1, 3, 2])]).toEqual([2, 2.5]);
  expect(() => median([])).toThrow('no median');
});

it('an exponent is 1 where something grows in proportion, and 2 where it grows as the square', () => {
  expect(exponent([100, 7], [1000, 70])).toBeCloseTo(1);
  expect(exponent([100, 7], [1000, 700])).toBeCloseTo(2);
});

it('a figure that has become worse by more than a tenth, is gone or is new fails "make bench-check"', () => {
  const kept = { start: 2, plan: 4, read: 3 };
  expect(comparison(kept, { start: 2.2, plan: 1, read: 3 }).worse).toEqual([]);
  expect(comparison(kept, { start: 2.21, plan: 4 }).worse).toEqual(['start', 'read']);
  expect(comparison(kept, { ...kept, more: 1 }).worse).toEqual(['more is not in what was kept']);
});
