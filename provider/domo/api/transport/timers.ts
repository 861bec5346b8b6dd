/** The longest time that a timer can run, in ms; a longer one would fire at once. */
export const longestTimer = 2 ** 31 - 1;

/** Waits `ms` (at most {@link longestTimer}), or until the signal is aborted. Never throws. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    function end(): void {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    }
    const timer = setTimeout(end, Math.min(ms, longestTimer));
    signal.addEventListener('abort', end);
  });
}

/** Waits until `performance.now()` reaches a moment (timers can fire early), or until the signal is aborted. */
export async function pauseUntil(moment: () => number, signal: AbortSignal): Promise<void> {
  while (!signal.aborted && performance.now() < moment()) {
    await pause(moment() - performance.now(), signal);
  }
}
