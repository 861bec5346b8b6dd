import { describeError } from '../../../provider/domo/advice';
import { type ApiClients, apiClients } from '../../../provider/domo/api/api-clients';
import { http } from '../../../provider/domo/api/transport/http';
import { session } from '../../../provider/domo/api/transport/session';
import { failureOf } from '../../support/failure';
import { type FakeDomo, type Fault, fakeDomo, paths } from '../../support/fake-domo';
import { counts, never, quick, reference } from './support';

let domo: FakeDomo;
beforeEach(async () => {
  domo = await fakeDomo();
});
afterEach(() => domo.close());

/** In ms. */
const requestTimeout = 1_500;
/** A test of a body that only the timeout ends takes as long as a few of these. */
const timeoutFor = ({ endless }: Fault) => (endless === 'slow' ? 500 : requestTimeout);

function clients(timeout = requestTimeout): ApiClients {
  const { username, password } = domo.signIn;
  const transport = http({
    baseUrl: domo.url,
    requestTimeout: timeout,
    maxRetries: 1,
    userAgent: 'fake-agent/1.0',
    redact: (text) => text,
    random: () => 0,
    log: () => undefined,
  });
  return apiClients(
    session(transport, { username, password }, domo.url, () => undefined),
    { delays: quick },
  );
}

const spec = { name: 'reports', description: '', scopes: ['data'] };
const entry = { id: 7, name: 'reports', description: '', scopes: ['data'], userId: 11 };
const large = 'x'.repeat(10_000_000);

/** Answers with a success status and a body that is wrong. */
const bodies: [what: string, answer: Fault][] = [
  ['an empty body', { body: '' }],
  [
    'a web page',
    { body: '<!doctype html><title>fake page</title>', headers: { 'Content-Type': 'text/html' } },
  ],
  ['a JSON null', { body: 'null' }],
  ['a number', { body: '5' }],
  ['a list of numbers', { body: [1, 2] }],
  ['no fields', { body: {} }],
  [
    'fields of wrong types',
    { body: { id: {}, userId: [], clientSecret: 5, sessionToken: true, entries: 'x' } },
  ],
  ['JSON cut short', { body: '[{"id": 7, "na' }],
  ['10 MB of text', { body: large }],
  ['10 MB of JSON', { body: { large } }],
  ['deep JSON', { body: '['.repeat(1_000_000) }],
  ['a slow body without an end', { endless: 'slow' }],
  ['a fast body without an end', { endless: 'fast' }],
  ['invalid UTF-8', { body: Buffer.from('c3285b22ff', 'hex') }],
];

const endpoints = {
  'POST /api/content/v2/authentication': { method: 'POST', path: paths.signIn },
  'GET /api/content/v2/users/me': { method: 'GET', path: paths.me },
  'GET /api/identity/v1/developer-tokens': { method: 'GET', path: paths.clients },
} as const;

/** Asks for a client that is not listed: that takes the sign-in, the list, and who-am-I. */
const ask = (timeout: number) => clients(timeout).find(reference(domo, { id: '99', ownerId: '12' }), never);

describe.each(Object.entries(endpoints))('%s', (endpoint, matching) => {
  it.each(bodies)('answers with %s: a clear error, within the timeout', async (_, answer) => {
    domo.fail({ ...matching, status: 200, ...answer, times: Number.POSITIVE_INFINITY });
    const error = await failureOf(ask(timeoutFor(answer)));
    expect(error).toMatchObject({ name: 'DomoError' });
    expect(error.message).toContain(endpoint);
    expect(describeError(error)).toMatch(/DOMO_INSTANCE|DOMO_REQUEST_TIMEOUT|UTF-8|64 MiB/);
    expect(error.message.length).toBeLessThan(1000);
    expect(error.message).not.toMatch(/fake page|xxxx/);
  });
});

describe('POST /api/identity/v1/developer-tokens', () => {
  it.each(bodies)('answers with %s: the client is found, and told apart from a secret', async (_, answer) => {
    domo.fail({ method: 'POST', path: paths.clients, status: 200, ...answer, afterWork: true });
    const outcome = await clients(timeoutFor(answer)).create(spec, never);
    const [made] = domo.clients.values();
    expect(outcome).toMatchObject({ kind: 'secret-lost', client: { id: String(made?.id) } });
    expect(counts(domo)).toMatchObject({ create: 1, revoke: 0 });
    expect(outcome).toMatchObject({
      why: { message: expect.stringContaining('POST /api/identity/v1/developer-tokens') },
    });
  });

  it('loses no secret for a wrong content type or a character that is no UTF-8', async () => {
    const secret = `fake-secret-${'0a'.repeat(16)}`;
    const parts = [
      `{"id": 7, "clientId": "fake", "clientSecret": "${secret}", "userId": 11, "name": "`,
      '"}',
    ];
    const body = Buffer.concat([
      Buffer.from(parts[0] ?? ''),
      Buffer.from([0xff]),
      Buffer.from(parts[1] ?? ''),
    ]);
    domo.fail({
      method: 'POST',
      path: paths.clients,
      status: 200,
      body,
      headers: { 'Content-Type': 'text/html' },
    });
    expect(await clients().create(spec, never)).toMatchObject({
      kind: 'created',
      created: { id: '7', clientSecret: secret },
    });
  });
});

describe('DELETE /api/identity/v1/developer-tokens/:id', () => {
  it.each(bodies)('answers with %s: the client is gone, and nothing else', async (_, answer) => {
    const { id } = domo.add({ name: 'reports', userId: domo.me.id });
    const other = domo.add({ userId: domo.me.id });
    domo.fail({ method: 'DELETE', path: paths.client, status: 200, ...answer, afterWork: true });
    const revoked = await clients(timeoutFor(answer)).revoke(reference(domo, { id: String(id) }), never);
    expect(['revoked', 'gone']).toContain(revoked.kind);
    expect([...domo.clients.keys()]).toEqual([other.id]);
  });
});

describe('the list', () => {
  const list = (body: unknown, headers = {}) =>
    domo.fail({ method: 'GET', path: paths.clients, status: 200, body, headers });

  it('is read whatever its content type, with a byte order mark as well', async () => {
    list(Buffer.from(`\ufeff${JSON.stringify([entry])}`), { 'Content-Type': 'text/html; charset=latin1' });
    expect((await clients().list(never)).byId('7')).toMatchObject({ name: 'reports' });
  });

  it('may say the same twice, but not two things about one id', async () => {
    list([entry, entry]);
    expect([...(await clients().list(never)).all()]).toHaveLength(1);
    list([entry, { ...entry, name: 'other' }]);
    const { message } = await failureOf(clients().list(never));
    expect(message).toContain('one API client for each id, but 7 appears with two names');
  });
});
