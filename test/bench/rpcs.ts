/**
 * What one RPC of a plan costs each build, without Terraform: `node -r tsx/cjs test/bench/rpcs.ts`, after a
 * `make build native`; half a minute for a build. Other executables can be named: `rpcs.ts before=path after=path`.
 *
 * Each step has a process to itself, which gets a request for each of 2,000 clients, ten at a time, six times: the first
 * time is `cold`, as in a plan, and the others are `warm`. The least of `ROUNDS=1` rounds is shown.
 */
import { runScript } from '../../scripts/run-script';
import { startProvider } from '../protocol/provider-support';
import { fakeDomo } from '../support/fake-domo';
import { measureSteps, type StepCost } from './rpc-load';
import { makeSteps, settingsOf } from './rpc-requests';

const clients = 2000;
const builds = ['bun=dist/native/terraform-provider-domo', 'node=dist/terraform-provider-domo'];

async function main(): Promise<void> {
  const named = process.argv.slice(2);
  for (const one of named.length > 0 ? named : builds) {
    const [name = '', executable = name] = one.split('=');
    process.stdout.write(`${name}: µs of CPU on all threads, of these on the main one, µs of time\n`);
    const domo = await fakeDomo();
    const provider = await startProvider(executable);
    const steps = await makeSteps(provider, domo, clients);
    await provider.plugin.stop();
    for (const step of [...steps.map((step) => [step]), steps.slice(0, 2), steps.slice(2)]) {
      const costs: StepCost[] = [];
      for (let round = 0; round < Number(process.env.ROUNDS ?? 1); round++) {
        costs.push(await measureSteps(executable, settingsOf(domo), step));
      }
      const title = step.length === 1 ? step[0]?.name : step.map(({ name }) => name).join(' + ');
      process.stdout.write(
        `${(title ?? '').padEnd(32)}${figures(costs, 'cold')}  ${figures(costs, 'warm')}\n`,
      );
    }
    await domo.close();
  }
}

function figures(costs: readonly StepCost[], when: keyof StepCost): string {
  const least = (field: 'all' | 'main' | 'wall') => Math.min(...costs.map((cost) => cost[when][field]));
  const cells = (['all', 'main', 'wall'] as const).map((field) => least(field).toFixed(0).padStart(6));
  return `${when}${cells.join('')}`;
}

void runScript(main);
