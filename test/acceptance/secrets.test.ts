import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FakeDomo, Fault } from '../support/fake-domo';
import { leaksIn } from '../support/leaks';
import type { Build } from '../support/provider-build';
import { engines, workspace } from '../support/terraform';
import { del, get, only, post, reports } from './faults-support';
import { at, client, openDomo, pointedAt, type Setup, setUp, tearDown } from './setup';
import { type SignIn, saidOf, sideBySide, withPassword, withToken } from './side-by-side';

// Every command of every acceptance test is searched (see test/support/terraform.ts); here are the forms of
// output, the places and the echoes that those do not have.
afterAll(tearDown);

const outputOf = (...labels: string[]) => `output "secrets" {
 value     = [${labels.map((label) => `${at(label)}.client_secret`)}]
 sensitive = true
}
`;
const withOutput = reports() + outputOf('a');

/** What an answer could repeat: the credentials that it was asked with, and the client as it has been made. */
function echo(domo: FakeDomo): string {
  const made = [...domo.clients.values()].at(-1);
  const known = [domo.token, domo.signIn.password, made?.clientId, made?.secret];
  return JSON.stringify({ message: `refused: ${known.join(' ')}` });
}

it('finds a secret that is printed: the search is not blind', async () => {
  const [engine] = engines();
  const token = `fake-token-${'0123abcd'.repeat(2)}`;
  const files = { 'main.tf': `resource "terraform_data" "a" {\n input = "${token}"\n}\n` };
  const work = workspace({ files, ...(engine && { engine }) });
  await expect(work.run('plan', '-no-color')).rejects.toThrow('has let secrets out: fake-token-');
  const logged = workspace({ files: { 'main.tf': '' } });
  await expect(logged.run('plan', '-no-color', `-var=x=${token}`)).rejects.toThrow('secrets out');
});

it.concurrent('a life in JSON tells no secret', async () => {
  const { work, apply, destroy } = await sideBySide([withToken, withPassword], {
    more: outputOf('a0', 'a1'),
  });
  expect((await work.run('validate', '-json')).code).toBe(0);
  expect((await apply('-json')).stdout).toContain('"type":"apply_complete"');
  expect((await work.run('refresh', '-no-color')).code).toBe(0);
  expect((await destroy('-json')).stdout).toContain('"type":"apply_complete"');
});

type Case = [string, Fault, SignIn];

describe('an answer that repeats every credential shows none of them', () => {
  /** Each case makes its own Domo go wrong, from the beginning. */
  async function failing(cases: Case[]): Promise<Setup> {
    const made = await sideBySide(
      cases.map(([, , signIn]) => signIn),
      { provider: 'max_retries = 1', more: outputOf(...cases.map((_, index) => `a${index}`)) },
    );
    for (const [index, domo] of made.domos.entries()) {
      const body = { toString: () => echo(domo), toJSON: () => JSON.parse(echo(domo)) };
      domo.fail({ ...cases[index]?.[1], body });
    }
    return made;
  }

  /** Everything that was said goes into it, as JSON, of one or several commands. */
  function expectEachTold(cases: Case[], told: string): void {
    for (const [index, [name]] of cases.entries()) {
      // An error of a revocation has no address, but the message names the instance.
      const marks = [`"address":"${at(`a${index}`)}"`, `on \\"a${index}\\"`];
      const lines = told.split('\n').filter((line) => marks.some((mark) => line.includes(mark)));
      expect([name, lines.join('\n')]).toEqual([
        name,
        expect.stringMatching(/"severity":"(warning|error)".*Domo (returned|did not accept) /),
      ]);
    }
  }

  it.concurrent('where nothing can be planned', async () => {
    const cases: Case[] = [
      ['the sign-in', { times: 1, status: 400 }, withPassword],
      ['the first list', { times: 1, status: 400 }, withToken],
      ['an expired session', { ...get, status: 401, times: 9 }, withPassword],
      ['a missing grant', { ...get, status: 403, times: 9 }, withToken],
      [
        'a redirect',
        { ...get, status: 302, headers: { Location: 'http://127.0.0.1:1/' }, times: 9 },
        withPassword,
      ],
    ];
    const { apply } = await failing(cases);
    expectEachTold(cases, (await apply('-json')).stdout);
  });

  it.concurrent('where a creation or a revocation fails', async () => {
    const cases: Case[] = [
      ['a refused creation', { ...post, status: 400, times: 9 }, withPassword],
      ['a name that is taken', { ...post, status: 409, times: 9 }, withToken],
      ['a creation that failed after the work', { ...post, status: 500, afterWork: true }, withPassword],
      ['a creation answered with another form', { ...post, status: 200, afterWork: true }, withToken],
      ['a revocation that is refused', { ...del, status: 403 }, withPassword],
      ['a revocation of what Domo does not know', { ...del, status: 400, times: 9 }, withToken],
    ];
    const { apply, destroy } = await failing(cases);
    const texts = [await apply('-json'), await destroy('-json')].map(({ stdout }) => stdout);
    expectEachTold(cases, texts.join('\n'));
  });
});

it.concurrent('an error in words tells no secret either', async () => {
  const password = 'fake, short';
  const { domo, apply } = await setUp(withOutput, {
    env: ({ url, signIn }) => ({
      DOMO_BASE_URL: url,
      DOMO_USERNAME: signIn.username,
      DOMO_PASSWORD: password,
    }),
  });
  domo.signIn.password = password;
  domo.fail({ ...post, status: 400, body: { message: `no "${password}", please` }, times: 9 });
  const { code, text } = await apply();
  expect([code, text]).toEqual([1, expect.stringContaining('(no "(redacted)", please)')]);
});

it.concurrent.each<Build>(['node', 'compiled'])(
  'what the runtime tells of its connections has no secret either: %s',
  async (build) => {
    // One Domo is asked with an access token, one with a name and a password. The second creation in each opens a
    // connection of its own, and Node.js tells its headers.
    const other = await openDomo();
    const on = 'instance = "other"';
    const clients = ['a', 'b'].map((label) => client(label));
    const others = ['c', 'd'].map((label) => client(label, on));
    const { apply, destroy } = await setUp([...clients, ...others].join('') + outputOf('a', 'c'), {
      build,
      provider: `instances = {\nother = { ${withPassword(other)} }\n}`,
      env: (domo) => ({
        ...pointedAt(domo),
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
    for (const header of isNode ? ['Developer-Token', 'Authentication'] : [])
      expect(stderr).toContain(`'X-DOMO-${header}': '(redacted)'`);
    expect((await destroy()).code).toBe(0);
  },
);

it.concurrent('a token that is a word is hidden in the words of Domo, and not in our own', async () => {
  const tokens = ['wrong', 'Domo', 'access_token'];
  const { domos, apply } = await sideBySide(tokens.map((token) => (domo) => withToken({ ...domo, token })));
  for (const [index, domo] of domos.entries())
    domo.fail({ status: 401, body: { message: `no "${tokens[index]}", please` }, times: 9 });
  const { code, text } = await apply();
  expect(code).toBe(1);
  for (const index of tokens.keys()) {
    const said = saidOf(text, index);
    expect(said).toContain('Domo rejected the credentials');
    expect(said).toContain(
      `Domo returned 401 (no "(redacted)", please). The access token or session is wrong or has expired. Check instances["a${index}"].access_token (DOMO_ACCESS_TOKEN_A${index})`,
    );
  }
});

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
