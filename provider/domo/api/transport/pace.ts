import { pause } from './timers';

/** Between two requests after a 429, in ms: at first, and at the most. */
const firstGap = 125;
const widestGap = 2_000;

/** The shortest wait after a 429, in ms, so that `Retry-After: 0` does not become a storm. */
const shortestWait = 100;

/**
 * One pace for all requests to a host. As long as there is no 429 it holds nothing up; after one
 * all requests wait, and then come one after another instead of all at once, more quickly with every answer.
 */
export interface Pace {
  /** Waits for the turn of a request, or until the signal is aborted. Never throws. */
  turn(signal: AbortSignal): Promise<void>;
  /** A request was answered 429: nobody sends for `wait` ms. Returns the ms until somebody does. */
  limited(wait: number): number;
  /** A request was answered in another way. */
  answered(): void;
}

export function createPace(): Pace {
  let pausedUntil = 0;
  let gap = 0;
  let last = Number.NEGATIVE_INFINITY;
  return {
    async turn(signal) {
      while (!signal.aborted) {
        // Looked at and taken without a pause in between: whoever else waits sees that this turn is gone.
        const now = performance.now();
        const next = Math.max(pausedUntil, last + gap);
        if (now >= next) {
          last = now;
          return;
        }
        await pause(next - now, signal);
      }
    },
    limited(wait) {
      const now = performance.now();
      // Requests that were on their way together are answered 429 together: that counts once.
      if (now >= pausedUntil) gap = Math.min(widestGap, Math.max(firstGap, gap * 2));
      pausedUntil = Math.max(pausedUntil, now + Math.max(shortestWait, wait));
      return pausedUntil - now;
    },
    answered() {
      gap = gap < 10 ? 0 : gap * 0.9;
    },
  };
}
