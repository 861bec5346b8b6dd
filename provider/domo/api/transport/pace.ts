import { pause } from './timers';

/** Between two requests after a 429, in ms: at first, and at most. */
const firstGap = 125;
const widestGap = 2_000;

/** The shortest wait after a 429, in ms: `Retry-After: 0` must not cause a storm. */
const shortestWait = 100;

/**
 * One pace for all requests to a host. Until there is a 429 it holds nothing up. After one, all requests wait, and
 * then go out one after another instead of all at once, more quickly with every answer.
 */
export interface Pace {
  /** Waits until a request may go out, or until the signal is aborted. Never throws. */
  turn(signal: AbortSignal): Promise<void>;
  /** A request was answered 429: nothing is sent for `wait` ms. Returns the ms until something is. */
  limited(wait: number): number;
  /** A request got any other answer, or none. */
  answered(): void;
}

export function createPace(): Pace {
  let pausedUntil = 0;
  let gap = 0;
  let last = Number.NEGATIVE_INFINITY;
  return {
    async turn(signal) {
      while (!signal.aborted) {
        // Checked and taken without an await in between: nobody else can take the same turn.
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
      // Requests that were in flight together are answered 429 together: that counts once.
      if (now >= pausedUntil) gap = Math.min(widestGap, Math.max(firstGap, gap * 2));
      pausedUntil = Math.max(pausedUntil, now + Math.max(shortestWait, wait));
      return pausedUntil - now;
    },
    answered() {
      gap = gap < 10 ? 0 : gap * 0.9;
    },
  };
}
