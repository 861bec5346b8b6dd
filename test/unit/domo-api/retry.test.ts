import type { TransportResult } from '../../../provider/domo/api/transport/exchange';
import { backoff, mayRepeat, retryAfter } from '../../../provider/domo/api/transport/retry';

const answer = (status: number): TransportResult => ({
  status,
  body: '',
  headers: {},
  retryAfter: undefined,
});
const failure = (
  kind: 'not-sent' | 'no-answer' | 'aborted' | 'unreadable',
  code: string,
): TransportResult => ({
  kind,
  code,
  message: code,
});

describe('mayRepeat', () => {
  it.each<[string, TransportResult, boolean, boolean, boolean]>([
    // what, result, GET, POST, DELETE
    ['200', answer(200), false, false, false],
    ['400', answer(400), false, false, false],
    ['500', answer(500), false, false, false],
    ['502', answer(502), true, false, true],
    ['503', answer(503), true, false, true],
    ['504', answer(504), true, false, true],
    ['broken connection', failure('no-answer', 'ECONNRESET'), true, false, true],
    ['timeout', failure('no-answer', 'timeout'), true, false, true],
    ['connection refused', failure('not-sent', 'ECONNREFUSED'), true, true, true],
    ['no connection in time', failure('not-sent', 'timeout'), true, true, true],
    ['resolver busy', failure('not-sent', 'EAI_AGAIN'), true, true, true],
    ['unknown host', failure('not-sent', 'ENOTFOUND'), false, false, false],
    ['untrusted certificate', failure('not-sent', 'DEPTH_ZERO_SELF_SIGNED_CERT'), false, false, false],
    ['refused by the proxy', failure('not-sent', 'PROXY_407'), false, false, false],
    ['proxy without a way', failure('not-sent', 'PROXY_502'), true, true, true],
    ['interrupted', failure('aborted', 'aborted'), false, false, false],
    ['too large', failure('unreadable', 'too-large'), false, false, false],
  ])('%s', (_what, result, get, post, del) => {
    expect(mayRepeat('GET', result)).toBe(get);
    expect(mayRepeat('POST', result)).toBe(post);
    expect(mayRepeat('DELETE', result)).toBe(del);
  });
});

it('doubles the wait from 250 ms up to 8 s, with full jitter', () => {
  expect([0, 1, 2, 3, 4, 5, 6, 1000].map((n) => backoff(n, () => 1))).toEqual([
    250, 500, 1000, 2000, 4000, 8000, 8000, 8000,
  ]);
  expect(backoff(2, () => 0.5)).toBe(500);
  expect(backoff(9, () => 0)).toBe(0);
});

it('reads Retry-After in seconds and as an HTTP date', () => {
  const now = Date.parse('Wed, 21 Oct 2026 07:28:00 GMT');
  expect(retryAfter('120', now)).toBe(120_000);
  expect(retryAfter(' 0 ', now)).toBe(0);
  expect(retryAfter('Wed, 21 Oct 2026 07:28:05 GMT', now)).toBe(5000);
  expect(retryAfter('Wed, 21 Oct 2026 07:27:00 GMT', now)).toBe(0);
  expect(retryAfter('soon', now)).toBeUndefined();
  expect(retryAfter(undefined, now)).toBeUndefined();
});
