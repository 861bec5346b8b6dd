import { messageOf } from './errors';

/** One piece of work that many callers can wait for. */
export interface Shared<T> {
  /** Waits for the result until the signal is aborted; then rejects with the signal's reason. */
  join(signal: AbortSignal): Promise<T>;
  /** Resolves when the work has ended, whether or not it succeeded. */
  readonly settled: Promise<void>;
  /** The last waiter has left and the work is being stopped: do not join it. */
  readonly abandoned: boolean;
}

/** Starts the work at once. It goes on until the last waiter has left. */
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
        if (waiters === 0) stop.abort(new Error('nothing is waiting for it any more'));
      }
    },
  };
}

/** Callers that come while the work is running wait for it instead of starting it again. */
export function oneAtATime<T>(
  work: (signal: AbortSignal) => Promise<T>,
): (signal: AbortSignal) => Promise<T> {
  let running: Shared<T> | undefined;
  return async (signal) => {
    // It is being stopped but may still produce a result, since a request that is on its way is awaited.
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

/** Waits for a result until the signal is aborted; then rejects with the signal's reason. */
export function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const leave = () =>
      reject(signal.reason instanceof Error ? signal.reason : new Error(messageOf(signal.reason)));
    if (signal.aborted) leave();
    signal.addEventListener('abort', leave);
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
  });
}
