import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { startProcess } from '../support/running';
import { removeTempFolders, tempFolder } from '../support/temp';
import { type Engine, engines } from '../support/terraform';

const repository = resolve(__dirname, '../..');
const configuration = `terraform {
  required_providers {
    domo = {
      source = "domo-governance/domo"
    }
  }
}

data "domo_api_client_scopes" "known" {}
`;

afterAll(removeTempFolders);

/** Runs what `make install` or `make uninstall` runs, as a person with that home folder. */
async function script(home: string, args: string[] = [], env: Record<string, string> = {}): Promise<string> {
  const options = ['-r', require.resolve('tsx/cjs'), join(repository, 'scripts/install.ts'), ...args];
  const surroundings = { PATH: process.env.PATH, HOME: home, ...env };
  const { code, stdout, stderr } = await startProcess(process.execPath, options, {
    cwd: repository,
    env: surroundings,
  }).done;
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return stdout;
}

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8', withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));

/** Plans with nothing but the home folder to find the provider in. */
async function plan(engine: Engine, home: string, env: Record<string, string> = {}) {
  const cwd = tempFolder('config');
  writeFileSync(join(cwd, 'main.tf'), configuration);
  const domo = { DOMO_INSTANCE: 'acme', DOMO_ACCESS_TOKEN: 'fake-token', CHECKPOINT_DISABLE: '1' };
  const surroundings = { PATH: process.env.PATH, HOME: home, ...domo, ...env };
  const run = (...args: string[]) => startProcess(engine.path, args, { cwd, env: surroundings }).done;
  const init = await run('init', '-no-color', '-input=false');
  return init.code === 0 ? run('plan', '-no-color', '-input=false') : init;
}

describe.each(engines())('with $name', (engine) => {
  it('finds the installed provider in the plugin folder, without any configuration', async () => {
    const home = tempFolder('home');
    const said = await script(home);
    const executables = filesIn(home).filter((name) => !name.endsWith('.json'));
    expect(executables).toHaveLength(2);
    for (const file of executables) expect(said).toContain(join(home, file));
    expect(said).not.toContain('provider_installation');
    const { code, text } = await plan(engine, home);
    expect({ code, text }).toEqual({ code: 0, text: expect.stringContaining('No changes') });
  });

  it('finds it in a mirror, with the CLI configuration that install prints', async () => {
    const [home, mirror] = [tempFolder('home'), join(tempFolder('mirror'), 'deep/er')];
    const said = await script(home, [], { DIR: mirror });
    const [printed = ''] = /^provider_installation \{.*^\}$/ms.exec(said) ?? [];
    const file = join(home, 'cli.tfrc');
    writeFileSync(file, printed);
    expect(filesIn(home)).toEqual(['cli.tfrc']);
    const { code, text } = await plan(engine, home, { TF_CLI_CONFIG_FILE: file });
    expect({ code, text }).toEqual({ code: 0, text: expect.stringContaining('No changes') });
  });
});

it('is what cdktf.json in the root asks for', () => {
  const read = (name: string) => JSON.parse(readFileSync(join(repository, name), 'utf8'));
  const [major, minor] = read('package.json').version.split('.');
  expect(read('cdktf.json').terraformProviders).toEqual([`domo-governance/domo@~> ${major}.${minor}`]);
});

describe('the plugin folder', () => {
  it('is said to be of no use where the CLI configuration looks elsewhere', async () => {
    const home = tempFolder('home');
    const file = join(home, '.terraformrc');
    writeFileSync(file, 'provider_installation {\n  direct {}\n}\n');
    expect(await script(home)).toMatch(
      new RegExp(`not looked at because of provider_installation in ${file}.*filesystem_mirror`, 's'),
    );
  });

  it('has after uninstall what others have put there, and nothing of ours', async () => {
    const home = tempFolder('home');
    const plugins = join(home, '.terraform.d/plugins');
    const other =
      'registry.terraform.io/domo-governance/domo/0.0.1/linux_amd64/terraform-provider-domo_v0.0.1';
    mkdirSync(join(plugins, other, '..'), { recursive: true });
    writeFileSync(join(plugins, other), 'older');
    await script(home);
    await script(home);
    expect(filesIn(plugins)).toHaveLength(5);
    const removed = await script(home, ['uninstall']);
    expect(removed.match(/^ {2}\//gm)).toHaveLength(4);
    expect(filesIn(plugins)).toEqual([other]);
    expect(existsSync(join(plugins, 'registry.opentofu.org'))).toBe(false);
    expect(await script(home, ['uninstall'])).toContain('There is nothing of it');
    expect(readFileSync(join(plugins, other), 'utf8')).toBe('older');
  });
});
