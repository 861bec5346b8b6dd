import { sandbox } from './test-sandbox';

let domo: Awaited<ReturnType<typeof sandbox>>;
beforeEach(async () => {
  domo = await sandbox();
});
afterEach(async () => {
  jest.restoreAllMocks();
  await domo.close();
});

const limit = (requestsPerSecond: number) =>
  domo.call('PUT', '/_sandbox/quirks', { body: { requestsPerSecond } });

it('takes any number of requests at first', async () => {
  const answers = await Promise.all(Array.from({ length: 50 }, () => domo.list('admin')));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
});

it('refuses what comes beyond the limit, says when to come again, and counts it', async () => {
  // The clock stands still: on a busy machine the limit would let more through meanwhile.
  let now = performance.now();
  jest.spyOn(performance, 'now').mockImplementation(() => now);
  await limit(2);
  const answers = await Promise.all(Array.from({ length: 5 }, () => domo.list('admin')));
  const refused = answers.filter(({ status }) => status === 429);
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(2);
  expect(refused).toHaveLength(3);
  expect(refused.map(({ headers }) => headers.get('retry-after'))).toEqual(['1', '1', '1']);
  expect((await domo.call('GET', '/_sandbox/requests')).json).toMatchObject({ '429': 3 });
  now += 1_000;
  expect((await domo.list('admin')).status).toBe(200);
});

it('takes no number below zero for a limit', async () => {
  expect((await limit(-1)).status).toBe(400);
});
