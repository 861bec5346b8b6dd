import { pause } from '../../../provider/domo/api/transport/timers';

describe('pause', () => {
  it('waits the time', async () => {
    const start = performance.now();
    await pause(30, new AbortController().signal);
    expect(performance.now() - start).toBeGreaterThanOrEqual(28);
  });

  it('ends at once when aborted, before or during, even a wait too long for a timer', async () => {
    await pause(2 ** 40, AbortSignal.abort());
    const stop = new AbortController();
    let ended = false;
    const waiting = pause(2 ** 40, stop.signal).then(() => {
      ended = true;
    });
    await pause(20, new AbortController().signal);
    expect(ended).toBe(false);
    stop.abort();
    await waiting;
  });
});
