import { type OwnSignIn, type OwnSignInOptions, ownSignIn } from '../../../provider/domo/api/own-sign-in';
import { http } from '../../../provider/domo/api/transport/http';
import { failureOf } from '../../support/failure';
import { answers, type Behaviour, drops, hangs, held, httpServer } from '../../support/http-server';
import { until } from '../../support/until';
import { never } from './support';

let server: Awaited<ReturnType<typeof httpServer>>;
let hidden: string[];
beforeEach(async () => {
  server = await httpServer();
  hidden = [];
});
afterEach(() => server.close());

function signIn(options: Partial<OwnSignInOptions> = {}): OwnSignIn {
  const transport = http({
    baseUrl: server.url,
    requestTimeout: 5_000,
    maxRetries: 0,
    userAgent: 'fake-agent/1.0',
    random: () => 0,
    log: () => undefined,
  });
  const hide = (secret: string) => void hidden.push(secret);
  return ownSignIn({ http: () => transport, instance: 'acme', hide, timeout: 5_000, ...options });
}

const client = (n = 1) => ({ clientId: `fake-client-${n}`, clientSecret: `fake-secret-${n}` });
const json = (status: number, body: unknown) => answers(status, JSON.stringify(body));
const works = json(200, { access_token: 'fake-access', customer: 'acme', token_type: 'bearer' });
const refuses = json(401, { error: 'invalid_client', error_description: 'Bad client credentials' });

/** What each of several clients that ask at once is told. */
const all = (ask: OwnSignIn['ask'], count: number) =>
  Promise.all(Array.from({ length: count }, (_, n) => ask(client(n), never)));

describe('the sign-in of a client', () => {
  it('is one GET with nothing but its own credentials, which are hidden like the token', async () => {
    server.next(works);
    const { ask, anyAlive } = signIn();
    expect(await ask(client(), never)).toBe('works');
    expect(await anyAlive(never)).toBe(true);
    const basic = Buffer.from('fake-client-1:fake-secret-1').toString('base64');
    expect(server.seen).toMatchObject([
      {
        method: 'GET',
        path: '/oauth/token?grant_type=client_credentials',
        headers: { authorization: `Basic ${basic}` },
        body: '',
      },
    ]);
    expect(Object.keys(server.seen[0]?.headers ?? {}).filter((name) => /domo/i.test(name))).toEqual([]);
    expect(hidden).toEqual(['fake-client-1', 'fake-secret-1', basic, 'fake-access']);
  });

  it.each([
    ['401', refuses],
    ['400', json(400, { error: 'invalid_client' })],
  ])('is refused by a %s with the word of OAuth', async (_, refusal) => {
    server.next(refusal);
    const { ask, anyAlive } = signIn();
    expect(await ask(client(), never)).toBe('refused');
    expect(await anyAlive(never)).toBe(false);
  });

  it.each<[string, Behaviour]>([
    ['a 401 that says nothing', answers(401, 'Unauthorized')],
    ['a 401 of something in between', json(401, { status: 401, message: 'invalid_client' })],
    ['a 401 to another token', json(401, { error: 'invalid_token' })],
    ['a 400 for another reason', json(400, { error: 'invalid_scope' })],
    ['a 403 with the word of OAuth', json(403, { error: 'invalid_client' })],
    ['a 200 with the word of OAuth', json(200, { error: 'invalid_client' })],
    ['a 200 without a token', json(200, { customer: 'acme' })],
    ['a 200 with an empty token', json(200, { access_token: '', customer: 'acme' })],
    ['a 200 with a token that is no text', json(200, { access_token: 5, customer: 'acme' })],
    ['a 201 with a token', json(201, { access_token: 'fake-access', customer: 'acme' })],
    ['a page', answers(200, '<html>fake-page</html>')],
    ['nothing', answers(200, '')],
    ['null', answers(200, 'null')],
    ['a redirect', answers(302, '', { Location: 'http://127.0.0.1:1/' })],
    ['a 404', answers(404, 'Not Found')],
    ['a 500', answers(500, 'Oops')],
    ['a broken connection', drops],
  ])('says nothing if the answer is %s', async (_, answer) => {
    server.next(answer);
    const { ask, anyAlive } = signIn();
    expect(await ask(client(), never)).toBe('unknown');
    expect(await anyAlive(never)).toBe(false);
    expect(server.seen).toHaveLength(1);
  });

  it('says nothing if there is no connection, or no answer in time', async () => {
    server.next(hangs);
    const { ask } = signIn({ timeout: 150 });
    expect(await ask(client(), never)).toBe('unknown');
    await server.close();
    expect(await ask(client(), never)).toBe('unknown');
    server = await httpServer();
  });
});

