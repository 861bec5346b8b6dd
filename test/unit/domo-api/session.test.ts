import type { Reason } from '../../../provider/domo/api/transport/errors';
import { type Http, http } from '../../../provider/domo/api/transport/http';
import type { Request } from '../../../provider/domo/api/transport/request';
import { type Session, session } from '../../../provider/domo/api/transport/session';
import { failureOf } from '../../support/failure';
import { answers, type Behaviour, drops, held, httpServer } from '../../support/http-server';
import { until } from '../../support/until';

const list: Request = { method: 'GET', path: '/list', headers: { Accept: 'application/json' } };
const create: Request = { method: 'POST', path: '/clients', body: { name: 'reports' } };
const origin = 'https://fake-instance.domo.com';
const user = { username: 'someone@example.com', password: 'fake-password' };
const headers: unknown = expect.anything();
const redact: unknown = expect.any(Function);
const never = new AbortController().signal;

let server: Awaited<ReturnType<typeof httpServer>>;
let hidden: string[];
beforeEach(async () => {
  server = await httpServer();
  hidden = [];
});
afterEach(() => server.close());

function floor(): Http {
  return http({
    baseUrl: server.url,
    requestTimeout: 20_000,
    maxRetries: 0,
    userAgent: 'fake-agent/1.0',
    random: () => 0,
    log: () => undefined,
  });
}

const signedOn = (): Session => session(floor(), user, origin, (secret) => hidden.push(secret));
const opens = (sessionToken: string) =>
  answers(200, JSON.stringify({ userId: 7, success: true, sessionToken }));
const refuses = (reason: string) => answers(200, JSON.stringify({ success: false, reason }));
const paths = () => server.seen.map((one) => one.path);
const tokens = () => server.seen.map((one) => one.headers['x-domo-authentication']);
const signIn = '/api/content/v2/authentication';

describe('with an access token', () => {
  it('sends it with each request and returns a 401 as it is', async () => {
    const { send } = session(floor(), { token: 'fake-token' }, origin, (secret) => hidden.push(secret));
    server.next(answers(200, '[]'), answers(401, 'Unauthorized'));
    expect(await send(list, never)).toEqual({ redact, headers, status: 200, body: '[]' });
    expect(await send(create, never)).toEqual({ redact, headers, status: 401, body: 'Unauthorized' });
    expect(server.seen).toMatchObject([
      { path: '/list', headers: { 'x-domo-developer-token': 'fake-token', accept: 'application/json' } },
      { path: '/clients', headers: { 'x-domo-developer-token': 'fake-token' } },
    ]);
  });
});

describe('signing in', () => {
  it('happens at the first request only, and hides the session token', async () => {
    const { send } = signedOn();
    expect(server.seen).toHaveLength(0);
    server.next(opens('fake-session-1'));
    await send(list, never);
    await send(create, never);
    expect(paths()).toEqual([signIn, '/list', '/clients']);
    expect(server.seen[0]).toMatchObject({ method: 'POST', headers: { origin } });
    expect(JSON.parse(server.seen[0]?.body ?? '')).toEqual({
      method: 'password',
      emailAddress: 'someone@example.com',
      password: 'fake-password',
    });
    expect(tokens()).toEqual([undefined, 'fake-session-1', 'fake-session-1']);
    expect(hidden).toEqual(['fake-session-1']);
  });

  it('is shared by requests that start together', async () => {
    const { send } = signedOn();
    server.next(opens('fake-session-1'));
    await Promise.all(Array.from({ length: 20 }, () => send(list, new AbortController().signal)));
    expect(paths().filter((path) => path === signIn)).toHaveLength(1);
    expect(server.seen).toHaveLength(21);
  });

  it.each<[string, Behaviour, RegExp, Reason?]>([
    ['a wrong password', refuses('INVALID_CREDENTIALS'), /INVALID_CREDENTIALS/],
    ['a locked account', refuses('ACCOUNT_LOCKED'), /ACCOUNT_LOCKED.*administrator/, 'account-locked'],
    ['another reason', refuses('PASSWORD_EXPIRED'), /PASSWORD_EXPIRED/],
    ['no reason', answers(200, '{"success":false}'), /status 200/],
    ['a 400', answers(400, '{"message":"Bad Request"}'), /Bad Request/],
    ['a 401', answers(401, 'Unauthorized'), /Unauthorized/],
    ['a 403', answers(403, 'Forbidden'), /Forbidden/],
  ])('is never tried again after %s', async (_what, behaviour, text, reason = 'sign-in') => {
    const { send } = signedOn();
    server.next(behaviour);
    const [first, second] = await Promise.all([failureOf(send(list, never)), failureOf(send(create, never))]);
    const third = await failureOf(send(list, never));
    for (const error of [first, second, third]) {
      expect(error).toMatchObject({ kind: 'credentials', reason, endpoint: `POST ${signIn}` });
      expect(error.message).toMatch(text);
      expect(error.message).not.toContain('fake-password');
    }
    expect(paths()).toEqual([signIn]);
  });

  it.each<[string, Behaviour, RegExp]>([
    ['a broken connection', drops, /no complete response/],
    ['a 503', answers(503, 'busy'), /503 \(busy\)/],
    ['a page', answers(200, '<html>Sign in</html>'), /JSON object/],
    ['a missing token', answers(200, '{"success":true}'), /"sessionToken"/],
    ['a JSON null', answers(200, 'null'), /"sessionToken"/],
  ])('may be tried again by the next request after %s', async (_what, behaviour, text) => {
    const { send } = signedOn();
    server.next(behaviour);
    const error = await failureOf(send(create, never));
    // Nothing is open about the request itself, whatever is open about the sign-in.
    expect(error).toMatchObject({
      kind: 'not-sent',
      reason: 'no-session',
      endpoint: 'POST /clients',
      cause: { name: 'DomoError' },
    });
    expect(error.status).toBeUndefined();
    expect(error.message).toMatch(text);
    server.next(opens('fake-session-1'));
    expect((await send(create, never)).status).toBe(200);
    expect(paths()).toEqual([signIn, signIn, '/clients']);
  });
});

