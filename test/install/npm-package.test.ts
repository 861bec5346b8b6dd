import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { releasableCopy } from '../release/clone-support';
import { providerVersion } from '../support/provider-build';
import { startProcess } from '../support/running';
import type { RunningSandbox } from '../support/running-sandbox';
import { sandboxProcess } from '../support/sandbox-process';
import { removeTempFolders, tempFolder } from '../support/temp';
import { engines } from '../support/terraform';
import { until } from '../support/until';
import { contentOf } from './files-support';

const repository = resolve(__dirname, '../..');
const name = 'terraform-provider-domo';
const configuration = `terraform {
  required_providers {
    domo = {
      source = "domo-governance/domo"
    }
  }
}

resource "domo_api_client" "nightly_export" {
  name   = "nightly-export"
  scopes = ["data"]
}
`;

let tarball = '';
let project = '';
let sandbox: RunningSandbox | undefined;

/** Runs a program as a person with that home folder, whom no registry answers. */
function run(program: string, args: string[], home: string, { cwd = project, env = {} } = {}) {
  const usual = {
    PATH: process.env.PATH,
    HOME: home,
    npm_config_offline: 'true',
    npm_config_update_notifier: 'false',
    CHECKPOINT_DISABLE: '1',
  };
  return startProcess(program, args, { cwd, env: { ...usual, ...env } }).done;
}

const command = (home: string, ...args: string[]) => run('npx', ['--no-install', name, ...args], home);

/** The same without npx, which takes longer to find the command than that takes to run. */
const found = (home: string, ...args: string[]) => run(join(project, 'node_modules/.bin', name), args, home);

beforeAll(async () => {
  const copy = releasableCopy();
  execFileSync(process.execPath, ['-r', require.resolve('tsx/cjs'), 'scripts/npm-package.ts'], {
    cwd: copy,
  });
  tarball = join(copy, `dist/release/${name}-${providerVersion()}.tgz`);
  project = tempFolder('project');
  // Either would turn an executable without an extension into a module of the other kind.
  writeFileSync(join(project, 'package.json'), '{"name":"project","version":"1.0.0","type":"module"}');
  const { code, text } = await run(
    'npm',
    ['install', '--no-audit', '--no-fund', tarball],
    tempFolder('home'),
  );
  expect({ code, text }).toEqual({ code: 0, text: expect.any(String) });
  sandbox = await sandboxProcess();
});
afterAll(async () => {
  await sandbox?.close();
  removeTempFolders();
});

