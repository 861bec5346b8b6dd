import type { Outcome } from './exchange';
import type { Request } from './http';

/** Failures to connect that may be gone a moment later. Not: an unknown host name, a bad certificate. */
const transient = new Set([
  'timeout',
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENETDOWN',
  'PROXY_502',
  'PROXY_503',
  'PROXY_504',
]);

/** True for an answer that says "not now": 502, 503 or 504. */
export function isUnavailable(outcome: Outcome): boolean {
  return 'status' in outcome && [502, 503, 504].includes(outcome.status);
}

/** Whether a request with this outcome may be sent again without doing anything twice (429 aside). */
export function mayRepeat(method: Request['method'], outcome: Outcome): boolean {
  if ('kind' in outcome && outcome.kind === 'not-sent') return transient.has(outcome.code);
  if (method === 'POST') return false;
  return isUnavailable(outcome) || ('kind' in outcome && outcome.kind === 'no-answer');
}

/** Milliseconds before repetition `n` (from 0): exponential from 250 ms to 8 s, with full jitter. */
export function backoff(n: number, random: () => number): number {
  return random() * Math.min(8000, 250 * 2 ** n);
}

/** Milliseconds that a Retry-After header asks for (seconds or an HTTP date); `now` in ms since the epoch. */
export function retryAfter(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined;
  if (/^\s*\d+\s*$/.test(header)) return Number(header) * 1000;
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

/** The longest time that a timer can run, in ms; a longer one would end at once. */
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

/** Waits until a moment of `performance.now()`, never less (timers can be early), or until the signal is aborted. */
export async function pauseUntil(moment: () => number, signal: AbortSignal): Promise<void> {
  while (!signal.aborted && performance.now() < moment()) {
    await pause(moment() - performance.now(), signal);
  }
}
