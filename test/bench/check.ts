/**
 * Fails if the build in dist has become slower than test/bench/check.json says: `make bench-check`; `ROUNDS=5`,
 * `BUILD=path` for another build, and `KEEP=1` to keep what was measured as the new measure.
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

const executable = process.env.BUILD ?? 'dist/native/terraform-provider-domo';
const kept = 'test/bench/check.json';
const clients = 1000;
const warmTurns = 2;
const rounds = Number(process.env.ROUNDS ?? 5);

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-check-'));
  try {
    const reference = join(folder, 'reference');
    process.env.TEST_RUNTIME = 'bun';
    buildPlugin(join(__dirname, 'reference/main.ts'), reference);
    const measured: Record<string, number> = {};
    await withSteps(executable, clients, async (steps, settings) => {
      const [starts, created, unchanged] = [
        // One is over so soon that it takes many until the least of both is steady.
        await takeTurns(reference, settings, [], rounds * 6),
        await takeTurns(reference, settings, steps.slice(0, 2), rounds),
        await takeTurns(reference, settings, steps.slice(2), rounds),
      ];
      measured['a start, main thread'] = ratio([...starts, ...created, ...unchanged], 'start', 'main');
      Object.assign(measured, ratiosOf('a new client', created));
      Object.assign(measured, ratiosOf('an unchanged client', unchanged));
    });
    if (process.env.KEEP) writeFileSync(kept, `${JSON.stringify(measured, null, 2)}\n`);
    const { lines, worse } = comparison(JSON.parse(readFileSync(kept, 'utf8')) as Figures, measured);
    process.stdout.write(`${lines.join('\n')}\n`);
    if (worse.length > 0) throw new Error(`Slower by more than a tenth: ${worse.join('; ')}.`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

interface Round {
  readonly own: StepCost;
  readonly other: StepCost;
}

async function takeTurns(
  reference: string,
  settings: Readonly<Record<string, string>>,
  steps: readonly Step[],
  count: number,
): Promise<Round[]> {
  const turns: Round[] = [];
  for (let turn = 0; turn < count; turn++) {
    const own = await measureSteps(executable, settings, steps, warmTurns);
    turns.push({ own, other: await measureSteps(reference, settings, steps, warmTurns) });
  }
  return turns;
}

function ratiosOf(what: string, rounds: readonly Round[]): Figures {
  return {
    [`${what}, first RPCs, all threads`]: ratio(rounds, 'cold', 'all'),
    [`${what}, first RPCs, main thread`]: ratio(rounds, 'cold', 'main'),
    [`${what}, later RPCs, main thread`]: ratio(rounds, 'warm', 'main'),
  };
}

/** The least CPU time of the build divided by that of the reference. */
function ratio(rounds: readonly Round[], when: keyof StepCost, threads: 'all' | 'main'): number {
  const least = (which: keyof Round) => Math.min(...rounds.map((round) => round[which][when][threads]));
  return Math.round((100 * least('own')) / least('other')) / 100;
}

void runScript(main);
