/** A signal that aborts with the first of several. Unlike `AbortSignal.any`, it can let go of them: that is `release`. */
export function firstOf(...signals: readonly AbortSignal[]): { signal: AbortSignal; release(): void } {
  const first = new AbortController();
  const released = new AbortController();
  for (const signal of signals) {
    const abort = () => first.abort(signal.reason);
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort, { once: true, signal: released.signal });
  }
  return { signal: first.signal, release: () => released.abort() };
}

/**
 * The items until the signal aborts, whether or not their source heeds it; then throws the reason. However it ends, the
 * source is told to finish.
 */
export async function* untilAborted<T>(
  signal: AbortSignal,
  items: AsyncIterable<T>,
): AsyncGenerator<T, void> {
  signal.throwIfAborted();
  const iterator = items[Symbol.asyncIterator]();
  const released = new AbortController();
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true, signal: released.signal });
  });
  try {
    for (;;) {
      const next = await Promise.race([aborted, iterator.next()]);
      if (next.done) return;
      yield next.value;
    }
  } finally {
    released.abort();
    const finished = Promise.resolve(iterator.return?.());
    // After an abort it may be stuck where it does not notice.
    if (signal.aborted) finished.catch(() => {});
    else await finished;
  }
}
