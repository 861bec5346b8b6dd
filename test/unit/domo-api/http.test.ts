import { createServer } from 'node:http';
import { inspect } from 'node:util';
import { type Http, type HttpOptions, http } from '../../../provider/domo/api/transport/http';
import type { Request } from '../../../provider/domo/api/transport/request';
import { failureOf } from '../../support/failure';
import {
  answers,
  type Behaviour,
  drips,
  drops,
  dropsMidway,
  hangs,
  httpServer,
} from '../../support/http-server';
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

const tooLarge: Behaviour = (response) => {
  response.writeHead(200);
  const chunk = Buffer.alloc(4 * 1024 * 1024, '.');
  let left = 17;
  const more = (): void => void (left-- > 0 ? response.write(chunk, more) : response.end());
  more();
};

describe('requests and answers', () => {
  it('sends method, path, headers and JSON, and returns status and untouched text', async () => {
    server.next(answers(201, ' {"id": 9007199254740993}\n', { 'Content-Type': 'application/json' }));
    const answer = await client({ headers: { 'X-Extra': 'extra' } }).send(post, never);
    expect(answer).toEqual({ redact, headers, status: 201, body: ' {"id": 9007199254740993}\n' });
    expect(server.seen).toMatchObject([
      {
        method: 'POST',
        path: '/clients',
        body: '{"name":"reports"}',
        headers: {
          'content-type': 'application/json',
          'user-agent': 'fake-agent/1.0',
          'x-extra': 'extra',
        },
      },
    ]);
  });

  it('puts the path after a base address with a slash at its end', async () => {
    await client({ baseUrl: `${server.url}/` }).send(get, never);
    expect(server.seen[0]?.path).toBe('/list?page=1');
  });

  it.each([200, 204, 301, 307, 400, 401, 403, 404, 500])('returns a %d at once', async (status) => {
    server.next(answers(status, '', { Location: 'http://127.0.0.1:1/elsewhere' }));
    expect(await client().send(get, never)).toEqual({ redact, headers, status, body: '' });
    expect(server.seen).toHaveLength(1);
  });

  it('tells the headers that say something about an answer, and no others', async () => {
    const date = 'Tue, 03 Nov 2026 10:00:00 GMT';
    const link = '</list?page=2>; rel="next"';
    server.next(answers(200, '[]', { Date: date, Link: link, 'X-Total-Count': '700', 'Set-Cookie': 'fake' }));
    expect(await client().send(get, never)).toEqual({
      redact,
      status: 200,
      body: '[]',
      headers: { date, link, 'x-total-count': '700' },
    });
  });

  it('keeps the connection for the next request', async () => {
    const { send } = client();
    await send(get, never);
    await send(get, never);
    expect(server.seen[1]?.port).toBe(server.seen[0]?.port);
  });

  it('logs each attempt without query, header or body', async () => {
    server.next(drops, dropsMidway, answers(503), answers(200, 'secret words'));
    await client().send(get, never);
    const common = { method: 'GET', path: '/list', ms: expect.any(Number) };
    expect(logged).toEqual([
      { ...common, error: 'ECONNRESET', attempt: 1 },
      { ...common, error: 'ECONNRESET', attempt: 2 },
      { ...common, status: 503, attempt: 3 },
      { ...common, status: 200, attempt: 4 },
    ]);
  });

  it('refuses a header value that would be changed on its way, without showing it', async () => {
    for (const token of ['fake-token\nsecond-line', 'fake-token\u0000', 'fake-t\u00f6ken\u2026']) {
      const request: Request = { ...get, headers: { 'X-DOMO-Developer-Token': token } };
      const error = await failureOf(client().send(request, never));
      expect(error).toMatchObject({ name: 'DomoError', kind: 'not-sent', reason: 'invalid-header' });
      expect(error.message).toContain('X-DOMO-Developer-Token');
      expect(error.message).not.toContain('fake-t');
    }
    expect(server.seen).toHaveLength(0);
  });
});

