import { copyFileSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { starterFiles } from '../../scripts/starter/parts';
import { startProcess } from '../support/running';
import { skipped } from '../support/skipped';
import { removeTempFolders, tempFolder } from '../support/temp';
import { cleanupAll, type Engine, engines } from '../support/terraform';
import { isThorough } from '../support/thorough';
import { until } from '../support/until';
import { quickWalk } from './demo-support';

const repository = resolve(__dirname, '../..');
const steps = ['apply', 'token', 'plan', 'drift', 'apply', 'change', 'destroy', 'token'];

afterAll(async () => {
  await cleanupAll();
  removeTempFolders();
});

/** Starts what `make demo` runs, in the surroundings of a person whose own settings would break it. */
function demo({
  cwd = repository,
  ...given
}: {
  cwd?: string;
  TF?: string;
  KEEP?: string;
  PATH?: string | undefined;
}) {
  const temp = tempFolder('demo');
  const env = {
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    // As in test/support/terraform.ts.
    GOGC: '400',
    TMPDIR: temp,
    TF_CLI_CONFIG_FILE: '/nowhere/cli.tfrc',
    TF_CLI_ARGS: '-nonsense',
    TF_DATA_DIR: '/nowhere',
    TF_WORKSPACE: 'other',
    TF_LOG: 'trace',
    DOMO_INSTANCE: 'acme',
    DOMO_USERNAME: 'someone@example.com',
    DOMO_PASSWORD: 'fake-password',
    DOMO_READ_ONLY: 'true',
    HTTP_PROXY: 'http://127.0.0.1:9',
    HTTPS_PROXY: 'http://127.0.0.1:9',
    PORT: 'nonsense',
    TOKEN_LIFETIME: 'nonsense',
    ...given,
  };
  const script = join(repository, 'scripts/demo.ts');
  const tsx = require.resolve('tsx/cjs');
  const running = startProcess(process.execPath, ['-r', tsx, script], { cwd, env });
  return { ...running, leftovers: () => readdirSync(temp).filter((name) => !name.startsWith('tsx-')) };
}

/** The demo's surroundings, with a sandbox that has a fault from the beginning. */
function broken(fault: Record<string, unknown>): string {
  const folder = tempFolder('broken');
  mkdirSync(join(folder, 'dist'));
  for (const file of [
    'package.json',
    ...['terraform-provider-domo', ...starterFiles].map((name) => `dist/${name}`),
  ]) {
    copyFileSync(join(repository, file), join(folder, file));
  }
  writeFileSync(
    join(folder, 'dist/sandbox.js'),
    `const sandbox = require('node:child_process').spawn(process.execPath,
       [${JSON.stringify(join(repository, 'dist/sandbox.js'))}], { stdio: ['ignore', 'pipe', 'inherit'] });
     sandbox.stdout.once('data', async (line) => {
       const body = ${JSON.stringify(JSON.stringify(fault))};
       const headers = { 'content-type': 'application/json' };
       await fetch(JSON.parse(line).url + '/_sandbox/faults', { method: 'POST', headers, body });
       process.stdout.write(line);
     });
     process.on('SIGTERM', () => { sandbox.kill(); process.exit(0); });`,
  );
  return folder;
}

/** Checks what the demo says of the whole life, up to the line that ends it. */
function expectWholeLife(said: string, { name }: Engine): void {
  expect(said.toLowerCase()).toContain(name.replace('tofu', 'opentofu').replace(' ', ' v'));
  expect(said.match(/^\d\/8 \w+/gm)).toEqual(steps.map((step, index) => `${index + 1}/8 ${step}`));
  expect(said).toContain('Exit code 2: Warning: An API client was revoked outside Terraform.');
  expect(said).toContain('Exit code 2: domo_api_client.nightly_export must be replaced.');
  expect(said).toMatch(/\nEverything as expected, in \d+ seconds\.\n/);
  expect(said.match(/fake-\S+/g)).toEqual([1, 2].map(() => expect.stringMatching(/^fake-bearer-..…$/)));
}

const [first, ...others] = engines();
if (!first) throw new Error('There is no engine.');

// With KEEP=1 the first engine shows the same life, but for the line that ends it.
const ending = isThorough ? engines() : others;
if (ending.length === 0) skipped('how the demo ends by itself', 'it is a second walk: make test-thorough');
if (ending.length > 0)
  it.concurrent.each(ending)('the demo shows the life of a client with $name, and ends', async (engine) => {
    const running = demo({ TF: engine.path });
    const { code, stdout, stderr } = await running.done;
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expectWholeLife(stdout, engine);
    expect(stdout).toMatch(/ seconds\.\n.*make sandbox\.\n$/);
    expect(running.leftovers()).toEqual([]);
  });

it.concurrent('the demo shows the life of a client, and keeps its sandbox up until Ctrl-C', async () => {
  const running = demo({ TF: first.path, KEEP: '1' });
  try {
    await until('the address', () => running.text().includes('Ctrl-C'), 60_000);
    const page = /http:\S+\/admin\/api-clients/.exec(running.text())?.[0] ?? '';
    expect(running.text()).toMatch(
      /Everything as expected, in \d+ seconds\. There are 3 API clients .* The page .*http:\S+ \(Ctrl-C stops the sandbox\)\.$/,
    );
    const clients = await (await fetch(new URL('/_sandbox/clients', page))).json();
    expect(clients).toMatchObject([
      { name: 'nightly-export' },
      { name: 'directory-sync' },
      { name: 'test 2' },
    ]);
    const html = await (await fetch(page)).text();
    expect(html).toContain('Sign in to the sandbox');
    for (const asset of ['page.css', 'page.js']) {
      expect(html).toContain(`/assets/${asset}`);
      expect((await fetch(new URL(`/assets/${asset}`, page))).status).toBe(200);
    }
    process.kill(running.pid, 'SIGINT');
    const { code, stdout, stderr } = await running.done;
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expectWholeLife(stdout, first);
    expect(running.leftovers()).toEqual([]);
    await expect(fetch(page)).rejects.toThrow();
  } finally {
    await running.kill();
  }
});

describe('the demo fails', () => {
  it.concurrent.each<[string, Record<string, unknown>, RegExp]>([
    [
      'where the OAuth token is of no use',
      { path: '/v1/datasets', status: 403 },
      /2\/8 .*GET \/v1\/datasets with the OAuth token should answer 200, but answered 403/,
    ],
    [
      'where Domo does not have the client',
      { method: 'GET', path: '/api/identity', status: 200, body: [], count: 99 },
      /1\/8 .*Expected the clients in Domo to be \["101"\], but got \[\]/,
    ],
  ])('%s', async (_, fault, complaint) => {
    expect(await quickWalk(fault)).toMatch(complaint);
  });

  it.concurrent('where the client cannot be created', async () => {
    const running = demo({
      cwd: broken({ method: 'POST', path: '/api/identity', status: 403, count: 9 }),
    });
    const { code, text } = await running.done;
    expect(text).toMatch(
      /1\/8 .*"apply .*exited with 1, not 0: .*POST \/api\/identity\/v1\/developer-tokens: Domo returned 403/,
    );
    expect(code).toBe(1);
    expect(running.leftovers()).toEqual([]);
  });

  it.concurrent('if a revocation did nothing', async () => {
    // The first DELETE is the administrator's, at the drift: the client lives on, so nothing has drifted.
    const running = demo({ cwd: broken({ method: 'DELETE', status: 204 }) });
    const { code, text } = await running.done;
    expect(text).toMatch(/4\/8 drift.*"plan .*exited with 0, not 2: .*No changes/);
    expect(code).toBe(1);
    expect(running.leftovers()).toEqual([]);
  });

  it.concurrent('if there is no engine, and says what to install', async () => {
    const { code, text } = await demo({ PATH: tempFolder('empty') }).done;
    expect(text).toContain('needs Terraform');
    expect(text).toContain('OpenTofu');
    expect(text).toContain('install one');
    expect(code).toBe(1);
  });
});

it.concurrent.each(['SIGINT', 'SIGTERM'] as const)(
  'the demo leaves nothing behind after %s',
  async (signal) => {
    const running = demo({});
    await until('an apply', () => running.text().includes('1/8'));
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(running.text())?.[0] ?? '';
    await expect(fetch(`${url}/_sandbox/requests`)).resolves.toHaveProperty('status', 200);
    process.kill(running.pid, signal);
    const { code, text } = await running.done;
    expect(text).toContain(`interrupted by ${signal}`);
    expect(code).toBe(signal === 'SIGINT' ? 130 : 143);
    expect(running.leftovers()).toEqual([]);
    await expect(fetch(url)).rejects.toThrow();
  },
);
