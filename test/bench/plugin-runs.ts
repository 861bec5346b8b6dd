import { readFileSync } from 'node:fs';
import type { WireValue } from '../../provider/framework/schema/unknown';
import { ProviderClient, type Schema } from '../../provider/protocol/generated/tfplugin6';
import { fromWire, toWire } from '../../provider/protocol/wire/values';
import { errorsOf, type ProviderRpcs, record, rpcsOf } from '../protocol/provider-support';
import { type Launched, launch, terraformEnvironment } from '../support/plugin-client';
import type { Contender } from './contenders';
import { type Cpu, cpuOf } from './process-cpu';

/** What one run of a provider's process took, driven without Terraform. Times in ms, memory in MB. */
export interface Life {
  readonly startToHandshake: number;
  /** From the handshake line to the answer of GetProviderSchema: connection, TLS, and the first RPC. */
  readonly handshakeToFirstRpc: number;
  readonly memoryAfterFirstRpc: number;
}

/** What a plan and a refresh of many resources took, in one process. */
export interface Load {
  /** Processor time of the provider for one RPC, in µs: validation and plan of a new resource, refresh of an existing one. */
  readonly cpuPerPlan: number;
  readonly cpuPerRead: number;
  /** Of the main thread alone, once it has planned many. A Go provider has no such thread. */
  readonly mainPerLaterPlan: number;
  readonly memoryAfterPlans: number;
  readonly peakMemory: number;
}

type Settings = Readonly<Record<string, string>>;

/** Resources that Terraform works on at the same time. */
const parallelism = 10;

async function begin({ executable = '', env }: Contender, settings: Settings): Promise<Launched> {
  return launch(executable, { env: { ...terraformEnvironment, ...settings, ...env } });
}

export async function measureLife(contender: Contender, settings: Settings): Promise<Life> {
  const plugin = await begin(contender, settings);
  const asked = performance.now();
  await rpcsOf(plugin.connect(ProviderClient)).call('getProviderSchema');
  const answered = performance.now();
  // Not after the handshake: only now is everything loaded that a provider needs to answer.
  const memoryAfterFirstRpc = memory(plugin, 'VmRSS');
  await plugin.stop();
  return {
    startToHandshake: plugin.handshakeTook,
    handshakeToFirstRpc: answered - asked,
    memoryAfterFirstRpc,
  };
}

/** Plans, and then refreshes, this many clients. */
export async function measureLoad(contender: Contender, settings: Settings, count: number): Promise<Load> {
  const plans = await inProcess(contender, settings, async ({ plugin, provider, names }) => {
    const { all } = await cpuPerTurn(plugin, count, async (index) => {
      const config = configOf(names, index);
      await good(provider, 'validateResourceConfig', { typeName, config: toWire(config) });
      await plan(provider, config);
    });
    const memories = { memoryAfterPlans: memory(plugin, 'VmRSS'), peakMemory: memory(plugin, 'VmHWM') };
    const later = await cpuPerTurn(plugin, 3 * count, (index) => plan(provider, configOf(names, index)));
    return { cpuPerPlan: all / 2, mainPerLaterPlan: later.main, ...memories };
  });
  const state = await inProcess(contender, settings, ({ provider, names }) =>
    created(provider, configOf(names, 0)),
  );
  // As in a run: in a process of its own, which reads a list that has the client.
  const { all: cpuPerRead } = await inProcess(contender, settings, ({ plugin, provider }) =>
    cpuPerTurn(plugin, count, async () => {
      const answer = await good(provider, 'readResource', { typeName, currentState: toWire(state) });
      if (fromWire((answer as { newState: never }).newState) === null)
        throw new Error('The client is not found.');
    }),
  );
  await inProcess(contender, settings, ({ provider }) =>
    good(provider, 'applyResourceChange', {
      typeName,
      priorState: toWire(state),
      plannedState: toWire(null),
      config: toWire(null),
    }),
  );
  return { ...plans, cpuPerRead };
}

interface Configured {
  readonly plugin: Launched;
  readonly provider: ProviderRpcs;
  /** The names of the resource's attributes. */
  readonly names: readonly string[];
}

/** Runs `work` with a configured process, and ends that in any case. */
async function inProcess<T>(
  contender: Contender,
  settings: Settings,
  work: (configured: Configured) => Promise<T>,
): Promise<T> {
  const plugin = await begin(contender, settings);
  try {
    const provider = rpcsOf(plugin.connect(ProviderClient));
    const { resourceSchemas } = await provider.call('getProviderSchema');
    await provider.configure({});
    return await work({ plugin, provider, names: namesOf(resourceSchemas.domo_api_client) });
  } finally {
    await plugin.stop();
  }
}

const typeName = 'domo_api_client';

function namesOf(schema: Schema | undefined): string[] {
  if (!schema?.block) throw new Error('The provider has no resource domo_api_client.');
  return schema.block.attributes.map(({ name }) => name);
}

function configOf(names: readonly string[], index: number): WireValue {
  return record(names, {
    name: `load-${index}`,
    description: 'One of many. Owner: the benchmark.',
    scopes: ['data', 'user'],
  });
}

async function good(
  provider: ProviderRpcs,
  method: Parameters<ProviderRpcs['call']>[0],
  request: object,
): Promise<unknown> {
  const response = await provider.call(method, request);
  const errors = errorsOf(response);
  if (errors.length > 0) throw new Error(`${method}: ${errors.join('\n')}`);
  return response;
}

async function plan(provider: ProviderRpcs, config: WireValue): Promise<WireValue> {
  const response = (await good(provider, 'planResourceChange', {
    typeName,
    config: toWire(config),
    proposedNewState: toWire(config),
    priorState: toWire(null),
  })) as { plannedState: never };
  return fromWire(response.plannedState);
}

async function created(provider: ProviderRpcs, config: WireValue): Promise<WireValue> {
  const response = (await good(provider, 'applyResourceChange', {
    typeName,
    config: toWire(config),
    plannedState: toWire(await plan(provider, config)),
    priorState: toWire(null),
  })) as { newState: never };
  return fromWire(response.newState);
}

/** The provider's processor time for one of `count` turns of `work`, in µs. */
async function cpuPerTurn(
  { process: { pid } }: Launched,
  count: number,
  work: (index: number) => Promise<unknown>,
): Promise<Cpu> {
  const before = cpuOf(pid);
  let next = 0;
  const worker = async () => {
    while (next < count) await work(next++);
  };
  await Promise.all(Array.from({ length: parallelism }, worker));
  const after = cpuOf(pid);
  return { all: (after.all - before.all) / count, main: (after.main - before.main) / count };
}

function memory({ process: { pid } }: Launched, field: 'VmRSS' | 'VmHWM'): number {
  const [, kilobytes = ''] =
    new RegExp(`^${field}:\\s*(\\d+) kB`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) / 1024;
}
