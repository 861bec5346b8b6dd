/**
 * Makes the packages with typed classes for CDKTF and CDK Terrain, from the schema as the real terraform or tofu reads
 * it: the folders dist/cdktf-provider-domo and dist/cdktn-provider-domo, ready for `npm publish`, and a tarball of each
 * in dist/release, for `npm install`.
 *
 * Environment: `TF`, the engine to use instead of terraform, or else tofu, on the PATH.
 */
import { execFile } from 'node:child_process';
import {
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { promisify } from 'node:util';
import { buildSync } from 'esbuild';
import { domoProvider } from '../provider/domo/provider';
import { describeMembers, type ProviderSchema } from './bindings/describe';
import { type Flavour, flavours, packageName } from './bindings/flavours';
import { keepMapKeys } from './bindings/map-keys';
import { pack } from './bindings/pack';
import { packageJson, readme } from './bindings/package';
import { findEngine, prepareEngine } from './demo/engine';
import { runScript } from './run-script';

const bin = resolve('node_modules/.bin');
const quiet = {
  JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '1',
  JSII_SILENCE_WARNING_UNTESTED_NODE_VERSION: '1',
};

/** Writes what `providers schema -json` says, under Terraform's address whichever engine has read it; returns the file. */
async function writeSchema(scratch: string): Promise<string> {
  const signal = new AbortController().signal;
  const engine = await prepareEngine(findEngine(process.env.TF), { scratch, settings: {}, signal });
  engine.write(
    'main.tf',
    `terraform {\n  required_providers {\n    domo = {\n      source = "${domoProvider.source}"\n    }\n  }\n}\n`,
  );
  await engine.run(['init', '-no-color', '-input=false'], 0);
  const text = JSON.stringify(await engine.json('providers', 'schema', '-json'));
  const file = join(scratch, 'schema.json');
  writeFileSync(file, text.replaceAll('registry.opentofu.org/', 'registry.terraform.io/'));
  return file;
}

/** Runs a program; what it prints is shown only if it fails. */
async function run(program: string, args: string[], cwd: string): Promise<void> {
  try {
    await promisify(execFile)(program, args, { cwd, maxBuffer: 1e8, env: { ...process.env, ...quiet } });
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    throw new Error(`${program} ${args.join(' ')} has failed:\n${stdout}${stderr}`);
  }
}

/** Bundles the generator for Node alone: tsx would inspect each of the thousand modules that it loads. */
function bundleGenerator(scratch: string): string {
  const outfile = join(scratch, 'generate.cjs');
  buildSync({ entryPoints: ['scripts/bindings/generate.ts'], outfile, bundle: true, platform: 'node' });
  return outfile;
}

/** Makes the folder of a package; returns it. */
async function make(
  flavour: Flavour,
  generator: string,
  schemaFile: string,
  scratch: string,
): Promise<string> {
  const folder = resolve('dist', packageName(flavour));
  const sources = join(scratch, flavour.library);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  await run(process.execPath, [generator, flavour.library, schemaFile, sources], '.');
  cpSync(join(sources, 'providers', domoProvider.name), join(folder, 'src'), { recursive: true });
  // The index is replaced below, and only this file needs the types of Node.js, which take the compiler a second.
  rmSync(join(folder, 'src/lazy-index.ts'));
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(packageJson(flavour), null, 2)}\n`);
  writeFileSync(join(folder, 'README.md'), readme(flavour));
  copyFileSync('LICENSE', join(folder, 'LICENSE'));
  adapt(join(folder, 'src'), schemaFile);
  // The compilers look for dependencies only inside the package.
  mkdirSync(join(folder, 'node_modules'));
  for (const name of Object.keys(flavour.peerDependencies)) {
    symlinkSync(resolve('node_modules', name), join(folder, 'node_modules', name));
  }
  await run(join(bin, 'jsii'), ['--silence-warnings=reserved-word'], folder);
  await run(join(bin, 'jsii-docgen'), ['--output=API.md'], folder);
  writeFileSync(
    join(folder, 'lib/index.js'),
    lazyIndex(readFileSync(join(folder, 'lib/index.d.ts'), 'utf8')),
  );
  for (const left of ['src', 'node_modules', 'tsconfig.json', 'lib/tsconfig.tsbuildinfo']) {
    rmSync(join(folder, left), { recursive: true, force: true });
  }
  return folder;
}

/** Adds the schema's descriptions to the classes that are generated from it, and keeps the keys of their maps. */
function adapt(sources: string, schemaFile: string): void {
  const { provider_schemas } = JSON.parse(readFileSync(schemaFile, 'utf8'));
  const [schema] = Object.values(provider_schemas as Record<string, ProviderSchema>);
  if (!schema) throw new Error('The engine has told no schema.');
  for (const entry of readdirSync(sources, { withFileTypes: true }).filter((each) => each.isDirectory())) {
    const file = join(sources, entry.name, 'index.ts');
    writeFileSync(file, keepMapKeys(describeMembers(readFileSync(file, 'utf8'), schema)));
  }
}

/** A stack that uses one class should not load them all. `declarations` is the index as the compiler declares it. */
function lazyIndex(declarations: string): string {
  const modules = [...declarations.matchAll(/^export \* as (\w+) from '(\S+)';$/gm)];
  const lines = modules.map(
    ([, name, path]) =>
      `Object.defineProperty(exports, '${name}', { enumerable: true, get: () => require('${path}') });\n`,
  );
  return `'use strict';\n${lines.join('')}`;
}

async function main(): Promise<void> {
  const scratch = realpathSync(mkdtempSync(join(tmpdir(), 'bindings-')));
  try {
    const schemaFile = await writeSchema(scratch);
    const generator = bundleGenerator(scratch);
    // Each of them ends before the scratch folder is removed, even if another one fails.
    const made = await Promise.allSettled(
      flavours.map((flavour) => make(flavour, generator, schemaFile, scratch)),
    );
    const folders = made.map((result) => {
      if (result.status === 'rejected') throw result.reason;
      return result.value;
    });
    for (const [index, tarball] of pack(folders, 'dist/release').entries()) {
      process.stdout.write(
        `${relative('.', folders[index] ?? '')} is built. Install it with\n  npm install ${resolve(tarball)}\n`,
      );
    }
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

void runScript(main);
