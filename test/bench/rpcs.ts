/**
 * What one RPC of a plan costs, without Terraform: `node -r tsx/cjs test/bench/rpcs.ts`, after a `make build native`. Other
 * executables can be named: `rpcs.ts before=path after=path`.
 *
 * Each step has a process to itself, which gets a request for each of 2,000 clients, ten at a time, six times: the first
 * time is `cold`, as in a plan, and the others are `warm`. The executables take turns; the least of `ROUNDS=1` is shown.
 * `ONLY=read` measures what begins with that.
 */
import { runScript } from '../../scripts/run-script';
import { measureSteps, type StepCost } from './rpc-load';
import { withSteps } from './rpc-requests';

const clients = 2000;
const warmTurns = 5;
const builds = ['bun=dist/native/terraform-provider-domo', 'node=dist/terraform-provider-domo'];

async function main(): Promise<void> {
  const named = process.argv.slice(2);
  const all = (named.length > 0 ? named : builds).map((one) => one.split('=') as [string, string]);
  const [[, first = ''] = []] = all;
  await withSteps(first, clients, async (steps, settings) => {
    process.stdout.write('µs for each RPC: CPU on all threads, of these on the main one, and time\n');
    for (const group of [...steps.map((step) => [step]), steps.slice(0, 2), steps.slice(2)]) {
      const title = group.map(({ name }) => name).join(' + ');
      if (!title.startsWith(process.env.ONLY ?? '')) continue;
      const costs = new Map<string, StepCost[]>(all.map(([name]) => [name, []]));
      for (let round = 0; round < Number(process.env.ROUNDS ?? 1); round++) {
        for (const [name, executable] of all) {
          costs.get(name)?.push(await measureSteps(executable, settings, group, warmTurns));
        }
      }
      process.stdout.write(`${title}\n`);
      for (const [name, rounds] of costs) {
        process.stdout.write(`  ${name.padEnd(10)}${figures(rounds, 'cold')}   ${figures(rounds, 'warm')}\n`);
      }
    }
  });
}

function figures(costs: readonly StepCost[], when: keyof StepCost): string {
  const least = (field: 'all' | 'main' | 'wall') => Math.min(...costs.map((cost) => cost[when][field]));
  const cells = (['all', 'main', 'wall'] as const).map((field) => least(field).toFixed(0).padStart(6));
  return `${when}${cells.join('')}`;
}

void runScript(main);
