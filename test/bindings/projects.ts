import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { buildSync } from 'esbuild';
import { domoProvider } from '../../provider/domo/provider';
import { type Flavour, flavours, packageName } from '../../scripts/bindings/flavours';
import { linkFolder } from '../support/linked';
import { openSandbox } from '../support/opened';
import { domoMirror } from '../support/provider-build';
import { tempFolder } from '../support/temp';
import { type Engine, workspace } from '../support/terraform';

export const repository = resolve(__dirname, '../..');

/** Runs a script of the repository, as its Makefile does; returns what it printed. Throws if it fails. */
export function runScript(args: string[], env: Record<string, string> = {}): string {
  const options = {
    cwd: repository,
    encoding: 'utf8',
    stdio: 'pipe',
    env: { ...process.env, ...env },
  } as const;
  return execFileSync(process.execPath, ['-r', require.resolve('tsx/cjs'), ...args], options);
}

/** The folder in which `make bindings` leaves a package. */
export const packageFolder = (flavour: Flavour) => join(repository, 'dist', packageName(flavour));

/** The tarball that `make bindings` leaves of a package. */
export const tarball = (flavour: Flavour) =>
  join(repository, 'dist/release', `${packageName(flavour)}-${domoProvider.version}.tgz`);

/** The folder with the example of a flavour. */
export const exampleFolder = ({ library }: Flavour) => join(repository, 'examples', library);

export const eachFlavour = flavours.map((flavour): [string, Flavour] => [flavour.library, flavour]);

const tool = (name: string, path: string) => join(dirname(require.resolve(`${name}/package.json`)), path);

/** Compiles a program for Node alone: tsx would inspect each module of the library. Returns the file. */
function compiled(folder: string, file: string): string {
  const outfile = file.replace(/ts$/, 'cjs');
  buildSync({
    absWorkingDir: folder,
    entryPoints: [file],
    outfile,
    bundle: true,
    packages: 'external',
    platform: 'node',
  });
  return outfile;
}

/** Where the examples find what they are tested with: the compiler of the bindings is theirs, too. */
const fromCompiler = { paths: [tool('jsii', '')] };

/** The version of a package that the examples are tested with. */
export function testedVersion(name: string): string {
  const { version } = JSON.parse(readFileSync(require.resolve(`${name}/package.json`, fromCompiler), 'utf8'));
  return version;
}

