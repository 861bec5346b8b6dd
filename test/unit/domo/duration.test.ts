import { isDuration, isLongDuration, longMilliseconds, milliseconds } from '../../../provider/domo/duration';

describe('a duration', () => {
  it.each([
    ['45s', 45_000],
    ['10m', 600_000],
    ['1h30m', 5_400_000],
    ['1h1m1s1ms', 3_661_001],
    ['1.5h', 5_400_000],
    ['0.5s', 500],
    ['250ms', 250],
    ['0m1s', 1_000],
    ['1000h', 3_600_000_000],
  ])('%s', (text, ms) => {
    expect(milliseconds(text)).toBe(ms);
    expect(isDuration.check(text)).toBeUndefined();
  });

  it.each([
    [''],
    ['45'],
    ['s'],
    ['-5s'],
    ['+5s'],
    ['5 s'],
    ['5s '],
    ['5S'],
    ['1d'],
    ['1e3s'],
    ['.5s'],
    ['5.s'],
    ['0s'],
    ['0h0m0s'],
    ['five seconds'],
    ['10m, 5s'],
  ])('is not %j', (text) => {
    expect(milliseconds(text)).toBeUndefined();
    expect(isDuration.check(text)).toContain(`"${text}"`);
  });
});

describe('a long duration', () => {
  it.each([
    ['90d', 7_776_000_000],
    ['2w', 1_209_600_000],
    ['1w1d1h1m1s', 694_861_000],
    ['1.5d', 129_600_000],
    ['36500d', 3_153_600_000_000],
  ])('%s', (text, ms) => {
    expect(longMilliseconds(text)).toBe(ms);
    expect(isLongDuration.check(text)).toBeUndefined();
  });

  it.each([
    '',
    '90',
    '90 d',
    '-90d',
    '0d',
    '0w0d',
    '1M',
    '1y',
    '500ms',
    '0.5s',
    '36501d',
    `${'9'.repeat(400)}d`,
  ])('is not %j', (text) => {
    expect(isLongDuration.check(text)).toBeDefined();
  });
});
