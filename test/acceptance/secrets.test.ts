import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FakeDomo, Fault } from '../support/fake-domo';
import { leaksIn } from '../support/leaks';
import type { Build } from '../support/provider-build';
import { engines, workspace } from '../support/terraform';
import { del, get, only, post, reports } from './faults-support';
import { client, pointedAt, type Setup, setUp, tearDown } from './setup';

// Every command of every acceptance test is searched (see test/support/terraform.ts); here are the forms of
// output, the places and the echoes that those do not have.
afterAll(tearDown);

const withOutput = `${reports()}output "secret" {
 value     = domo_api_client.a.client_secret
 sensitive = true
}
`;

type SignIn = (domo: FakeDomo) => Record<string, string>;
const user: SignIn = ({ url, signIn }) => ({
  DOMO_BASE_URL: url,
  DOMO_USERNAME: signIn.username,
  DOMO_PASSWORD: signIn.password,
});

/** What an answer could repeat: the credentials that it was asked with, and the client as it has been made. */
function echo(domo: FakeDomo): string {
  const made = [...domo.clients.values()].at(-1);
  const known = [domo.token, domo.signIn.password, made?.clientId, made?.secret];
  return JSON.stringify({ message: `refused: ${known.join(' ')}` });
}

/** Plan, apply, read and revoke with `-json`; the log at TRACE and everything printed is searched each time. */
async function life({ apply, plan, destroy }: Setup): Promise<string> {
  const texts = [await plan('-json'), await apply('-json'), await plan('-json'), await destroy('-json')];
  return texts.map(({ stdout }) => stdout).join('');
}

it('finds a secret that is printed: the search is not blind', async () => {
  const [engine] = engines();
  const token = `fake-token-${'0123abcd'.repeat(2)}`;
  const files = { 'main.tf': `resource "terraform_data" "a" {\n input = "${token}"\n}\n` };
  const work = workspace({ files, ...(engine && { engine }) });
  await work.init();
  await expect(work.run('plan', '-no-color')).rejects.toThrow('has let secrets out: fake-token-');
  const logged = workspace({ files: { 'main.tf': '' } });
  await expect(logged.run('plan', '-no-color', `-var=x=${token}`)).rejects.toThrow('secrets out');
});

it.concurrent('a life in JSON tells no secret', async () => {
  const made = await setUp(withOutput);
  const told = await life(made);
  for (const other of [
    ['refresh', '-no-color'],
    ['validate', '-json'],
  ])
    expect((await made.work.run(...other)).code).toBe(0);
  expect(told).toContain('"type":"apply_complete"');
});

it.concurrent('nor does one with a name and a password', async () => {
  const told = await life(await setUp(withOutput, { env: user }));
  expect(told).toContain('"type":"apply_complete"');
});

// Half of them with an access token, and half with a name and a password.
it.concurrent.each<[string, Fault, SignIn]>([
  ['the sign-in', { times: 1, status: 400 }, user],
  ['the first list', { times: 1, status: 400 }, pointedAt],
  ['an expired session', { ...get, status: 401, times: 9 }, user],
  ['a missing grant', { ...get, status: 403, times: 9 }, pointedAt],
  ['a refused creation', { ...post, status: 400, times: 9 }, user],
  ['a name that is taken', { ...post, status: 409, times: 9 }, pointedAt],
  ['a creation that failed after the work', { ...post, status: 500, afterWork: true }, user],
  ['a creation answered with another form', { ...post, status: 200, afterWork: true }, pointedAt],
  ['a revocation that is refused', { ...del, status: 403 }, user],
  ['a revocation of what Domo does not know', { ...del, status: 400, times: 9 }, pointedAt],
  ['a redirect', { ...get, status: 302, headers: { Location: 'http://127.0.0.1:1/' }, times: 9 }, user],
])('an answer that repeats every credential shows none of them: %s', async (_, fault, env) => {
  const made = await setUp(withOutput, { env, provider: 'max_retries = 1' });
  const { domo } = made;
  const body = { toString: () => echo(domo), toJSON: () => JSON.parse(echo(domo)) };
  domo.fail({ ...fault, body });
  const told = await life(made);
  expect(told).toMatch(/"severity":"(warning|error)".*Domo (returned|did not accept) /);
});

