/**
 * Many instances in one provider beside as many provider aliases, with real Terraform and the compiled build, installed:
 * `node -r tsx/cjs test/bench/instances.ts`, after `make native`; `INSTANCES=50`, `CLIENTS=20`, `ROUNDS=3`,
 * `ONLY=one,aliases`.
 *
 * The first round of each measures the memory; its time does not count, unless `ROUNDS=0` makes it the only one.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { runScript } from '../../scripts/run-script';
import { type FakeDomo, fakeDomo } from '../support/fake-domo';
import { mirror, providerVersion } from '../support/provider-build';
import { cleanupAll, firstEngine, type Workspace, workspace } from '../support/terraform';
import { cpuOfEnded } from './process-cpu';
import { type Peak, peakUntil } from './provider-memory';
import { median } from './statistics';

const executable = 'dist/native/terraform-provider-domo';
const rounds = Number(process.env.ROUNDS ?? 3);
const operations = { plan: ['plan'], apply: ['apply', '-auto-approve'], 'empty plan': ['plan'] } as const;
type Operation = keyof typeof operations;

interface Variant {
  readonly name: string;
  readonly about: string;
  readonly domos: readonly FakeDomo[];
  readonly clients: number;
  readonly work: Workspace;
}

interface Figures {
  /** In ms, and in ms of processor time of the engine and its providers together. */
  readonly times: Map<Operation, number[]>;
  readonly cpuTimes: Map<Operation, number[]>;
  readonly peaks: Map<Operation, Peak>;
}

const required =
  'terraform {\n  required_providers {\n    domo = { source = "domo-governance/domo" }\n  }\n}\n';
const pointed = ({ url, token }: FakeDomo) => `base_url = "${url}"\n access_token = "${token}"`;
const values = 'description = "One of many. Owner: the benchmark."\n scopes = ["data", "user"]';

function oneProvider(domos: readonly FakeDomo[], clients: number): string {
  const entries = domos.map((domo, index) => `sandbox-${index} = {\n ${pointed(domo)}\n }\n`);
  return `${required}
provider "domo" {
 instances = {
 ${entries.join(' ')}
 }
}
resource "domo_api_client" "client" {
 # Not for_each over a computed set: Terraform would compute that anew for each instance of the resource.
 count    = ${domos.length * clients}
 instance = "sandbox-\${floor(count.index / ${clients})}"
 name     = "bench-\${count.index % ${clients}}"
 ${values}
}
`;
}

function aliases(domos: readonly FakeDomo[], clients: number): string {
  const blocks = domos.map(
    (domo, index) => `provider "domo" {
 alias = "sandbox-${index}"
 ${pointed(domo)}
}
resource "domo_api_client" "sandbox-${index}" {
 count    = ${clients}
 provider = domo.sandbox-${index}
 name     = "bench-\${count.index}"
 ${values}
}
`,
  );
  return required + blocks.join('');
}

const floor = (count: number) => `resource "terraform_data" "client" {
 count = ${count}
 input = {
  name = "bench-\${count.index}"
  ${values}
 }
}
`;

async function variants(instances: number, clients: number): Promise<Variant[]> {
  const { ONLY } = process.env;
  const all: { name: string; about: string; count: number; text: (domos: FakeDomo[]) => string }[] = [
    { name: 'floor', about: 'terraform_data alone', count: 0, text: () => floor(instances * clients) },
    { name: 'three', about: '3 instances', count: 3, text: (domos) => oneProvider(domos, clients) },
    {
      name: 'one',
      about: `${instances} instances`,
      count: instances,
      text: (domos) => oneProvider(domos, clients),
    },
    {
      name: 'aliases',
      about: `${instances} aliases`,
      count: instances,
      text: (domos) => aliases(domos, clients),
    },
  ];
  const wanted = all.filter(({ name }) => !ONLY || ONLY.split(',').includes(name));
  return Promise.all(
    wanted.map(async ({ name, about, count, text }) => {
      const domos = await Promise.all(Array.from({ length: count }, () => fakeDomo()));
      const work = workspace({
        engine: firstEngine(),
        mirrors: count > 0 ? [mirror(executable, providerVersion())] : [],
        files: { 'main.tf': text(domos) },
        searched: false,
        // The log at TRACE that the tests ask for would be measured as well.
        env: { TF_LOG: '' },
      });
      await work.init();
      return { name, about, domos, clients: count === 0 ? instances * clients : count * clients, work };
    }),
  );
}

const proof: Readonly<Record<Operation, (count: number) => string>> = {
  plan: (count) => `Plan: ${count} to add, 0 to change, 0 to destroy`,
  apply: (count) => `Resources: ${count} added, 0 changed, 0 destroyed`,
  'empty plan': () => 'No changes.',
};

async function measure(variant: Variant, { times, cpuTimes, peaks }: Figures, round: number): Promise<void> {
  const { name, domos, clients, work } = variant;
  rmSync(join(work.folder, 'terraform.tfstate'), { force: true });
  for (const domo of domos) domo.clients.clear();
  for (const operation of Object.keys(operations) as Operation[]) {
    for (const domo of domos) domo.reset();
    const [began, usedBefore] = [performance.now(), cpuOfEnded()];
    const { pid, done } = work.start(...operations[operation], '-no-color', '-input=false');
    if (round === 0) peaks.set(operation, await peakUntil(done, pid));
    const { text } = await done;
    const ms = performance.now() - began;
    if (!text.includes(proof[operation](clients))) {
      throw new Error(`${name}: ${operation} has failed: ${text.slice(-2000)}`);
    }
    if (round === 0 && rounds > 0) continue;
    times.set(operation, [...(times.get(operation) ?? []), ms]);
    cpuTimes.set(operation, [...(cpuTimes.get(operation) ?? []), cpuOfEnded() - usedBefore]);
  }
}

async function main(): Promise<void> {
  const { INSTANCES = '50', CLIENTS = '20' } = process.env;
  const all = await variants(Number(INSTANCES), Number(CLIENTS));
  const figures = all.map((): Figures => ({ times: new Map(), cpuTimes: new Map(), peaks: new Map() }));
  for (let round = 0; round <= rounds; round++) {
    for (let turn = 0; turn < all.length; turn++) {
      const index = (round + turn) % all.length;
      const began = performance.now();
      await measure(all[index] as Variant, figures[index] as Figures, round);
      const took = ((performance.now() - began) / 1000).toFixed(1);
      process.stderr.write(`round ${round}, ${all[index]?.name}: ${took} s\n`);
    }
  }
  process.stdout.write(
    `${work(all)}: ${CLIENTS} clients on each instance, medians of ${rounds || 1} rounds\n\n| | command | s | CPU, s | provider processes | MB | MB, shared pages once |\n|---|---|---:|---:|---:|---:|---:|\n`,
  );
  for (const [index, { about, domos }] of all.entries()) {
    for (const operation of Object.keys(operations) as Operation[]) {
      const { times, cpuTimes, peaks } = figures[index] as Figures;
      const { processes, resident, proportional } = peaks.get(operation) as Peak;
      const memory = domos.length > 0 ? [processes, resident, proportional].map(Math.round) : ['', '', ''];
      const seconds = [times, cpuTimes].map((all) => (median(all.get(operation) ?? []) / 1000).toFixed(1));
      process.stdout.write(`| ${[about, operation, ...seconds, ...memory].join(' | ')} |\n`);
    }
    await Promise.all(domos.map(({ close }) => close()));
  }
}

const work = ([first]: readonly Variant[]) => first?.work.engine.name ?? '';

void runScript(main).then(cleanupAll);
