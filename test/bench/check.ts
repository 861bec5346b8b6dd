/**
 * Fails if the build in dist has become slower than test/bench/check.json says: `make bench-check`; `ROUNDS=5`, and
 * `KEEP=1` to keep what was measured as the new measure.
 *
 * What is compared is CPU time, as a ratio to a provider that answers everything with nothing on the same runtime. Both
 * take turns, and the least of all rounds counts: so neither other machines nor busy neighbours matter much.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runScript } from '../../scripts/run-script';
import { buildPlugin } from '../support/build-plugin';
import { comparison, type Figures } from './compare-figures';
import { measureSteps, type StepCost } from './rpc-load';
import { type Step, withSteps } from './rpc-requests';

const executable = 'dist/native/terraform-provider-domo';
const kept = 'test/bench/check.json';
const clients = 1000;
const warmTurns = 2;

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-check-'));
  try {
    const reference = join(folder, 'reference');
    process.env.TEST_RUNTIME = 'bun';
    buildPlugin(join(__dirname, 'reference/main.ts'), reference);
    const measured: Record<string, number> = {};
    await withSteps(executable, clients, async (steps, settings) => {
      Object.assign(measured, await ratios('a new client', reference, settings, steps.slice(0, 2)));
      Object.assign(measured, await ratios('an unchanged client', reference, settings, steps.slice(2)));
    });
    if (process.env.KEEP) writeFileSync(kept, `${JSON.stringify(measured, null, 2)}\n`);
    const { lines, worse } = comparison(JSON.parse(readFileSync(kept, 'utf8')) as Figures, measured);
    process.stdout.write(`${lines.join('\n')}\n`);
    if (worse.length > 0) throw new Error(`Slower by more than a tenth: ${worse.join('; ')}.`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The CPU time of the build and of the reference for the same requests: the one divided by the other. */
async function ratios(
  what: string,
  reference: string,
  settings: Readonly<Record<string, string>>,
  steps: readonly Step[],
): Promise<Figures> {
  const own: StepCost[] = [];
  const other: StepCost[] = [];
  for (let round = 0; round < Number(process.env.ROUNDS ?? 5); round++) {
    own.push(await measureSteps(executable, settings, steps, warmTurns));
    other.push(await measureSteps(reference, settings, steps, warmTurns));
  }
  const least = (costs: readonly StepCost[], when: keyof StepCost, threads: 'all' | 'main') =>
    Math.min(...costs.map((cost) => cost[when][threads]));
  const ratio = (when: keyof StepCost, threads: 'all' | 'main') =>
    Math.round((100 * least(own, when, threads)) / least(other, when, threads)) / 100;
  return {
    [`start, main thread, before ${what}`]: ratio('start', 'main'),
    [`${what}, first RPCs, all threads`]: ratio('cold', 'all'),
    [`${what}, first RPCs, main thread`]: ratio('cold', 'main'),
    [`${what}, later RPCs, main thread`]: ratio('warm', 'main'),
  };
}

void runScript(main);
