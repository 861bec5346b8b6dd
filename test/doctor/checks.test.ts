import { describeConnection } from '../../provider/doctor/checks/connection';
import type { Domo } from '../../provider/doctor/domo';
import { type FakeDomo, fakeDomo, paths } from '../support/fake-domo';
import { pointedAt, report, visit } from './run';

let domo: FakeDomo;
beforeEach(async () => {
  domo = await fakeDomo();
  domo.add({ name: 'of another' });
  domo.add({ name: 'own', userId: domo.me.id });
});
afterEach(() => domo.close());

it('finds a healthy instance healthy, and only reads', async () => {
  const { code, text } = await visit(domo, []);
  expect(code).toBe(0);
  const host = new URL(domo.url).host;
  expect(text).toMatch(/^terraform-provider-domo doctor \d+\.\d+\.\d+ \(Node\.js .*\), 20.*Z\n\n/);
  for (const line of [
    /^ok +configuration +http:.*, with an access token \(DOMO_ACCESS_TOKEN, .*\)\.$/m,
    new RegExp(`^ok +connection +${host} responds directly`, 'm'),
    /^ok +sign-in +Domo accepts the credentials \(\d+ ms\)\.$/m,
    /^ok +caller +The caller is user 11, role 1\.$/m,
    /^ok +list +2 API clients as an array, in \d+ ms\.$/m,
    /^ok +client-ids +Client ids are whole: #{8}-#{4}-#{4}-#{4}-#{12}\.$/m,
    /^ok +owners +1 API client belongs to the caller\. 1 other owner in the list\.$/m,
    /^ok +grants +The caller sees clients of other owners/m,
    /^ok +token-endpoint +It rejects made-up credentials with 401/m,
  ]) {
    expect(text).toMatch(line);
  }
  expect(text).toMatch(/\nAll checks passed\. The report contains no secrets\.\n$/);
  expect(new Set(domo.requests.map(({ method }) => method))).toEqual(new Set(['GET']));
  expect(text).not.toContain(domo.token);
  expect(text).not.toContain('of another');
});

it('is JSON for programs, without any secret or name', async () => {
  const { code, healthy, checks, trial, of, text } = await report(domo, []);
  expect({ code, healthy, trial }).toEqual({ code: 0, healthy: true, trial: null });
  expect(checks.map(({ check }) => check)).toEqual([
    'configuration',
    'connection',
    'sign-in',
    'caller',
    'list',
    'fields',
    'client-ids',
    'owners',
    'grants',
    'token-endpoint',
  ]);
  expect(of('list')[0]?.facts).toMatchObject({ clients: 2, form: 'array', part: null });
  expect(of('fields')[0]).toMatchObject({ status: 'note', facts: { unknown: [], missing: ['created'] } });
  for (const secret of [domo.token, 'of another', 'Someone', 'someone@example.com']) {
    expect(text).not.toContain(secret);
  }
  for (const { clientId } of domo.clients.values()) expect(text).not.toContain(clientId);
});

it('says what to do about a wrong token, and asks nothing more of the instance', async () => {
  const { code, of, names } = await report(domo, [], { env: { DOMO_ACCESS_TOKEN: 'fake-token-wrong' } });
  expect(code).toBe(1);
  expect(of('sign-in')[0]?.says).toMatch(/returned 401.*Check access_token \(DOMO_ACCESS_TOKEN\)/s);
  expect(names).toContain('list skipped');
  expect(domo.count(`GET ${paths.me}`)).toBe(1);
  expect(domo.count(`GET ${paths.clients}`)).toBe(0);
});

