import { messageOf } from './transport/errors';

/** One piece of work that many may wait for. */
export interface Shared<T> {
  /** Waits for the result until the signal is aborted; then rejects with the signal's reason. */
  join(signal: AbortSignal): Promise<T>;
  /** The end of the work, good or bad. */
  readonly settled: Promise<void>;
  /** Nobody waits for it any more and it is being ended: do not join. */
  readonly abandoned: boolean;
}

/** Starts the work at once. A waiter that gives up leaves it to the others; when the last one goes, it is ended. */
export function share<T>(work: (signal: AbortSignal) => Promise<T>): Shared<T> {
  const stop = new AbortController();
  const result = work(stop.signal);
  const settled = result.then(
    () => undefined,
    () => undefined,
  );
  let waiters = 0;
  return {
    settled,
    get abandoned() {
      return stop.signal.aborted;
    },
    async join(signal) {
      waiters++;
      try {
        return await unlessAborted(result, signal);
      } finally {
        waiters--;
        if (waiters === 0) stop.abort(new Error('nothing waits for it any more'));
      }
    },
  };
}

/** Many may ask at the same time: there is one piece of work at a time, and all of them wait for it. */
export function oneAtATime<T>(
  work: (signal: AbortSignal) => Promise<T>,
): (signal: AbortSignal) => Promise<T> {
  let running: Shared<T> | undefined;
  return async (signal) => {
    // It is ending, but may still have a result: a request on its way is awaited.
    while (running?.abandoned) await unlessAborted(running.settled, signal);
    if (!running) {
      const started = share(work);
      running = started;
      void started.settled.then(() => {
        if (running === started) running = undefined;
      });
    }
    return running.join(signal);
  };
}

function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const leave = () =>
      reject(signal.reason instanceof Error ? signal.reason : new Error(messageOf(signal.reason)));
    if (signal.aborted) leave();
    signal.addEventListener('abort', leave);
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
  });
}
