import { type Http, type HttpOptions, http } from '../../../provider/domo/api/transport/http';
import type { Request } from '../../../provider/domo/api/transport/request';
import { failureOf } from '../../support/failure';
import { answers, type Behaviour, hangs, held, httpServer } from '../../support/http-server';
import { until } from '../../support/until';

const get: Request = {
  method: 'GET',
  path: '/list?page=1',
  headers: { 'X-DOMO-Developer-Token': 'fake-token' },
};
const post: Request = { method: 'POST', path: '/clients', body: { name: 'reports' } };
const del: Request = { method: 'DELETE', path: '/clients/7' };
const headers: unknown = expect.anything();
const redact: unknown = expect.any(Function);
const never = new AbortController().signal;

let server: Awaited<ReturnType<typeof httpServer>>;
let logged: Record<string, string | number>[];
beforeEach(async () => {
  server = await httpServer();
  logged = [];
});
afterEach(() => server.close());

/** A client whose waits are as short as they can be. */
function client(options: Partial<HttpOptions> = {}): Http {
  return http({
    baseUrl: server.url,
    requestTimeout: 20_000,
    maxRetries: 4,
    userAgent: 'fake-agent/1.0',
    random: () => 0,
    log: (message, fields) => {
      expect(message).toBe('Domo request');
      logged.push(fields);
    },
    ...options,
  });
}

describe('429', () => {
  it('waits as long as Retry-After says, for any method, beyond max_retries', async () => {
    server.next(answers(429, '', { 'Retry-After': '1' }), answers(429), answers(429), answers(201, 'made'));
    expect(await client({ maxRetries: 0 }).send(post, never)).toEqual({
      redact,
      headers,
      status: 201,
      body: 'made',
    });
    const [first, second] = server.seen;
    expect(server.seen).toHaveLength(4);
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(990);
  });

  it('makes the other requests of the same client wait too', async () => {
    server.next(answers(429, '', { 'Retry-After': '1' }));
    const { send } = client();
    const first = send(get, never);
    await until('the 429 to be seen', () => logged.length === 1);
    await Promise.all([first, send(post, never), send(del, never)]);
    const [limited, ...later] = server.seen;
    expect(later).toHaveLength(3);
    for (const one of later) expect(one.at - (limited?.at ?? 0)).toBeGreaterThanOrEqual(990);
  });

  it('ends at once when aborted, and says so', async () => {
    server.next(answers(429, '', { 'Retry-After': '9999999' }));
    const stop = new AbortController();
    const sent = failureOf(client().send(post, stop.signal));
    await until('the 429 to be seen', () => logged.length === 1);
    const reason = new Error('out of time after 10m');
    stop.abort(reason);
    const error = await sent;
    expect(error).toMatchObject({ kind: 'aborted', cause: reason });
    expect(error.message).toMatch(/429 \(too many requests\): out of time after 10m$/);
    expect(server.seen).toHaveLength(1);
  });
});

describe('interruption', () => {
  const reason = new Error('Terraform was interrupted');

  it('starts nothing once aborted', async () => {
    for (const request of [get, post, del]) {
      const error = await failureOf(client().send(request, AbortSignal.abort(reason)));
      expect(error).toMatchObject({ kind: 'aborted', cause: reason });
      expect(error.message).toContain('Terraform was interrupted');
    }
    expect(server.seen).toHaveLength(0);
    expect(logged).toHaveLength(0);
  });

  it('ends a GET in flight at once', async () => {
    server.next(hangs);
    const stop = new AbortController();
    const sent = failureOf(client().send(get, stop.signal));
    await until('the request to arrive', () => server.seen.length === 1);
    stop.abort(reason);
    expect(await sent).toMatchObject({ kind: 'aborted', cause: reason });
    expect(logged).toMatchObject([{ error: 'aborted' }]);
    await until('the connection to be closed', () => server.seen[0]?.closed === true);
  });

  it.each([post, del])('waits for the answer of a $method that is on its way', async (request) => {
    const late = held(answers(200, 'done'));
    server.next(late.behaviour);
    const stop = new AbortController();
    const sent = client().send(request, stop.signal);
    await until('the request to arrive', () => server.seen.length === 1);
    stop.abort(reason);
    late.release();
    expect(await sent).toEqual({ redact, headers, status: 200, body: 'done' });
  });

  it('waits for it no longer than request_timeout, and does not try again', async () => {
    server.next(hangs);
    const stop = new AbortController();
    const sent = failureOf(client({ requestTimeout: 500 }).send(post, stop.signal));
    await until('the request to arrive', () => server.seen.length === 1);
    stop.abort(reason);
    expect(await sent).toMatchObject({ kind: 'no-answer' });
    expect(server.seen).toHaveLength(1);
  });

  it('ends the wait before a retry', async () => {
    server.next(...Array<Behaviour>(5).fill(answers(503)));
    const stop = new AbortController();
    // The wait would be 2 minutes or more if it were not ended.
    const sent = failureOf(client({ random: () => 1000 }).send(del, stop.signal));
    await until('the first answer', () => logged.length === 1);
    stop.abort(reason);
    const error = await sent;
    expect(error).toMatchObject({ kind: 'aborted', cause: reason });
    expect(error.message).toContain('while waiting to try again after 503');
    expect(server.seen).toHaveLength(1);
  });
});
