import { oneAtATime, share } from '../../../provider/domo/api/transport/single-flight';
import { never } from './support';

/** Work that ends when it is told to, or when it is aborted. */
function work() {
  const ends: ((value: string) => void)[] = [];
  const signals: AbortSignal[] = [];
  const run = (signal: AbortSignal) =>
    new Promise<string>((resolve, reject) => {
      ends.push(resolve);
      signals.push(signal);
      signal.addEventListener('abort', () => reject(signal.reason));
    });
  return { run, ends, signals };
}

describe('shared work', () => {
  it('is done once for all who join', async () => {
    const { run, ends } = work();
    const shared = share(run);
    const joined = [shared.join(never), shared.join(never)];
    ends[0]?.('done');
    expect(await Promise.all(joined)).toEqual(['done', 'done']);
    expect(ends).toHaveLength(1);
  });

  it('goes on for the others when one gives up', async () => {
    const { run, ends, signals } = work();
    const shared = share(run);
    const [impatient, patient] = [new AbortController(), shared.join(never)];
    const left = shared.join(impatient.signal);
    impatient.abort(new Error('no time'));
    await expect(left).rejects.toThrow('no time');
    expect(signals[0]?.aborted).toBe(false);
    expect(shared.abandoned).toBe(false);
    ends[0]?.('done');
    expect(await patient).toBe('done');
  });

  it('is ended when the last one gives up', async () => {
    const { run, signals } = work();
    const shared = share(run);
    const impatient = new AbortController();
    const left = shared.join(impatient.signal);
    impatient.abort(new Error('no time'));
    await expect(left).rejects.toThrow('no time');
    expect(signals[0]?.aborted).toBe(true);
    expect(shared.abandoned).toBe(true);
    await shared.settled;
  });

  it('fails for all who join, and settles without an unhandled rejection', async () => {
    const shared = share(() => Promise.reject(new Error('broken')));
    await expect(shared.join(never)).rejects.toThrow('broken');
    await expect(shared.settled).resolves.toBeUndefined();
  });

  it('refuses a signal that is aborted already', async () => {
    const shared = share(work().run);
    await expect(shared.join(AbortSignal.abort(new Error('too late')))).rejects.toThrow('too late');
  });
});

describe('one at a time', () => {
  it('starts again only after the end of what runs', async () => {
    const { run, ends } = work();
    const ask = oneAtATime(run);
    const asked = [ask(never), ask(never)];
    expect(ends).toHaveLength(1);
    ends[0]?.('first');
    expect(await Promise.all(asked)).toEqual(['first', 'first']);
    const again = ask(never);
    await Promise.resolve();
    ends[1]?.('second');
    expect(await again).toBe('second');
  });

  it('serves somebody who comes after everybody else has given up', async () => {
    const { run, ends } = work();
    const ask = oneAtATime(run);
    const impatient = new AbortController();
    const left = ask(impatient.signal);
    impatient.abort(new Error('no time'));
    await expect(left).rejects.toThrow('no time');
    const patient = ask(never);
    while (ends.length < 2) await new Promise(setImmediate);
    ends[1]?.('done');
    expect(await patient).toBe('done');
  });
});
