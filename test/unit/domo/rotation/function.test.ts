import { domoProvider } from '../../../../provider/domo/provider';
import { functionOperations } from '../../../../provider/framework/operations/function';
import type { WireValue } from '../../../../provider/framework/schema/unknown';

const given = {
  prefix: 'export ',
  first: '2026-01-01',
  every: '90d',
  overlap: '2w',
  rotate_at: null,
  leaked: null,
};
const now = '2026-04-02T05:00:00Z';
const call = (...all: WireValue[]) => functionOperations(domoProvider).call('rotation', all);

it('rotation tells what there should be', async () => {
  expect(await call(given, ['other', 'export 2026-01-01', 'export 2026-04-01'], now)).toEqual({
    result: {
      live: ['2026-01-01', '2026-04-01'],
      current: '2026-04-01',
      due: '2026-04-01',
      next_rotation: '2026-06-30T00:00:00Z',
      overlap_ends: '2026-04-16T00:00:00Z',
    },
  });
  expect(
    await call({ ...given, leaked: ['2026-01-01'] }, ['export 2026-01-01', 'export 2026-04-01'], now),
  ).toEqual({
    result: expect.objectContaining({ live: ['2026-04-01'], overlap_ends: null }),
  });
});

const time = 'must be a date such as "2026-01-31" or an RFC 3339 time such as "2026-01-31T12:00:00Z"';
const duration = 'must be a duration such as "12h", "90d" or "12w", of at least a second and at most 36500d';
const long = 'an-export-with-a-name-that-is-too-long-for-Domo-'.repeat(2);

it.each<[all: WireValue[], argument: number, text: string]>([
  [[{ ...given, first: 'soon' }, [], now], 0, time],
  [[{ ...given, first: '3000-01-01' }, [], now], 0, 'in the years 1900 to 2999'],
  [[{ ...given, every: '90' }, [], now], 0, `"schedule.every" ${duration}`],
  [[{ ...given, every: '0d' }, [], now], 0, duration],
  [[{ ...given, every: '-1d' }, [], now], 0, duration],
  [[{ ...given, every: '0.5s' }, [], now], 0, duration],
  [[{ ...given, every: '99999999999d' }, [], now], 0, duration],
  [[{ ...given, overlap: '0s' }, [], now], 0, `"schedule.overlap" ${duration}`],
  [[{ ...given, overlap: '90d' }, [], now], 0, '"overlap" must be shorter than "every"'],
  [[{ ...given, overlap: '13w' }, [], now], 0, '"overlap" must be shorter than "every"'],
  [[{ ...given, prefix: ' ' }, [], now], 0, '"schedule.prefix" must be non-empty'],
  [[{ ...given, rotate_at: ['2026-02-01', 'now'] }, [], now], 0, time],
  [[{ ...given, leaked: ['export 2026-01-01'] }, [], now], 0, time],
  [[given, [null], now], 1, 'cannot be null'],
  [[{ ...given, prefix: long }, [long.slice(0, 64)], now], 1, `the name "${long.slice(0, 64)}"`],
  [[given, [], '0000-01-01T00:00:00+23:59'], 2, 'in the years 1900 to 2999'],
  [[given, [], 'today'], 2, time],
])('an error names the argument and what is allowed (%#)', async (all, argument, text) => {
  const outcome = await call(...all);
  expect(outcome).toEqual({ error: { argument, text: expect.stringContaining(text) } });
  // Engines add a full stop.
  expect(outcome).not.toMatchObject({ error: { text: expect.stringMatching(/\.$/) } });
});