describe('of many clients', () => {
  it('nobody is asked after the first that signs in, and all know that one is alive', async () => {
    server.next(works);
    const { ask, anyAlive } = signIn();
    const told = await all(ask, 700);
    expect(told[0]).toBe('works');
    expect(new Set(told.slice(1))).toEqual(new Set(['not-asked']));
    expect(server.seen).toHaveLength(1);
    expect(await anyAlive(never)).toBe(true);
  });

  it('one is asked after the other', async () => {
    const first = held(refuses);
    server.next(first.behaviour, refuses, works);
    const { ask } = signIn();
    const told = all(ask, 4);
    await until('the first sign-in', () => server.seen.length === 1);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(server.seen).toHaveLength(1);
    first.release();
    expect(await told).toEqual(['refused', 'refused', 'works', 'not-asked']);
    expect(server.seen).toHaveLength(3);
  });

  it('it is known that one is alive only once all are answered who asked', async () => {
    const first = held(refuses);
    server.next(first.behaviour, works);
    const { ask, anyAlive } = signIn();
    const told = all(ask, 2);
    let isAlive: boolean | undefined;
    const known = anyAlive(never).then((value) => {
      isAlive = value;
    });
    await until('the first sign-in', () => server.seen.length === 1);
    expect(isAlive).toBeUndefined();
    first.release();
    await told;
    await known;
    expect(isAlive).toBe(true);
  });

  it('the endpoint is not asked again once it has failed twice', async () => {
    server.next(answers(500), refuses, answers(404), works);
    const { ask } = signIn();
    expect(await all(ask, 50)).toEqual(['unknown', 'refused', 'unknown', ...Array(47).fill('unknown')]);
    expect(server.seen).toHaveLength(3);
  });
});

describe('a client of another instance', () => {
  const elsewhere = json(200, { access_token: 'fake-access', customer: 'other-corp' });

  it('is an error that names it, and says nothing of the others: they are asked', async () => {
    server.next(elsewhere, refuses, works);
    const { ask, anyAlive } = signIn();
    const error = failureOf(ask(client(1), never));
    expect(await Promise.all([ask(client(2), never), ask(client(3), never)])).toEqual(['refused', 'works']);
    expect(await error).toMatchObject({
      name: 'DomoError',
      kind: 'other-instance',
      endpoint: 'GET /oauth/token',
    });
    expect((await error).message).toMatch(
      /the client's credentials sign in to .*"other-corp", not to "acme"/,
    );
    expect(await anyAlive(never)).toBe(true);
    expect(hidden).toContain('fake-access');
  });

  it('is the last one if it is the second: the others are told that they were not asked, and why', async () => {
    server.next(elsewhere, refuses, elsewhere, works);
    const { ask, anyAlive } = signIn();
    const told = await Promise.all(
      Array.from({ length: 50 }, (_, n) => ask(client(n), never).catch((error) => error)),
    );
    expect(server.seen).toHaveLength(3);
    expect(told[1]).toBe('refused');
    for (const error of [told[0], told[2]]) expect(error.message).toContain("the client's credentials");
    const others = new Set(told.slice(3).map(({ kind, message }) => `${kind}: ${message}`));
    expect([...others]).toEqual([
      expect.stringMatching(/^other-instance: .*"other-corp", not to "acme".* not used/),
    ]);
    expect(await anyAlive(never)).toBe(false);
  });

  it('is named in a short line, whatever the endpoint says', async () => {
    const customer = `one\u202e\n${'x'.repeat(5_000)}`;
    server.next(json(200, { access_token: 'fake-access', customer }));
    const { message } = await failureOf(signIn().ask(client(), never));
    expect(message.length).toBeLessThan(400);
    expect(message).not.toMatch(/[\n\u202e]/);
  });

  it.each([
    ['acme', 'acme'],
    ['ACME', 'acme'],
    ['acme.domo.com', 'acme'],
    ['other-corp', undefined],
    [undefined, 'acme'],
    [7, 'acme'],
  ])('is not seen in the customer %j if %j is asked', async (customer, instance) => {
    server.next(json(200, { access_token: 'fake-access', customer }));
    expect(await signIn({ instance }).ask(client(), never)).toBe('works');
  });
});

describe('an interrupt', () => {
  const reason = new Error('fake interrupt');

  it('is no answer: whoever waits leaves at once, and nothing new starts', async () => {
    const unhandled: unknown[] = [];
    const note = (error: unknown) => void unhandled.push(error);
    process.on('unhandledRejection', note);
    server.next(hangs);
    const { ask } = signIn();
    const stop = new AbortController();
    const asked = [1, 2, 3].map((n) => failureOf(ask(client(n), stop.signal)));
    await until('the first sign-in', () => server.seen.length === 1);
    stop.abort(reason);
    for (const error of await Promise.all(asked)) expect(error).toBe(reason);
    await until('the request to end', () => server.seen[0]?.closed === true);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(server.seen).toHaveLength(1);
    expect(unhandled).toEqual([]);
    process.off('unhandledRejection', note);
  });

  it('of one is none of the others, and no failure of the endpoint', async () => {
    server.next(hangs, hangs, works);
    const { ask } = signIn();
    for (const n of [1, 2]) {
      const stop = new AbortController();
      const asked = failureOf(ask(client(n), stop.signal));
      await until('a sign-in', () => server.seen.length === n);
      stop.abort(reason);
      await asked;
    }
    expect(await ask(client(3), never)).toBe('works');
  });

  it('ends the wait for all the others, too', async () => {
    server.next(hangs);
    const { ask, anyAlive } = signIn({ timeout: 1_000 });
    const asked = ask(client(), never);
    await until('the first sign-in', () => server.seen.length === 1);
    expect(await failureOf(anyAlive(AbortSignal.abort(reason)))).toBe(reason);
    expect(await asked).toBe('unknown');
  });

  it('before its turn sends nothing', async () => {
    await failureOf(signIn().ask(client(), AbortSignal.abort(reason)));
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(server.seen).toEqual([]);
  });
});