/** The example in a folder of its own, with the packed bindings installed as a user installs them. */
export async function installedExample(flavour: Flavour, engine: Engine) {
  const sandbox = await openSandbox();
  const environment = { ...sandbox.settings, TERRAFORM_BINARY_NAME: engine.path };
  const work = workspace({
    engine,
    copyOf: exampleFolder(flavour),
    mirrors: [domoMirror()],
    env: environment,
  });
  const succeed = async (program: string, ...args: string[]): Promise<string> => {
    const { code, text } = await work.program(program, args).done;
    if (code !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${code}: ${text}`);
    return text;
  };
  // What the bindings are used with is there already, and npm checks that it fits. What the development of the example
  // takes is this repository's: npm would ask the registry for all of it even if it does not install it.
  for (const name of Object.keys(flavour.peerDependencies)) {
    linkFolder(join(repository, 'node_modules', name), join(work.folder, 'node_modules', name));
  }
  const { devDependencies: _, ...manifest } = JSON.parse(work.read('package.json'));
  work.write('package.json', JSON.stringify(manifest));
  await succeed('npm', 'install', '--no-save', '--offline', '--loglevel=error', tarball(flavour));

  const stack = (name: string, ...args: string[]) =>
    work.run(`-chdir=cdktf.out/stacks/${name}`, ...args, '-no-color', '-input=false');
  return {
    sandbox,
    work,
    /** Synthesizes the stacks as `cdktf synth` does. */
    main: () => succeed(process.execPath, '-r', require.resolve('tsx/cjs'), 'main.ts'),
    /** Runs a program of the example which synthesizes stacks. */
    synth: (file: string) => succeed(process.execPath, compiled(work.folder, file)),
    /** Checks the types: with the compiler that the example names, or with this repository's, which is quicker. */
    typecheck: (whose: 'named' | 'quick') => {
      const compiler =
        whose === 'named'
          ? require.resolve('typescript/bin/tsc', fromCompiler)
          : tool('typescript', 'bin/tsc');
      return succeed(
        process.execPath,
        compiler,
        '-p',
        '.',
        '--typeRoots',
        join(repository, 'node_modules/@types'),
      );
    },
    /** Runs the example's own tests, as one who has no token and is offline. */
    async test(): Promise<string> {
      const transform = JSON.stringify({ '^.+\\.ts$': require.resolve('@swc/jest') });
      const args = [tool('jest', 'bin/jest.js'), `--transform=${transform}`, '--rootDir=.'];
      const nowhere = 'http://127.0.0.1:1';
      const without = { DOMO_ACCESS_TOKEN: '', DOMO_BASE_URL: nowhere, DOMO_API_URL: nowhere };
      const { code, text } = await work.program(process.execPath, args, without).done;
      if (code !== 0) throw new Error(`The tests ended with ${code}: ${text}`);
      return text;
    },
    /** Runs a command of the engine on a stack, and throws if it fails. */
    async terraform(name: string, ...args: string[]): Promise<string> {
      const { code, text } = await stack(name, ...args);
      if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}: ${text}`);
      return text;
    },
    /** The exit code of `plan -detailed-exitcode`, and what it says. */
    async plan(name: string) {
      const { code, text } = await stack(name, 'plan', '-detailed-exitcode');
      return { code, text };
    },
    /** The values of the state by the clients' names in Domo, and the outputs. */
    state(name: string) {
      const { resources, outputs } = JSON.parse(
        readFileSync(join(work.folder, `terraform.${name}.tfstate`), 'utf8'),
      ) as {
        resources: { name: string; instances: { attributes: Record<string, unknown> }[] }[];
        outputs: Record<string, { value: unknown; sensitive?: boolean }>;
      };
      const all = resources.flatMap(({ instances }) => instances.map(({ attributes }) => attributes));
      return { clients: new Map(all.map((each) => [String(each.name), each])), outputs };
    },
  };
}

/** A folder with what a program needs that uses the bindings in dist. */
function project(library: string, bindings: string): string {
  const place = tempFolder('typescript');
  mkdirSync(join(place, 'node_modules'));
  for (const name of [library, 'constructs']) {
    symlinkSync(join(repository, 'node_modules', name), join(place, 'node_modules', name));
  }
  symlinkSync(bindings, join(place, `node_modules/${library}-provider-domo`));
  return place;
}

function run(place: string, file: string): void {
  // The packages are looked for where the links are, not where they lead to.
  const args = ['--preserve-symlinks', compiled(place, file)];
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: place, encoding: 'utf8' });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
}

/** The configuration that the first program in a Markdown text synthesizes. */
export function synthesized(markdown: string, library: string, bindings: string) {
  const [, code = ''] = /```ts\n(.*?)```/s.exec(markdown) ?? [];
  const place = project(library, bindings);
  writeFileSync(join(place, 'main.ts'), code);
  run(place, 'main.ts');
  return JSON.parse(readFileSync(join(place, 'cdktf.out/stacks/governance/cdk.tf.json'), 'utf8'));
}

/** Synthesizes the example, and more beside it, on the bindings in dist, without installing anything; returns the folder. */
export function synthesizeHere(flavour: Flavour, more: Readonly<Record<string, string>> = {}): string {
  const place = project(flavour.library, packageFolder(flavour));
  cpSync(exampleFolder(flavour), place, { recursive: true });
  for (const [name, text] of Object.entries(more)) writeFileSync(join(place, name), text);
  run(place, 'all.ts' in more ? 'all.ts' : 'main.ts');
  return place;
}

/** What terraform is told by a stack, such as `cdktf.out/stacks/dev`, without where it came from. */
export function configurationOf(place: string, stack: string): unknown {
  const text = readFileSync(join(place, stack, 'cdk.tf.json'), 'utf8');
  const {
    '//': _,
    terraform,
    ...rest
  } = JSON.parse(text, (key, value) => (key === '//' ? undefined : value));
  return { ...rest, providers: terraform.required_providers };
}