it('signs in with a password, and hides it and the session', async () => {
  const { username, password } = domo.signIn;
  const env = { DOMO_ACCESS_TOKEN: '', DOMO_USERNAME: username, DOMO_PASSWORD: password };
  const { code, text, of } = await report(domo, [], { env });
  expect(code).toBe(0);
  expect(of('configuration')[0]?.says).toContain('a user name and password');
  expect(text).not.toContain(password);
  const wrong = await report(domo, [], { env: { ...env, DOMO_PASSWORD: 'fake-password-wrong' } });
  expect(wrong.code).toBe(1);
  expect(wrong.of('sign-in')[0]?.says).toContain('INVALID_CREDENTIALS');
  expect(wrong.of('connection')).toMatchObject([{ status: 'ok' }]);
  expect(wrong.text).not.toContain('fake-password-wrong');
  expect(domo.count(`POST ${paths.signIn}`)).toBe(2);
});

it('finds a caller without grants', async () => {
  domo.me.sees = 'none-403';
  const { code, of, names } = await report(domo, []);
  expect(code).toBe(1);
  expect(of('grants')).toMatchObject([
    { status: 'failed', facts: { status: 403 }, todo: expect.any(String) },
  ]);
  expect(of('grants')[0]?.says).toContain('neither "Create API OAuth Clients" nor');
  expect(names).toContain('token-endpoint ok');
});

it('does not take a caller who sees only own clients for one who may manage all', async () => {
  domo.me.sees = 'own';
  const { code, of } = await report(domo, []);
  expect(code).toBe(0);
  expect(of('grants')).toMatchObject([{ status: 'note', facts: { manage: false } }]);
  expect(of('grants')[0]?.says).toContain('the grants cannot be told apart');
});

it('knows an envelope, and a list that says it is a part', async () => {
  domo.quirks.list = 'entries';
  const { code, of } = await report(domo, []);
  expect(code).toBe(0);
  expect(of('list')[0]).toMatchObject({ status: 'ok', facts: { form: 'envelope', envelope: ['entries'] } });
  const [client] = domo.clients.values();
  domo.fail({
    path: paths.clients,
    status: 200,
    body: { entries: [{ ...client, secret: undefined }], totalCount: 9 },
  });
  const part = await report(domo, []);
  expect(part.of('list')[0]).toMatchObject({
    status: 'warning',
    facts: { part: 'totalCount is 9, but it holds 1' },
  });
  expect(part.of('list')[0]?.says).toMatch(
    /^1 API client as an envelope .* Domo marked the list as incomplete: /,
  );
});

it('tells masks, times, and fields and scopes that this release does not know', async () => {
  domo.quirks.clientIds = (id) => `${id.slice(0, 13)}-XXXX-XXXX-XXXXXXXXXXXX`;
  domo.quirks.times = 'ms';
  domo.add({ scopes: ['data', 'magic'] });
  const { of } = await report(domo, []);
  expect(of('client-ids')[0]?.facts).toEqual({ masked: 3, shapes: ['########-####-XXXX-XXXX-XXXXXXXXXXXX'] });
  expect(of('fields')[0]).toMatchObject({ status: 'ok', facts: { created: ['a number'] } });
  expect(of('scopes')).toMatchObject([{ status: 'note', facts: { unknown: ['magic'] } }]);
  const body = [{ id: 1, name: 'x', lastUsed: 5, 'odd name: fake-secret-1234': 1 }];
  domo.fail({ path: paths.clients, status: 200, body });
  const odd = await report(domo, []);
  expect(odd.of('fields')[0]?.facts).toMatchObject({ unknown: ['(an odd name)', 'lastUsed'] });
  expect(odd.text).not.toContain('fake-secret-1234');
});

it.each([
  ['the first question', paths.me, 'sign-in'],
  ['the list', paths.clients, 'list'],
])('recognizes the page of the IP allowlist as the answer to %s', async (_, path, check) => {
  const body = '<html><head><title>Domo - Blocked</title></head></html>';
  domo.fail({ path, status: 200, headers: { 'Content-Type': 'text/html' }, body });
  const { code, of } = await report(domo, []);
  expect(code).toBe(1);
  expect(of(check)).toMatchObject([{ status: 'failed' }]);
  expect(of(check)[0]?.says).toContain('IP allowlist');
});

