/**
 * Compares what a start of each build costs, in turns, without Terraform: prints the least and the median of each figure.
 * `node -r tsx/cjs test/bench/starts.ts old=path new=path`, after `make native`; `ROUNDS=40`.
 *
 * The columns: ms from the start to the handshake line, and from there to the first response; processor time until then, of
 * the thread that runs our code and of all; and processor time of a process that is configured and plans one client.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { ProviderClient } from '../../provider/protocol/generated/tfplugin6';
import { toWire } from '../../provider/protocol/wire/values';
import { runScript } from '../../scripts/run-script';
import { errorsOf, record, rpcsOf } from '../protocol/provider-support';
import { type Launched, launch, terraformEnvironment } from '../support/plugin-client';
import { sandboxProcess } from '../support/sandbox-process';
import { median } from './statistics';

const columns = ['handshake', 'first response', 'CPU, our thread', 'CPU', 'CPU of a plan'] as const;
type Figures = Readonly<Record<(typeof columns)[number], number>>;

async function main(): Promise<void> {
  const builds = process.argv.slice(2).map((argument) => {
    const [name = '', path = ''] = argument.split('=');
    return { name, path: resolve(path), all: [] as Figures[] };
  });
  const { settings, close } = await sandboxProcess();
  const rounds = Number(process.env.ROUNDS ?? 40);
  // The first round fills the system's caches and does not count.
  for (let round = -1; round < rounds; round++) {
    for (const { path, all } of round % 2 === 0 ? builds : [...builds].reverse()) {
      const figures = { ...(await firstResponse(path)), 'CPU of a plan': await planOne(path, settings) };
      if (round >= 0) all.push(figures);
    }
  }
  await close();
  process.stdout.write(`${row(['least / median, ms', ...columns])}\n`);
  for (const { name, all } of builds) {
    const cells = columns.map((column) => {
      const values = all.map((figures) => figures[column]);
      return `${Math.min(...values).toFixed(1)} / ${median(values).toFixed(1)}`;
    });
    process.stdout.write(`${row([name, ...cells])}\n`);
  }
}

const row = (cells: readonly string[]) => cells.map((cell) => cell.padEnd(20)).join('');

async function firstResponse(executable: string): Promise<Omit<Figures, 'CPU of a plan'>> {
  const plugin = await launch(executable, { env: terraformEnvironment });
  const announced = performance.now();
  await rpcsOf(plugin.connect(ProviderClient)).call('getProviderSchema');
  const response = performance.now() - announced;
  const { main, all } = processorTime(plugin);
  await plugin.stop();
  return { handshake: plugin.handshakeTook, 'first response': response, 'CPU, our thread': main, CPU: all };
}

async function planOne(executable: string, settings: Readonly<Record<string, string>>): Promise<number> {
  const plugin = await launch(executable, { env: { ...terraformEnvironment, ...settings } });
  const provider = rpcsOf(plugin.connect(ProviderClient));
  const typeName = 'domo_api_client';
  await provider.configure({});
  const { resourceSchemas } = await provider.call('getProviderSchema');
  const names = resourceSchemas[typeName]?.block?.attributes.map(({ name }) => name) ?? [];
  const config = toWire(record(names, { name: 'bench', description: 'One.', scopes: ['data'] }));
  const errors = [
    await provider.call('validateResourceConfig', { typeName, config }),
    await provider.call('planResourceChange', {
      typeName,
      config,
      proposedNewState: config,
      priorState: toWire(null),
    }),
  ].flatMap(errorsOf);
  if (errors.length > 0) throw new Error(errors.join('\n'));
  const { all } = processorTime(plugin);
  await plugin.stop();
  return all;
}

/** Processor time that a process has used so far, in ms: more exact than the hundredths of a second in its stat file. */
function processorTime({ process: { pid } }: Launched): { readonly main: number; readonly all: number } {
  const of = (thread: string) =>
    Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]) / 1e6;
  const threads = readdirSync(`/proc/${pid}/task`);
  return { main: of(String(pid)), all: threads.map(of).reduce((sum, each) => sum + each, 0) };
}

void runScript(main);
