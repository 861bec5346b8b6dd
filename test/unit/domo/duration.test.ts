import { isDuration, milliseconds } from '../../../provider/domo/duration';

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
