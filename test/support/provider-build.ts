import {
  accessSync,
  constants,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { tempFolder } from './temp';

/** A filesystem mirror, ready for a workspace: its folder and the provider addresses that it serves. */
export type Mirror = { path: string; addresses: string[] };

const repository = resolve(__dirname, '../..');
const registries = ['registry.terraform.io', 'registry.opentofu.org'] as const;
const goPlatforms: Record<string, string> = { win32: 'windows' };
const goArchitectures: Record<string, string> = { x64: 'amd64', ia32: '386' };
const mirrors = new Map<string, Mirror>();

/** How a provider is started: by Node.js with its bundle, or compiled with its runtime. */
export type Build = 'node' | 'compiled';

const builds = {
  node: { place: 'dist/terraform-provider-domo', command: 'make build' },
  compiled: { place: 'dist/native/terraform-provider-domo', command: 'make native' },
} as const;

/**
 * Path of the provider executable under test: DOMO_PROVIDER, or what this build leaves in dist.
 * Throws if there is none: a test must not pass because the build is missing.
 */
export function providerExecutable(build: Build = 'node'): string {
  const { place, command } = builds[build];
  const path = resolve(repository, process.env.DOMO_PROVIDER ?? place);
  try {
    accessSync(path, constants.X_OK);
  } catch (cause) {
    throw new Error(`There is no provider executable at ${path}. Run "${command}" first.`, { cause });
  }
  return path;
}

/** The version in package.json, which is the version of the provider under test. */
export function providerVersion(): string {
  const { version } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')) as {
    version: string;
  };
  return version;
}

/**
 * The mirror of the provider under test, as both registries would name it. It is the compiled one unless a test is
 * about Node.js: engines start a provider several times a command, and that one starts in a third of the time.
 */
export function domoMirror(build: Build = 'compiled'): Mirror {
  return mirror(providerExecutable(build), providerVersion());
}

/**
 * Lays out a filesystem mirror with one provider in a temp folder:
 * `<registry>/<namespace>/<type>/<version>/<os>_<arch>/terraform-provider-<type>_v<version>`.
 * An address of two parts is offered under the registries of both Terraform and OpenTofu, one of three
 * parts (with a host) exactly there. A large executable is not copied: a script there starts it. The same arguments give the same mirror again within a test file.
 */
export function mirror(
  executable: string,
  version: string,
  { address = 'domo-governance/domo' }: { address?: string } = {},
): Mirror {
  const key = JSON.stringify([executable, version, address]);
  const known = mirrors.get(key);
  if (known && existsSync(known.path)) return known;
  const made = layOut(executable, version, address);
  mirrors.set(key, made);
  return made;
}

function layOut(executable: string, version: string, address: string): Mirror {
  const path = tempFolder('mirror');
  const addresses =
    address.split('/').length === 3 ? [address] : registries.map((registry) => `${registry}/${address}`);
  const platform = `${goPlatforms[process.platform] ?? process.platform}_${goArchitectures[process.arch] ?? process.arch}`;
  const packages = addresses.map((each) => join(path, each, version, platform));
  const [first = '', ...others] = packages;
  mkdirSync(first, { recursive: true });
  const name = `terraform-provider-${basename(address)}_v${version}`;
  if (isLarge(executable)) writeFileSync(join(first, name), scriptFor(executable), { mode: 0o755 });
  else
    for (const [from, to] of partsOf(executable, name)) {
      copyFileSync(from, join(first, to), constants.COPYFILE_FICLONE);
    }
  for (const other of others) {
    mkdirSync(dirname(other), { recursive: true });
    symlinkSync(first, other);
  }
  return { path, addresses };
}

// A compiled executable stands alone, and has a hundred megabytes. Engines read all of a package before each command, to
// compare its checksum: a quarter of the time of a small plan. With a script in its place they read a line.
function isLarge(executable: string): boolean {
  return process.platform !== 'win32' && statSync(executable).size > 10e6;
}

function scriptFor(executable: string): string {
  return `#!/bin/sh\nexec '${executable.replaceAll("'", "'\\''")}' "$@"\n`;
}

// What belongs to an executable: itself, the package.json that says how Node reads it, `<its name>.*`, and `<its name>-*`,
// which is what start.sh starts.
function partsOf(executable: string, name: string): [from: string, to: string][] {
  const folder = dirname(executable);
  const own = basename(executable);
  const beside = readdirSync(folder).filter(
    (file) => file === 'package.json' || file.startsWith(`${own}.`) || file.startsWith(`${own}-`),
  );
  return [[executable, name], ...beside.map((file): [string, string] => [join(folder, file), file])];
}
