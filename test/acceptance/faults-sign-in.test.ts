import { type FakeDomo, paths } from '../support/fake-domo';
import { answers, httpServer } from '../support/http-server';
import { until } from '../support/until';
import { calls, get, post, reports } from './faults-support';
import { type Setup, setUp, tearDown } from './setup';

afterAll(tearDown);

const many = `resource "domo_api_client" "many" {
  count  = 30
  name   = "reports \${count.index}"
  scopes = ["data"]
}
`;

const user = ({ url, signIn }: FakeDomo) => ({
  DOMO_BASE_URL: url,
  DOMO_USERNAME: signIn.username,
  DOMO_PASSWORD: signIn.password,
});

it.concurrent('one sign-in serves all resources of a process', async () => {
  const { domo, work, apply } = await setUp(many, { env: user });
  expect((await apply('-parallelism=30')).code).toBe(0);
  expect(domo.clients.size).toBe(30);
  // The plan and the apply are two processes.
  expect(domo.count(calls.signIn)).toBe(2);
  domo.reset();
  expect(await work.plan()).toBe('empty');
  expect(domo.count(calls.signIn)).toBe(1);
  for (const { path, headers } of domo.requests) {
    expect(headers['x-domo-developer-token']).toBeUndefined();
    if (path === paths.signIn) expect(headers.origin).toBe(domo.url);
    else expect(headers['x-domo-authentication']).toMatch(/^fake-session-/);
  }
});

it.concurrent('a session that expires in the middle is renewed once', async () => {
  const { domo, apply } = await setUp(many, { env: user });
  domo.fail({ ...post, delay: 200, times: Number.POSITIVE_INFINITY });
  const applied = apply('-parallelism=5');
  await until('some creations', () => domo.clients.size >= 10);
  domo.expireSessions();
  expect((await applied).code).toBe(0);
  expect(domo.clients.size).toBe(30);
  expect(domo.count(calls.signIn)).toBe(3);
});

describe('refused credentials', () => {
  async function refused(reason: 'INVALID_CREDENTIALS' | 'ACCOUNT_LOCKED'): Promise<Setup> {
    const made = await setUp(many, { env: user });
    expect((await made.apply()).code).toBe(0);
    made.domo.expireSessions();
    made.domo.signIn.refusal = reason;
    made.domo.reset();
    return made;
  }

  it.concurrent.each([
    ['INVALID_CREDENTIALS' as const, 'Check username (DOMO_USERNAME), password (DOMO_PASSWORD)'],
    ['ACCOUNT_LOCKED' as const, 'The account is locked: have an administrator of the instance unlock it.'],
  ])('are tried once per process, however many resources there are: %s', async (reason, advice) => {
    const { domo, work, plan } = await refused(reason);
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
  const { domo, work, apply, plan } = await setUp(many);
  expect((await apply()).code).toBe(0);
  const old = domo.token;
  domo.token = 'fake-other-token';
  domo.reset();
  const { code, text } = await plan();
  expect(code).toBe(1);
  expect(text).toContain('Check access_token (DOMO_ACCESS_TOKEN)');
  expect(text).not.toContain(old);
  expect(domo.requests).toHaveLength(1);
  expect((await work.state()).resources).toHaveLength(30);
});

describe('a redirect to another server', () => {
  it.concurrent('is not followed with an access token', async () => {
    const elsewhere = await httpServer(answers(200, '[]'));
    const { domo, work, apply, plan } = await setUp(reports());
    const away = { status: 302, headers: { Location: `${elsewhere.url}/stolen` } };
    domo.fail({ ...post, ...away });
    const created = await apply();
    expect([created.code, created.text]).toEqual([1, expect.stringContaining('Redirects are not followed')]);
    expect(domo.clients.size).toBe(0);

    expect((await apply()).code).toBe(0);
    domo.fail({ ...get, ...away });
    const planned = await plan();
    expect([planned.code, planned.text]).toEqual([
      1,
      expect.stringContaining('Redirects are not followed, so that the credentials stay on this host.'),
    ]);
    expect(planned.text).toContain('Domo returned 302');
    expect((await work.state()).resources).toHaveLength(1);
    expect(elsewhere.seen).toEqual([]);
    await elsewhere.close();
  });

  it.concurrent('is not followed with a password', async () => {
    const elsewhere = await httpServer(answers(200, '{"success":true,"sessionToken":"fake-session"}'));
    const { domo, apply } = await setUp(reports(), { env: user });
    const away = { status: 307, headers: { Location: `${elsewhere.url}/stolen` } };
    domo.fail({ method: 'POST', path: paths.signIn, ...away, times: Number.POSITIVE_INFINITY });
    const { code, text } = await apply();
    expect([code, text]).toEqual([1, expect.stringContaining('Redirects are not followed')]);
    expect(domo.clients.size).toBe(0);
    expect(elsewhere.seen).toEqual([]);
    await elsewhere.close();
  });
});
