import { type FakeDomo, paths } from '../support/fake-domo';
import { answers, type Behaviour, httpServer } from '../support/http-server';
import { isThorough } from '../support/thorough';
import { until } from '../support/until';
import { copyOf } from './copied-state';
import { calls, get, post, reports } from './faults-support';
import { type Setup, type SetupOptions, setUp, tearDown } from './setup';

const others: { close(): Promise<void> }[] = [];
afterAll(async () => {
  await tearDown();
  await Promise.all(others.map((each) => each.close()));
});

async function serverElsewhere(behaviour: Behaviour) {
  const server = await httpServer(behaviour);
  others.push(server);
  return server;
}

const size = isThorough ? 30 : 15;
const many = `resource "domo_api_client" "many" {
  count  = ${size}
  name   = "reports \${count.index}"
  scopes = ["data"]
}
`;

const user = ({ url, signIn }: FakeDomo) => ({
  DOMO_BASE_URL: url,
  DOMO_USERNAME: signIn.username,
  DOMO_PASSWORD: signIn.password,
});

let applying: Promise<Setup> | undefined;

/** A setup that has all of them; they have been applied once. */
async function applied(options?: SetupOptions): Promise<Setup> {
  applying ??= applyOnce();
  return copyOf(await applying, many, options);
}

async function applyOnce(): Promise<Setup> {
  const made = await setUp(many, { env: user });
  expect((await made.apply(`-parallelism=${size}`)).code).toBe(0);
  expect(made.domo.clients.size).toBe(size);
  // The plan and the apply are two processes.
  expect(made.domo.count(calls.signIn)).toBe(2);
  expectSession(made.domo);
  return made;
}

/** Whether nothing but the sign-in has gone without a session. */
function expectSession(domo: FakeDomo): void {
  for (const { path, headers } of domo.requests) {
    expect(headers['x-domo-developer-token']).toBeUndefined();
    if (path === paths.signIn) expect(headers.origin).toBe(domo.url);
    else expect(headers['x-domo-authentication']).toMatch(/^fake-session-/);
  }
}

it.concurrent('one sign-in serves all resources of a process', async () => {
  const { domo, work } = await applied({ env: user });
  expect(await work.plan()).toBe('empty');
  expect(domo.count(calls.signIn)).toBe(1);
  expectSession(domo);
});

it.concurrent('a session that expires in the middle is renewed once', async () => {
  const { domo, apply } = await setUp(many, { env: user });
  domo.fail({ ...post, delay: 200, times: Number.POSITIVE_INFINITY });
  const applied = apply('-parallelism=5');
  await until('some creations', () => domo.clients.size >= 5);
  domo.expireSessions();
  expect((await applied).code).toBe(0);
  expect(domo.clients.size).toBe(size);
  expect(domo.count(calls.signIn)).toBe(3);
});

describe('refused credentials', () => {
  it.concurrent.each([
    ['INVALID_CREDENTIALS' as const, 'Check username (DOMO_USERNAME), password (DOMO_PASSWORD)'],
    ['ACCOUNT_LOCKED' as const, 'The account is locked: have an administrator of the instance unlock it.'],
  ])('are tried once per process, however many resources there are: %s', async (reason, advice) => {
    const { domo, work, plan } = await applied({ env: user });
    domo.signIn.refusal = reason;
    const { resources } = await work.state();
    const { code, text } = await plan();
    expect(code).toBe(1);
    expect(text).toContain('Domo rejected the credentials');
    expect(text).toContain(`Domo did not accept the sign-in (${reason})`);
    expect(text).toContain(advice);
    expect(text).not.toContain(domo.signIn.password);
    expect(domo.requests.map(({ path }) => path)).toEqual([paths.signIn]);
    expect((await work.state()).resources).toEqual(resources);
  });

  it.concurrent('are tried once per process also if everything is new', async () => {
    const { domo, apply } = await setUp(many, { env: user });
    domo.signIn.refusal = 'INVALID_CREDENTIALS';
    const { code, text } = await apply();
    expect(code).toBe(1);
    expect(text).toContain('so planning stopped');
    expect(domo.requests.map(({ path }) => path)).toEqual([paths.signIn]);
  });
});

it.concurrent('an access token that Domo refuses is named, and the list is asked for once', async () => {
  const { domo, work, plan } = await applied();
  const old = domo.token;
  domo.token = 'fake-other-token';
  const { code, text } = await plan();
  expect(code).toBe(1);
  expect(text).toContain('Check access_token (DOMO_ACCESS_TOKEN)');
  expect(text).not.toContain(old);
  expect(domo.requests).toHaveLength(1);
  expect((await work.state()).resources).toHaveLength(size);
});

describe('a redirect to another server', () => {
  it.concurrent('is not followed with an access token', async () => {
    const elsewhere = await serverElsewhere(answers(200, '[]'));
    const away = { status: 302, headers: { Location: `${elsewhere.url}/stolen` } };
    const fresh = await setUp(reports());
    fresh.domo.fail({ ...post, ...away });
    const created = await fresh.apply();
    expect([created.code, created.text]).toEqual([1, expect.stringContaining('Redirects are not followed')]);
    expect(fresh.domo.clients.size).toBe(0);

    const { domo, work, plan } = await applied();
    domo.fail({ ...get, ...away });
    const planned = await plan();
    expect([planned.code, planned.text]).toEqual([
      1,
      expect.stringContaining('Redirects are not followed, so that the credentials stay on this host.'),
    ]);
    expect(planned.text).toContain('Domo returned 302');
    expect((await work.state()).resources).toHaveLength(size);
    expect(elsewhere.seen).toEqual([]);
  });

  it.concurrent('is not followed with a password', async () => {
    const elsewhere = await serverElsewhere(answers(200, '{"success":true,"sessionToken":"fake-session"}'));
    const { domo, apply } = await setUp(reports(), { env: user });
    const away = { status: 307, headers: { Location: `${elsewhere.url}/stolen` } };
    domo.fail({ method: 'POST', path: paths.signIn, ...away, times: Number.POSITIVE_INFINITY });
    const { code, text } = await apply();
    expect([code, text]).toEqual([1, expect.stringContaining('Redirects are not followed')]);
    expect(domo.clients.size).toBe(0);
    expect(elsewhere.seen).toEqual([]);
  });
});
