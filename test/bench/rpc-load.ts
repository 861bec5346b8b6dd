import type { ServiceDefinition } from '@grpc/grpc-js';
import { ProviderClient, ProviderService } from '../../provider/protocol/generated/tfplugin6';
import { rpcsOf } from '../protocol/provider-support';
import { type Launched, launch, terraformEnvironment } from '../support/plugin-client';
import { type Cpu, cpuOf } from './process-cpu';
import type { Step } from './rpc-requests';

/** What an RPC of one step took, in µs: the first ones of a process, and those after them. */
export interface StepCost {
  readonly cold: Cost;
  readonly warm: Cost;
  /** The process until it is configured, `wall` from its start; in µs. */
  readonly start: Cost;
}

export interface Cost extends Cpu {
  readonly wall: number;
}

/** Resources that Terraform works on at the same time. */
const parallelism = 10;

/**
 * Sends all requests of some steps to a new process, step by step: once, and then `warmTurns` times more.
 */
export async function measureSteps(
  executable: string,
  settings: Readonly<Record<string, string>>,
  steps: readonly Step[],
  warmTurns: number,
): Promise<StepCost> {
  const began = performance.now();
  const plugin = await launch(executable, { env: terraformEnvironment });
  try {
    const client = plugin.connect(ProviderClient);
    const provider = rpcsOf(client);
    const turn = async () => {
      // A new run: whatever the provider says once in a run, it says again.
      await provider.configure(settings);
      const spent: Cost[] = [];
      for (const step of steps) {
        await checkedAnswer(client, step.method, step.first);
        spent.push(await spentOn(plugin, () => sendAll(client, step)));
      }
      return each(sumOf(spent), steps.length * (steps[0]?.requests.length ?? 0));
    };
    await provider.configure(settings);
    const start = { ...cpuOf(plugin.process.pid), wall: (performance.now() - began) * 1000 };
    const cold = await turn();
    const warm: Cost[] = [];
    for (let more = 0; more < warmTurns; more++) warm.push(await turn());
    return { cold, warm: each(sumOf(warm), warmTurns), start };
  } finally {
    await plugin.stop();
  }
}

async function spentOn({ process: { pid } }: Launched, work: () => Promise<void>): Promise<Cost> {
  const [before, began] = [cpuOf(pid), performance.now()];
  await work();
  const [after, ended] = [cpuOf(pid), performance.now()];
  return { all: after.all - before.all, main: after.main - before.main, wall: (ended - began) * 1000 };
}

async function sendAll(client: ProviderClient, { method, requests }: Step): Promise<void> {
  let next = 0;
  const worker = async () => {
    while (next < requests.length) await send(client, method, requests[next++] as Buffer);
  };
  await Promise.all(Array.from({ length: parallelism }, worker));
}

/** What is measured must be what happens in a run without problems. */
async function checkedAnswer(client: ProviderClient, method: Step['method'], bytes: Buffer): Promise<void> {
  const { responseDeserialize } = (ProviderService as ServiceDefinition)[method] as ServiceDefinition[string];
  const { diagnostics } = responseDeserialize(await send(client, method, bytes)) as { diagnostics: object[] };
  if (diagnostics.length > 0) throw new Error(`${method}: ${JSON.stringify(diagnostics)}`);
}

function send(client: ProviderClient, method: Step['method'], bytes: Buffer): Promise<Buffer> {
  const { path } = ProviderService[method];
  return new Promise((resolve, reject) => {
    client.makeUnaryRequest(path, asIs, asIs, bytes, (error, answer) =>
      error || !answer ? reject(error) : resolve(answer),
    );
  });
}

const asIs = (bytes: Buffer) => bytes;

function sumOf(costs: readonly Cost[]): Cost {
  const sum = (field: keyof Cost) => costs.reduce((total, cost) => total + cost[field], 0);
  return { all: sum('all'), main: sum('main'), wall: sum('wall') };
}

const each = ({ all, main, wall }: Cost, count: number): Cost => ({
  all: all / count,
  main: main / count,
  wall: wall / count,
});