it.concurrent('an error in words tells no secret either', async () => {
  const password = 'fake, short';
  const { domo, apply } = await setUp(withOutput, {
    env: (domo) => ({ ...user(domo), DOMO_PASSWORD: password }),
  });
  domo.signIn.password = password;
  domo.fail({ ...post, status: 400, body: { message: `no "${password}", please` }, times: 9 });
  const { code, text } = await apply();
  expect([code, text]).toEqual([1, expect.stringContaining('(no "(redacted)", please)')]);
});

it.concurrent.each<[Build, string, SignIn]>([
  ['node', 'an access token', ({ token }) => ({ DOMO_ACCESS_TOKEN: token })],
  ['node', 'a name and a password', user],
  ['compiled', 'a name and a password', user],
])(
  'what the runtime tells of its connections has no secret either: %s, with %s',
  async (build, _, signIn) => {
    // The second creation opens a connection of its own, and Node.js tells its headers.
    const { work, apply, destroy } = await setUp(withOutput + client('b', 'name = "other"'), {
      build,
      env: (domo) => ({
        DOMO_BASE_URL: domo.url,
        ...signIn(domo),
        TF_LOG: 'TRACE',
        NODE_DEBUG: 'http,https,net,tls,stream,http2',
        BUN_CONFIG_VERBOSE_FETCH: 'curl',
        GRPC_TRACE: 'all',
        GRPC_VERBOSITY: 'DEBUG',
      }),
    });
    const { code, stderr } = await apply();
    expect(code).toBe(0);
    // Bun knows the variables and tells nothing.
    const isNode = process.env.DOMO_PROVIDER ? process.env.TEST_RUNTIME !== 'bun' : build === 'node';
    if (isNode) expect(stderr).toMatch(/'X-DOMO-[\w-]+': '\(redacted\)'/);
    expect((await work.run('refresh', '-no-color')).code).toBe(0);
    expect((await destroy()).code).toBe(0);
  },
);

it.concurrent.each(['wrong', 'Domo', 'access_token'])(
  'a token "%s" is hidden in the words of Domo, and not in our own',
  async (token) => {
    const { domo, apply } = await setUp(client('a'), {
      env: (domo) => ({ DOMO_BASE_URL: domo.url, DOMO_ACCESS_TOKEN: token }),
    });
    domo.fail({ status: 401, body: { message: `no "${token}", please` }, times: 9 });
    const { code, text } = await apply();
    expect([code, text]).toEqual([
      1,
      expect.stringContaining(
        'Domo returned 401 (no "(redacted)", please). The access token or session is wrong or has expired. Check access_token (DOMO_ACCESS_TOKEN)',
      ),
    ]);
    expect(text).toContain('Domo rejected the credentials');
  },
);

it.concurrent('a secret that is known from the state alone is hidden in what Domo says of its client', async () => {
  const { domo, apply, plan, destroy } = await setUp(withOutput);
  expect((await apply()).code).toBe(0);
  const divided = [...only(domo).secret].join(' ');
  for (const [method, run] of [
    [get, plan],
    [del, destroy],
  ] as const) {
    domo.fail({ ...method, status: 403, body: { message: `no ${divided}, please` }, times: 9 });
    const { code, text } = await run();
    expect([code, text]).toEqual([1, expect.stringContaining('(no (redacted), please)')]);
    domo.reset();
  }
});

it.concurrent('nothing but the state holds the secret on disk, and nothing else is left there', async () => {
  const { domo, work, apply } = await setUp(withOutput);
  expect((await apply()).code).toBe(0);
  const { secret } = only(domo);
  const files = readdirSync(work.folder, { recursive: true, encoding: 'utf8', withFileTypes: true })
    .filter((file) => file.isFile())
    .map((file) => join(file.parentPath, file.name));
  const holding = files.filter((file) => readFileSync(file, 'latin1').includes(secret));
  expect(holding).toEqual([join(work.folder, 'terraform.tfstate')]);
  expect(files.filter((file) => leaksIn(readFileSync(file, 'latin1')).length > 0)).toEqual(holding);
  expect(readdirSync(work.temp)).toEqual([]);
});
