import { isKey, isTime, rfc3339, timeOf } from '../../../provider/domo/time';

it.each([
  ['2026-01-31', '2026-01-31T00:00:00Z', '2026-02-01T00:00:00Z'],
  ['2028-02-29', '2028-02-29T00:00:00Z', '2028-03-01T00:00:00Z'],
  ['2026-01-31T23:59:59Z', '2026-01-31T23:59:59Z', '2026-01-31T23:59:59Z'],
  ['2026-01-31t01:00:00z', '2026-01-31T01:00:00Z', '2026-01-31T01:00:00Z'],
  ['2026-01-31T01:00:00+02:00', '2026-01-30T23:00:00Z', '2026-01-30T23:00:00Z'],
  ['2026-01-31T01:00:00.999-00:30', '2026-01-31T01:30:00Z', '2026-01-31T01:30:00Z'],
])('%s is from %s until %s', (text, from, until) => {
  const time = timeOf(text);
  expect(time?.text).toBe(text);
  expect(rfc3339(time?.from ?? 0)).toBe(from);
  expect(rfc3339(time?.until ?? 0)).toBe(until);
  expect(isTime.check(text)).toBeUndefined();
});

it.each([
  '',
  '2026',
  '2026-01',
  '2026-1-1',
  '2026-02-29',
  '2026-00-10',
  '2026-13-01',
  '2026-01-32',
  ' 2026-01-01',
  '2026-01-01\n',
  '2026-01-01T00:00:00',
  '2026-01-01T00:00Z',
  '2026-01-01 00:00:00Z',
  '2026-01-01T24:00:00Z',
  '2026-01-01T23:60:00Z',
  '2026-01-01T23:59:60Z',
  '2026-01-01T00:00:00+24:00',
  '2026-01-01T00:00:00+01:60',
  '2026-01-01T00:00:00.Z',
  '+012026-01-01',
])('%j is no time', (text) => {
  expect(timeOf(text)).toBeUndefined();
  expect(isTime.check(text)).toBeDefined();
});

it('years that cannot be counted on or back from are refused as arguments, and not as keys', () => {
  const refused = ['3000-01-01', '9999-12-31', '1899-12-31T23:59:59Z', '1900-01-01T00:00:00+00:01'];
  for (const text of [...refused, '0000-01-01T00:00:00+23:59']) {
    expect(isTime.check(text)).toBeDefined();
    expect(isKey.check(text)).toBeUndefined();
  }
  for (const text of ['2999-12-31', '1900-01-01']) expect(isTime.check(text)).toBeUndefined();
  expect(isKey.check('2026-02-30')).toBeDefined();
});