describe('limits', () => {
  it.each<[string, Behaviour]>([
    ['a server that says nothing', hangs],
    ['a body that never ends', drips],
  ])('gives up when the time is up: %s', async (_what, behaviour) => {
    server.next(behaviour);
    const error = await failureOf(client({ requestTimeout: 500, maxRetries: 0 }).send(post, never));
    expect(error).toMatchObject({ kind: 'no-answer', reason: 'timeout', endpoint: 'POST /clients' });
    expect(error.message).toContain('Whether Domo carried it out is unknown');
    expect(logged).toMatchObject([{ error: 'timeout', attempt: 1 }]);
    await until('the connection to be closed', () => server.seen[0]?.closed === true);
  });

  it('does not read more than 64 MiB', async () => {
    server.next(tooLarge, tooLarge);
    const read = await failureOf(client().send(get, never));
    expect(read).toMatchObject({ kind: 'unreadable' });
    expect(read.message).toContain('64 MiB');
    const created = await failureOf(client().send(post, never));
    expect(created).toMatchObject({ kind: 'no-answer' });
    expect(server.seen).toHaveLength(2);
  });
});

describe('retries', () => {
  const broken: [string, Behaviour][] = [
    ['502', answers(502)],
    ['503', answers(503)],
    ['504', answers(504)],
    ['a dropped connection', drops],
    ['a connection dropped in the body', dropsMidway],
  ];

  it.each(broken)('repeats GET and DELETE after %s', async (_what, behaviour) => {
    server.next(behaviour, behaviour, answers(200, 'a'), behaviour, answers(204));
    expect(await client().send(get, never)).toEqual({ redact, headers, status: 200, body: 'a', attempts: 3 });
    expect((await client().send(del, never)).status).toBe(204);
    expect(server.seen).toHaveLength(5);
  });

  it.each(broken)('never repeats a POST after %s', async (what, behaviour) => {
    server.next(behaviour);
    const sent = client().send(post, never);
    if (what.startsWith('5')) expect((await sent).status).toBe(Number(what));
    else expect(await failureOf(sent)).toMatchObject({ kind: 'no-answer' });
    expect(server.seen).toHaveLength(1);
  });

  it('stops after max_retries, with the last answer or failure', async () => {
    server.next(...Array<Behaviour>(3).fill(answers(503, 'busy')));
    expect(await client({ maxRetries: 2 }).send(get, never)).toEqual({
      redact,
      headers,
      status: 503,
      body: 'busy',
      attempts: 3,
    });
    server.next(...Array<Behaviour>(3).fill(drops));
    const error = await failureOf(client({ maxRetries: 2 }).send(get, never));
    expect(error).toMatchObject({ kind: 'no-answer', cause: { message: 'ECONNRESET: socket hang up' } });
    expect(error.message).toContain('Tried 3 times.');
    expect(server.seen).toHaveLength(6);
  });

  it('waits for the time that the backoff says', async () => {
    server.next(answers(503));
    await client({ random: () => 0.8 }).send(get, never);
    const [first, second] = server.seen;
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(195);
  });

  it('repeats any method that could not connect; nothing was sent', async () => {
    await server.close();
    const error = await failureOf(client({ maxRetries: 2 }).send(post, never));
    expect(error).toMatchObject({ kind: 'not-sent', reason: 'unreachable' });
    expect(error.message).toMatch(/ECONNREFUSED.*Tried 3 times/);
    expect(logged.map((line) => line.error)).toEqual(['ECONNREFUSED', 'ECONNREFUSED', 'ECONNREFUSED']);
  });

  it('calls a DELETE open if an earlier attempt may have done it', async () => {
    const { server: dying, url } = await dyingServer();
    const error = await failureOf(client({ baseUrl: url, maxRetries: 1 }).send(del, never));
    expect(logged.map((line) => line.error)).toEqual(['ECONNRESET', 'ECONNREFUSED']);
    expect(error).toMatchObject({ kind: 'no-answer' });
    dying.close();
  });

  it('calls an answer that is too large unreadable, also after a retry', async () => {
    server.next(answers(503), tooLarge);
    expect(await failureOf(client().send(get, never))).toMatchObject({ kind: 'unreadable' });
  });

  it('lets no secret out with an error', async () => {
    server.next(drops);
    const error = await failureOf(client({ maxRetries: 0 }).send(get, never));
    expect(inspect(error, { depth: 20, showHidden: true })).not.toContain('fake-token');
  });
});

/** Takes one request, stops listening, and then drops it. */
async function dyingServer() {
  const dying = createServer((request) => {
    dying.close();
    request.socket.destroy();
  });
  await new Promise<void>((resolve) => dying.listen(0, '127.0.0.1', resolve));
  const address = dying.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return { server: dying, url: `http://127.0.0.1:${address.port}` };
}
