import { chmodSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, delimiter, dirname, join, resolve } from 'node:path';
import { readElf } from '../../scripts/release/inspect/elf';
import { type NativeBuild, startedParts } from '../../scripts/starter/parts';
import { nodeExecutable } from '../../scripts/test-builds/nodes';
import { type Mirror, mirror, providerVersion } from '../support/provider-build';
import { tempFolder } from '../support/temp';

/** What is measured side by side. */
export interface Contender {
  /** One word, for tables and results. */
  readonly name: string;
  readonly about: string;
  /** Absent for what Terraform does without a provider. */
  readonly executable?: string;
  /** What its process needs in the environment, in addition to the provider's settings. */
  readonly env: Readonly<Record<string, string>>;
  /** It differs from another one only in its starts, so larger configurations show nothing new. */
  readonly startsOnly?: boolean;
}

/** Terraform's own resource, which no provider can be quicker than: the same count, the same values. */
const floor: Contender = { name: 'floor', about: 'terraform_data, built into Terraform', env: {} };

const bundle = 'dist/terraform-provider-domo';
const native = 'dist/native/terraform-provider-domo';

/**
 * Everything to measure: the floor, the builds of this repository as a release installs them on Linux, and the Go provider
 * at PEER, which gets every variable that begins with PEER_, of which PEER_SAME_WORK is 1 if it is not set. Throws if one of
 * them is not built.
 */
export function contenders(env: NodeJS.ProcessEnv): Contender[] {
  const own: Contender[] = [
    { name: 'node', about: 'the bundle, on the Node.js of the machine', executable: bundle, env: {} },
    {
      name: 'node24',
      about: 'the same on Node.js 24, which keeps what it has compiled',
      executable: bundle,
      env: {},
      startsOnly: true,
    },
    { name: 'bun', about: 'the compiled build', executable: native, env: {} },
  ];
  const peer = env.PEER && {
    name: 'peer',
    about: `the Go provider ${basename(env.PEER)}`,
    executable: env.PEER,
    // It asks Domo for the same things unless it is told otherwise.
    env: Object.fromEntries([
      ['PEER_SAME_WORK', '1'],
      ...Object.entries(env).flatMap(([name, value = '']) =>
        name.startsWith('PEER_') ? [[name, value]] : [],
      ),
    ]),
  };
  const only = env.ONLY?.split(',');
  const all = [floor, ...own, ...(peer ? [peer] : [])].filter(({ name }) => !only || only.includes(name));
  return all.map((contender) => (own.includes(contender) ? asInstalled(built(contender)) : built(contender)));
}

function built(contender: Contender): Contender {
  if (!contender.executable) return contender;
  const executable = resolve(contender.executable);
  if (!existsSync(executable)) {
    throw new Error(
      `There is no ${contender.name} to measure at ${executable}. Run "make build native" first.`,
    );
  }
  return { ...contender, executable };
}

/** One of our builds in a folder of its own, with what starts it. */
function asInstalled(contender: Contender): Contender {
  const folder = tempFolder(contender.name);
  const [script, ...others] = startedParts(
    bundle,
    providerVersion(),
    contender.name === 'bun' ? nativeBuild() : undefined,
  );
  if (!script) throw new Error('There is nothing that starts the provider.');
  const executable = join(folder, basename(bundle));
  for (const { name, content, executable: isExecutable } of [
    { ...script, name: basename(bundle) },
    ...others,
  ]) {
    writeFileSync(join(folder, name), content);
    if (isExecutable) chmodSync(join(folder, name), 0o755);
  }
  if (contender.name !== 'node24') return { ...contender, executable };
  const PATH = `${dirname(nodeExecutable(24))}${delimiter}${process.env.PATH}`;
  return { ...contender, executable, env: { PATH, XDG_CACHE_HOME: tempFolder('cache') } };
}

function nativeBuild(): NativeBuild {
  const content = readFileSync(native);
  const loader = readElf(content).interpreter;
  if (loader === undefined) throw new Error(`${native} names no loader.`);
  return { content, loader };
}

/** Where an engine installs a contender from. */
export function mirrorsOf({ executable }: Contender): Mirror[] {
  return executable ? [mirror(executable, providerVersion())] : [];
}

/** The folder in that mirror with the contender's executable. */
export function packageFolder(contender: Contender): string {
  const [{ path = '', addresses: [address = ''] = [] } = {}] = mirrorsOf(contender);
  const version = join(path, address, providerVersion());
  return join(version, readdirSync(version)[0] ?? '');
}

/** A configuration with this many clients, or with their nearest equivalent without a provider. */
export function configuration(contender: Contender, count: number): string {
  const values = `name        = "bench-\${count.index}"
    description = "One of many. Owner: the benchmark."
    scopes      = ["data", "user"]`;
  if (!contender.executable) {
    return `resource "terraform_data" "client" {
  count = ${count}
  input = {
    ${values}
  }
}
`;
  }
  return `terraform {
  required_providers {
    domo = { source = "domo-governance/domo" }
  }
}

provider "domo" {}

resource "domo_api_client" "client" {
  count = ${count}
    ${values}
}
`;
}
