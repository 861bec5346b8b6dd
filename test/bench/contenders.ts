import { existsSync, readdirSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { type Mirror, mirror, providerVersion } from '../support/provider-build';

/** What is measured side by side. */
export interface Contender {
  /** One word, for tables and results. */
  readonly name: string;
  readonly about: string;
  /** Absent for what Terraform does without a provider. */
  readonly executable?: string;
  /** What its process needs in the environment, in addition to the provider's settings. */
  readonly env: Readonly<Record<string, string>>;
}

/** Terraform's own resource, which no provider can be quicker than: the same count, the same values. */
const floor: Contender = { name: 'floor', about: 'terraform_data, built into Terraform', env: {} };

/**
 * Everything to measure: the floor, both builds of this repository, and the Go provider at PEER, which gets
 * every variable that begins with PEER_, of which PEER_SAME_WORK is 1 if it is not set. Throws if one of them is not built.
 */
export function contenders(env: NodeJS.ProcessEnv): Contender[] {
  const own: Contender[] = [
    { name: 'node', about: 'the bundle, on Node.js', executable: 'dist/terraform-provider-domo', env: {} },
    { name: 'bun', about: 'the compiled build', executable: 'dist/native/terraform-provider-domo', env: {} },
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
  return all.map(built);
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
