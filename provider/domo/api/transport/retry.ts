import type { TransportResult } from './exchange';
import type { Request } from './request';

/** Failures to connect that may pass in a moment, unlike an unknown host name or a bad certificate. */
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
export function isUnavailable(result: TransportResult): boolean {
  return 'status' in result && [502, 503, 504].includes(result.status);
}

/** Whether a request with this result may be sent again without doing anything twice (429 aside). */
export function mayRepeat(method: Request['method'], result: TransportResult): boolean {
  if ('kind' in result && result.kind === 'not-sent') return transient.has(result.code);
  if (method === 'POST') return false;
  return isUnavailable(result) || ('kind' in result && result.kind === 'no-answer');
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
