import { createPace } from '../../../provider/domo/api/transport/pace';

const never = new AbortController().signal;

// How busy the machine is must not matter to how long a wait is.
beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

/** When each of `count` turns comes that are asked for at once, in ms from then on. */
async function turns(pace: ReturnType<typeof createPace>, count: number): Promise<number[]> {
  const moments: number[] = [];
  const start = performance.now();
  const all = Array.from({ length: count }, async () => {
    await pace.turn(never);
    moments.push(performance.now() - start);
  });
  await jest.advanceTimersByTimeAsync(5_000);
  await Promise.all(all);
  return moments;
}

const gaps = (moments: number[]) => moments.slice(1).map((moment, index) => moment - (moments[index] ?? 0));

it('holds nothing up as long as nobody is refused', async () => {
  const moments = await turns(createPace(), 1_000);
  // A gap would show: the narrowest one is 125 ms a request.
  expect(moments.at(-1)).toBeLessThan(1_000);
});

it('makes all wait after a refusal, and lets them come one after another', async () => {
  const pace = createPace();
  expect(pace.limited(300)).toBeCloseTo(300, -1);
  const moments = await turns(pace, 4);
  expect(moments[0]).toBeGreaterThanOrEqual(299);
  for (const gap of gaps(moments)) expect(gap).toBeGreaterThanOrEqual(124);
});

it('takes the refusals of what was on its way together for one, and waits for the longest', async () => {
  const pace = createPace();
  for (const wait of [0, 200, 50, 0]) pace.limited(wait);
  const moments = await turns(pace, 3);
  expect(moments[0]).toBeGreaterThanOrEqual(199);
  for (const gap of gaps(moments)) expect(gap).toBeLessThan(200);
});

it('becomes slower with every refusal, and quicker with every answer', async () => {
  const pace = createPace();
  for (let refusal = 0; refusal < 2; refusal += 1) {
    pace.limited(0);
    await jest.advanceTimersByTimeAsync(110);
  }
  const [slow = 0] = gaps(await turns(pace, 2));
  expect(slow).toBeGreaterThanOrEqual(249);
  for (let answer = 0; answer < 40; answer += 1) pace.answered();
  const moments = await turns(pace, 10);
  expect((moments.at(-1) ?? 0) - (moments[0] ?? 0)).toBeLessThan(20);
});

it('lets whoever is aborted go at once, and takes no turn for them', async () => {
  const pace = createPace();
  pace.limited(60_000);
  const stop = new AbortController();
  const start = performance.now();
  const waiting = pace.turn(stop.signal);
  stop.abort();
  await waiting;
  expect(performance.now() - start).toBeLessThan(1_000);
});

/** A service that takes `rate` requests a second, `burst` of them at once, and says when to come again. */
function limiter(rate: number, burst: number) {
  let tokens = burst;
  let at = performance.now();
  return () => {
    const now = performance.now();
    tokens = Math.min(burst, tokens + ((now - at) * rate) / 1000);
    at = now;
    if (tokens < 1) return { ok: false, retryAfter: ((1 - tokens) * 1000) / rate };
    tokens -= 1;
    return { ok: true, retryAfter: 0 };
  };
}

it('gets hundreds of requests through a limit without hammering it', async () => {
  const pace = createPace();
  const ask = limiter(50, 20);
  let refused = 0;
  let left = 200;
  const start = performance.now();
  const worker = async () => {
    while (left > 0) {
      left -= 1;
      for (;;) {
        await pace.turn(never);
        await new Promise((resolve) => setTimeout(resolve, 5));
        const { ok, retryAfter } = ask();
        if (ok) break;
        refused += 1;
        pace.limited(retryAfter);
      }
      pace.answered();
    }
  };
  const done = Promise.all(Array.from({ length: 10 }, worker)).then(() => (performance.now() - start) / 1000);
  await jest.advanceTimersByTimeAsync(60_000);
  const seconds = await done;
  process.stdout.write(`200 requests, 50 a second allowed: ${seconds.toFixed(1)} s, ${refused} refused\n`);
  expect(refused).toBeLessThan(60);
  // As far as the limit is concerned, it could take 3.6 s.
  expect(seconds).toBeLessThan(20);
});
