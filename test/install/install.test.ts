import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { startProcess } from '../support/running';
import { removeTempFolders, tempFolder } from '../support/temp';
import { type Engine, engines } from '../support/terraform';
import { contentOf, filesIn } from './files-support';

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
function run(home: string, args: string[] = [], env: Record<string, string> = {}) {
  const options = ['-r', require.resolve('tsx/cjs'), join(repository, 'scripts/install.ts'), ...args];
  const surroundings = { PATH: process.env.PATH, HOME: home, ...env };
  return startProcess(process.execPath, options, { cwd: repository, env: surroundings }).done;
}

/** The same, if it has to succeed; returns what it says. */
async function script(...args: Parameters<typeof run>): Promise<string> {
  const { code, stdout, stderr } = await run(...args);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return stdout;
}

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
    const executables = filesIn(home).filter((name) => !name.endsWith('.cjs'));
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
      new RegExp(
        `does not look in the plugin folder because of provider_installation in ${file}.*filesystem_mirror`,
        's',
      ),
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
    expect(filesIn(plugins)).toHaveLength(7);
    const removed = await script(home, ['uninstall']);
    expect(removed.match(/^ {2}\//gm)).toHaveLength(6);
    expect(filesIn(plugins)).toEqual([other]);
    expect(existsSync(join(plugins, 'registry.opentofu.org'))).toBe(false);
    expect(await script(home, ['uninstall'])).toContain('Nothing to remove in');
    expect(readFileSync(join(plugins, other), 'utf8')).toBe('older');
  });
});

describe('a symbolic link', () => {
  /** Some of what an installation consists of, by what it is: the paths in the mirror. */
  const parts = (files: readonly string[]) => {
    const executable = files.find((file) => file.includes('opentofu') && !file.endsWith('.cjs')) ?? '';
    const folder = dirname(executable);
    return new Map([
      ['the executable', executable],
      ['the file beside it', join(folder, 'terraform-provider-domo-bundle.cjs')],
      ['the folder of the platform', folder],
      ['the folder of the registry', executable.split('/')[0] ?? ''],
    ]);
  };
  const names = [...parts([]).keys()];
  const installed = async (home: string, mirror: string) => {
    await script(home, [], { DIR: mirror });
    return filesIn(mirror);
  };
  const refused = (link: string) => ({
    code: 1,
    stdout: '',
    stderr: `${link} is a symbolic link. Nothing is written or removed through one: remove the link, or choose another folder.\n`,
  });

  it.each(names)(
    'in the place of %s is not written or removed through, and nothing beside it',
    async (name) => {
      const [home, mirror, elsewhere] = [tempFolder('home'), tempFolder('mirror'), tempFolder('elsewhere')];
      const part = parts(await installed(home, mirror)).get(name) ?? '';
      const [link, target] = [join(mirror, part), join(elsewhere, 'target')];
      if (lstatSync(link).isDirectory()) await installed(home, target);
      else writeFileSync(target, 'not ours');
      const before = contentOf(elsewhere);
      rmSync(link, { recursive: true });
      symlinkSync(target, link);
      for (const file of filesIn(mirror)) writeFileSync(join(mirror, file), 'older');
      const old = contentOf(mirror);
      for (const args of [[], ['uninstall']]) {
        expect(await run(home, args, { DIR: mirror })).toMatchObject(refused(link));
      }
      expect([contentOf(elsewhere), contentOf(mirror)]).toEqual([before, old]);
      expect(lstatSync(link).isSymbolicLink()).toBe(true);
    },
  );

  it.each(names)('to nowhere in the place of %s makes nothing there', async (name) => {
    const [home, mirror, elsewhere] = [tempFolder('home'), tempFolder('mirror'), tempFolder('elsewhere')];
    const part = parts(await installed(home, mirror)).get(name) ?? '';
    const link = join(mirror, part);
    rmSync(mirror, { recursive: true });
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(elsewhere, 'nowhere'), link);
    expect(await run(home, [], { DIR: mirror })).toMatchObject(refused(link));
    expect([readdirSync(elsewhere), filesIn(mirror)]).toEqual([[], []]);
  });

  it('is followed where it is the folder that was asked for, or lies before it', async () => {
    const [home, real] = [tempFolder('home'), tempFolder('mirror')];
    const link = join(tempFolder('links'), 'link');
    symlinkSync(real, link);
    await script(home, [], { DIR: join(link, 'deeper') });
    await script(home, [], { DIR: link });
    expect(filesIn(real)).toHaveLength(12);
  });
});