describe('an expired session', () => {
  it.each([list, create])('is renewed once, and the $method repeated', async (request) => {
    const { send } = signedOn();
    server.next(
      opens('fake-session-1'),
      answers(200),
      answers(401),
      opens('fake-session-2'),
      answers(201, 'a'),
    );
    await send(list, never);
    expect(await send(request, never)).toEqual({ redact, headers, status: 201, body: 'a' });
    expect(tokens()).toEqual([undefined, 'fake-session-1', 'fake-session-1', undefined, 'fake-session-2']);
    expect(hidden).toEqual(['fake-session-1', 'fake-session-2']);
  });

  it('is renewed once for all requests, also for one that hears of it late', async () => {
    const { send } = signedOn();
    const late = held(answers(401));
    server.next(opens('fake-session-1'), answers(200), late.behaviour, answers(401), opens('fake-session-2'));
    await send(list, never);
    const slow = send(list, never);
    await until('the slow request to arrive', () => server.seen.length === 3);
    expect((await send(list, never)).status).toBe(200);
    late.release();
    expect((await slow).status).toBe(200);
    expect(paths().filter((path) => path === signIn)).toHaveLength(2);
    expect(tokens().at(-1)).toBe('fake-session-2');
  });

  it('is an error when the new session is refused as well', async () => {
    const { send } = signedOn();
    server.next(opens('fake-session-1'), answers(401), opens('fake-session-2'), answers(401));
    const error = await failureOf(send(list, never));
    expect(error).toMatchObject({ kind: 'credentials', status: 401, endpoint: 'GET /list' });
    expect(server.seen).toHaveLength(4);
  });

  it('is not renewed with credentials that are refused by now', async () => {
    const { send } = signedOn();
    server.next(opens('fake-session-1'), answers(401), refuses('ACCOUNT_LOCKED'));
    expect(await failureOf(send(list, never))).toMatchObject({ kind: 'credentials' });
    expect(await failureOf(send(list, never))).toMatchObject({ kind: 'credentials' });
    expect(server.seen).toHaveLength(3);
  });
});

describe('interruption', () => {
  const reason = new Error('Terraform was interrupted');

  it('starts no sign-in once aborted', async () => {
    const error = await failureOf(signedOn().send(list, AbortSignal.abort(reason)));
    expect(error).toMatchObject({ kind: 'aborted', endpoint: 'GET /list', cause: reason });
    expect(server.seen).toHaveLength(0);
  });

  it('lets one waiter leave at once, and the others have the sign-in', async () => {
    const { send } = signedOn();
    const late = held(opens('fake-session-1'));
    server.next(late.behaviour);
    const stop = new AbortController();
    const leaver = failureOf(send(list, stop.signal));
    const stayer = send(list, never);
    await until('the sign-in to arrive', () => server.seen.length === 1);
    stop.abort(reason);
    expect(await leaver).toMatchObject({ kind: 'aborted', cause: reason });
    late.release();
    expect((await stayer).status).toBe(200);
    expect(paths()).toEqual([signIn, '/list']);
  });

  it('ends the sign-in itself when the last waiter leaves, not before', async () => {
    const signals: AbortSignal[] = [];
    const real = floor();
    const watched: Http = {
      send(request, signal) {
        signals.push(signal);
        return real.send(request, signal);
      },
    };
    const { send } = session(watched, user, origin, () => undefined);
    server.next(answers(429, '', { 'Retry-After': '9999' }));
    const [one, two] = [new AbortController(), new AbortController()];
    const both = [failureOf(send(list, one.signal)), failureOf(send(create, two.signal))];
    await until('the sign-in to arrive', () => server.seen.length === 1);
    one.abort(reason);
    await both[0];
    expect(signals.map((signal) => signal.aborted)).toEqual([false]);
    two.abort(reason);
    await both[1];
    expect(signals.map((signal) => signal.aborted)).toEqual([true]);
  });

  it('ends the waits of a sign-in that nobody needs any more, and the next request starts another', async () => {
    const { send } = signedOn();
    server.next(answers(429, '', { 'Retry-After': '1' }));
    const stop = new AbortController();
    const leaver = failureOf(send(list, stop.signal));
    await until('the sign-in to arrive', () => server.seen.length === 1);
    stop.abort(reason);
    expect(await leaver).toMatchObject({ kind: 'aborted' });
    server.next(opens('fake-session-1'));
    expect((await send(list, never)).status).toBe(200);
    expect(paths()).toEqual([signIn, signIn, '/list']);
  });

  it('keeps the session of a sign-in that was on its way when everyone left', async () => {
    const { send } = signedOn();
    const late = held(opens('fake-session-1'));
    server.next(late.behaviour);
    const stop = new AbortController();
    const leaver = failureOf(send(list, stop.signal));
    await until('the sign-in to arrive', () => server.seen.length === 1);
    stop.abort(reason);
    await leaver;
    const next = send(list, never);
    late.release();
    expect((await next).status).toBe(200);
    expect(paths()).toEqual([signIn, '/list']);
  });
});