it.each<[string, object, string]>([
  ['5xx', { status: 503, body: 'down', times: 9 }, 'returned 503'],
  ['no answer', { drop: 'before', times: 9 }, 'no complete response'],
  ['a list that is none', { status: 200, body: { some: 'thing' } }, 'a JSON array of API clients'],
])('reports %s of the list', async (_, fault, sentence) => {
  domo.fail({ path: paths.clients, ...fault });
  const { code, of } = await report(domo, []);
  expect(code).toBe(1);
  expect(of('list')[0]?.says).toContain(sentence);
});

it('reports that nothing is there', async () => {
  const env = { DOMO_BASE_URL: 'http://127.0.0.1:9', DOMO_MAX_RETRIES: '0' };
  const { code, of, names } = await report(domo, [], { env });
  expect(code).toBe(1);
  expect(of('connection')[0]).toMatchObject({
    status: 'failed',
    says: expect.stringContaining('no connection to'),
  });
  expect(names).toContain('list skipped');
});

it('reports what is missing in the environment', async () => {
  const { code, of } = await report(domo, [], { env: { DOMO_BASE_URL: '', DOMO_ACCESS_TOKEN: '' } });
  expect(code).toBe(1);
  expect(of('configuration').map(({ says }) => says)).toEqual([
    expect.stringContaining('Missing instance'),
    expect.stringContaining('Missing access_token'),
  ]);
  expect(of('configuration').map(({ says }) => says)).not.toContainEqual(
    expect.stringContaining('provider block'),
  );
  const wrong = { DOMO_BASE_URL: '', DOMO_INSTANCE: 'http://acme.domo.com' };
  expect((await report(domo, [], { env: wrong })).of('configuration').map(({ says }) => says)).toEqual([
    'Invalid DOMO_INSTANCE. The environment variable DOMO_INSTANCE must be an instance such as "acme", "acme.domo.com" or "https://acme.domo.com". Leave out "http://". Correct it.',
  ]);
  const file = await report(domo, [], { env: { DOMO_CA_CERTIFICATE_FILE: '/nowhere.pem' } });
  expect(file.of('configuration').at(-1)?.says).toContain('ca_certificate_file');
  expect(domo.requests).toEqual([]);
});

it('names the proxy without its password, and none for a loopback address', async () => {
  const proxy = 'http://someone:fake-password@proxy.example:3128';
  const variables = { HTTP_PROXY: proxy, HTTPS_PROXY: proxy, NO_PROXY: 'other.example' };
  const before = Object.keys(variables).map((name) => [name, process.env[name]] as const);
  try {
    Object.assign(process.env, variables);
    expect((await report(domo, [])).of('connection')[0]?.facts).toMatchObject({ proxy: null });
    const finding = describeConnection({
      settings: { baseUrl: 'https://acme.domo.com' },
      host: 'acme.domo.com',
      connection: () => undefined,
    } as unknown as Domo);
    expect(finding.says).toContain('acme.domo.com responds through the proxy proxy.example:3128, over TLS');
    expect(JSON.stringify(finding)).not.toContain('fake-password');
  } finally {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  }
});

it('warns of a token endpoint that answers anything else, and skips one that it does not know', async () => {
  domo.fail({ path: paths.token, status: 404, body: 'Not Found' });
  expect((await report(domo, [])).of('token-endpoint')).toMatchObject([{ status: 'warning' }]);
  const { code, of } = await report(domo, [], { env: { ...pointedAt(domo), DOMO_API_URL: '' } });
  expect([code, of('token-endpoint')[0]?.status]).toEqual([0, 'skipped']);
});

it.each([
  [['--wrong'], "Unknown option '--wrong'"],
  [['--confirm', 'acme'], '--confirm is for --write'],
  [['more'], 'more'],
])('refuses the arguments %j', async (args, sentence) => {
  const { code, text, complaints } = await visit(domo, args);
  expect([code, text]).toEqual([1, '']);
  expect(complaints).toContain(sentence);
  expect(complaints).toContain('Usage:');
});