it('is a package of its own, with nothing to install beside it', () => {
  const own = join(project, 'node_modules', name);
  expect(readdirSync(own).sort()).toEqual([
    'CHANGELOG.md',
    'LICENSE',
    'NOTICE',
    'README.md',
    'assets',
    'cli.js',
    'package.json',
    'sandbox.js',
    'start.cjs',
    'start.sh',
    name,
  ]);
  const read = (folder: string) => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const { private: isPrivate, dependencies, version, engines: node, type } = read(own);
  expect({ isPrivate, dependencies, version, node, type }).toEqual({
    isPrivate: undefined,
    dependencies: undefined,
    version: providerVersion(),
    node: { node: '>=20.3' },
    type: 'commonjs',
  });
  expect(read(repository)).toMatchObject({ name, private: true });
  for (const file of ['cli.js', name]) {
    expect(readFileSync(join(own, file), 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/);
  }
});

it.each(engines())('puts the provider where $name finds it, and it creates a client', async (engine) => {
  const home = tempFolder('home');
  expect(await command(home, 'install')).toMatchObject({ code: 0, stderr: '' });
  const cwd = tempFolder('config');
  writeFileSync(join(cwd, 'main.tf'), configuration);
  writeFileSync(join(cwd, 'package.json'), '{"type":"module"}');
  const env = sandbox?.settings ?? {};
  for (const args of [['init'], ['apply', '-auto-approve'], ['destroy', '-auto-approve']]) {
    const { code, text } = await run(engine.path, [...args, '-no-color', '-input=false'], home, { cwd, env });
    expect({ code, text }).toEqual({ code: 0, text: expect.any(String) });
    if (args[0] === 'apply') expect(text).toContain('1 added');
  }
});

it('lays out what make install does, and takes it out again', async () => {
  const [home, other] = [tempFolder('home'), tempFolder('home')];
  await found(home, 'install');
  execFileSync(process.execPath, ['-r', require.resolve('tsx/cjs'), join(repository, 'scripts/install.ts')], {
    cwd: repository,
    env: { PATH: process.env.PATH, HOME: other },
  });
  const plugins = join(home, '.terraform.d');
  expect(Object.keys(contentOf(plugins))).toHaveLength(6);
  expect(contentOf(plugins)).toEqual(contentOf(join(other, '.terraform.d')));
  expect((await found(home, 'uninstall')).text).toContain('Removed:');
  expect(contentOf(plugins)).toEqual({});
});

it('lays out a mirror where it is told to', async () => {
  const home = tempFolder('home');
  const folder = join(home, 'deep/er');
  const { text } = await found(home, 'install', '--dir', folder);
  expect(text).toContain('filesystem_mirror');
  expect(Object.keys(contentOf(folder))).toHaveLength(6);
  await found(home, 'uninstall', `--dir=${folder}`);
  expect(contentOf(folder)).toEqual({});
});

it.each([
  [['frobnicate'], 'Unknown command "frobnicate"'],
  [['install', 'here'], 'Unexpected argument "here"'],
  [['install', '--folder', 'x'], "Unknown option '--folder'"],
  [['install', '--dir'], '--dir'],
  [[], 'A command is missing.'],
])('refuses %j, and shows how it is meant', async (args, sentence) => {
  const home = tempFolder('home');
  const { code, stdout, stderr } = await found(home, ...args);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toContain(sentence);
  expect(stderr).toContain('Usage:');
  expect(stderr).not.toMatch(/^\s+at /m);
  expect(existsSync(join(home, '.terraform.d'))).toBe(false);
});

it('says in one sentence that it cannot write', async () => {
  const home = tempFolder('home');
  writeFileSync(join(home, '.terraform.d'), 'a file');
  const { code, stderr } = await found(home, 'install');
  expect(code).toBe(1);
  expect(stderr).toMatch(/^terraform-provider-domo: (ENOTDIR|EEXIST).*\.terraform\.d/);
  expect(stderr.trim().split('\n')).toHaveLength(1);
});

it('says in one sentence that it does not write through a symbolic link', async () => {
  const home = tempFolder('home');
  const folder = join(home, 'mirror');
  mkdirSync(join(folder, 'registry.opentofu.org'), { recursive: true });
  const link = join(folder, 'registry.opentofu.org/domo-governance');
  symlinkSync(join(home, 'nowhere'), link);
  const { code, stdout, stderr } = await found(home, 'install', '--dir', folder);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toMatch(/^terraform-provider-domo: \/.*domo-governance is a symbolic link\. [^\n]*\n$/);
  expect(existsSync(join(home, 'nowhere'))).toBe(false);
});

it('helps, and says the version of the provider', async () => {
  const home = tempFolder('home');
  expect(await found(home, '--help')).toMatchObject({ code: 0, stdout: expect.stringContaining('Usage:') });
  expect(await found(home, '--version')).toMatchObject({
    code: 0,
    stdout: `${name} ${providerVersion()}\n`,
  });
});

it('runs the sandbox, with its page, and the doctor beside it', async () => {
  const home = tempFolder('home');
  const env = { PATH: process.env.PATH, HOME: home, npm_config_offline: 'true' };
  const args = ['--no-install', name, 'sandbox', '--json', '--port', '0', '--fixed-tokens'];
  const running = startProcess('npx', args, { cwd: project, env });
  try {
    await until('the sandbox', () => running.text().endsWith('}'), 60_000);
    const { url, tokens } = JSON.parse(running.text()) as { url: string; tokens: Record<string, string> };
    expect(tokens.admin).toBe('fake-token-admin');
    expect((await fetch(`${url}/_sandbox/health`)).status).toBe(200);
    expect((await fetch(`${url}/assets/page.js`)).status).toBe(200);
    const domo = { DOMO_BASE_URL: url, DOMO_API_URL: url, DOMO_ACCESS_TOKEN: 'fake-token-creator' };
    const confirm = ['--write', '--confirm', new URL(url).host];
    const doctor = join(project, 'node_modules/.bin', name);
    const { code, text } = await run(doctor, ['doctor', ...confirm], home, { env: domo });
    expect({ code, text }).toEqual({
      code: 0,
      text: expect.stringContaining('Everything is revoked: id 101.'),
    });
  } finally {
    await running.kill();
  }
});

it('installs globally, and is the provider where an engine starts it from there', async () => {
  const [home, prefix] = [tempFolder('home'), tempFolder('prefix')];
  await run('npm', ['install', '--global', '--prefix', prefix, '--no-audit', '--no-fund', tarball], home);
  const bin = join(prefix, 'bin');
  expect(await run(join(bin, name), ['install'], home)).toMatchObject({ code: 0, stderr: '' });
  const cwd = tempFolder('config');
  writeFileSync(join(cwd, 'main.tf'), configuration);
  const overrides = `provider_installation {
  dev_overrides {
    "domo-governance/domo" = ${JSON.stringify(bin)}
  }
  direct {}
}
`;
  writeFileSync(join(cwd, 'cli.tfrc'), overrides);
  const [engine] = engines();
  const env = { ...sandbox?.settings, TF_CLI_CONFIG_FILE: join(cwd, 'cli.tfrc') };
  const { code, text } = await run(engine?.path ?? '', ['plan', '-no-color', '-input=false'], home, {
    cwd,
    env,
  });
  expect({ code, text }).toEqual({ code: 0, text: expect.stringContaining('1 to add') });
});
