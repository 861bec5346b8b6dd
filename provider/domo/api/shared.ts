import { messageOf } from './errors';

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

function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const leave = () =>
      reject(signal.reason instanceof Error ? signal.reason : new Error(messageOf(signal.reason)));
    if (signal.aborted) leave();
    signal.addEventListener('abort', leave);
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
  });
}
