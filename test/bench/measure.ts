import type { RunningSandbox } from '../support/running-sandbox';
import { sandboxProcess } from '../support/sandbox-process';
import type { Engine } from '../support/terraform';
import type { Contender } from './contenders';
import { type Life, type Load, measureLife, measureLoad } from './plugin-runs';
import { exponent, median } from './statistics';
import { type Operation, operations, prepareRunner, type Way } from './terraform-runs';

/** How much is measured. */
export interface Extent {
  /** How often to repeat everything that is quick. */
  readonly rounds: number;
  /** Numbers of clients. */
  readonly sizes: readonly number[];
  /** Numbers of clients for which there is only a plan, to see how it grows. */
  readonly growth: readonly number[];
}

/** Medians of one command for one number of clients. */
export interface Timing {
  readonly clients: number;
  readonly way: Way;
  readonly operation: Operation;
  readonly rounds: number;
  /** By contender. */
  readonly ms: Readonly<Record<string, number>>;
  readonly calls: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

export interface Growth {
  readonly rounds: number;
  /** Medians in ms, by contender and number of clients. */
  readonly ms: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** By contender: from each number of clients to the next. */
  readonly exponents: Readonly<Record<string, readonly number[]>>;
}

/** From this many clients on there are fewer rounds, and in each the commands that change nothing are repeated. */
export const many = 1000;
const roundsOfMany = 3;
const repetitions = 3;
const roundsOfLong = 5;
const loadSize = 1000;

const say = (line: string) => void process.stderr.write(`${line}\n`);

/** Runs all in turn, `rounds` times. Each round begins with another one, so that none is always the first. */
async function interleaved<T>(
  all: readonly T[],
  rounds: number,
  run: (each: T) => Promise<void>,
): Promise<void> {
  for (let round = 0; round < rounds; round++) {
    for (let turn = 0; turn < all.length; turn++) await run(all[(round + turn) % all.length] as T);
  }
}

type Medians<T> = Readonly<Record<string, T>>;

export async function measureLives(
  all: readonly Contender[],
  rounds: number,
): Promise<{ rounds: number; medians: Medians<Life> }> {
  say(`processes: ${rounds} rounds`);
  const runs = await collect(all, rounds, (contender, { settings }) => measureLife(contender, settings));
  return { rounds, medians: runs };
}

export async function measureLoads(
  all: readonly Contender[],
): Promise<{ rounds: number; medians: Medians<Load> }> {
  say(`RPCs: ${roundsOfLong} rounds of ${loadSize} clients`);
  const loaded = all.filter(({ startsOnly }) => !startsOnly);
  const runs = await collect(loaded, roundsOfLong, (contender, { settings }) =>
    measureLoad(contender, settings, loadSize),
  );
  return { rounds: roundsOfLong, medians: runs };
}

async function withSandbox<T>(work: (sandbox: RunningSandbox) => Promise<T>): Promise<T> {
  const sandbox = await sandboxProcess();
  return work(sandbox).finally(sandbox.close);
}

function collect<T extends object>(
  all: readonly Contender[],
  rounds: number,
  measure: (contender: Contender, sandbox: RunningSandbox) => Promise<T>,
): Promise<Medians<T>> {
  return withSandbox(async (sandbox) => {
    const processes = all.filter(({ executable }) => executable);
    const runs = new Map<Contender, T[]>(processes.map((each) => [each, []]));
    // The first one of each fills the system's caches and does not count.
    for (const each of processes) await measure(each, sandbox);
    await interleaved(processes, rounds, async (each) => {
      runs.get(each)?.push(await measure(each, sandbox));
    });
    return Object.fromEntries([...runs].map(([{ name }, values]) => [name, medianOf(values)]));
  });
}

function medianOf<T extends object>(values: readonly T[]): T {
  const fields = Object.keys(values[0] ?? {}) as (keyof T)[];
  return Object.fromEntries(
    fields.map((field) => [field, round(median(values.map((value) => Number(value[field]))))]),
  ) as T;
}

const round = (value: number) => Math.round(value * 10) / 10;

/** Plans, creates, plans again and destroys this many clients. */
export function measureTerraform(
  all: readonly Contender[],
  engine: Engine,
  clients: number,
  way: Way,
  { rounds }: Extent,
): Promise<Timing[]> {
  return withSandbox(async (sandbox) => {
    const runners = await Promise.all(
      all.map((contender) => prepareRunner(contender, clients, way, engine, sandbox)),
    );
    const times = new Map<string, number[]>();
    const calls = new Map<string, Readonly<Record<string, number>>>();
    const isLarge = clients >= many;
    const once = async ({ contender, run }: (typeof runners)[number]) => {
      for (const operation of operations) {
        const key = `${operation}|${contender.name}`;
        const repeat = isLarge && operation.endsWith('plan') ? repetitions : 1;
        for (let time = 0; time < repeat; time++) {
          const result = await run(operation);
          times.set(key, [...(times.get(key) ?? []), result.ms]);
          calls.set(key, result.calls);
        }
      }
    };
    say(`${clients} clients, ${way}: ${isLarge ? roundsOfMany : rounds} rounds`);
    // The first round fills the system's caches, and does not count. Among many clients nobody would notice it.
    if (!isLarge) for (const each of runners) await once(each);
    if (!isLarge) times.clear();
    await interleaved(runners, isLarge ? Math.min(rounds, roundsOfMany) : rounds, async (each) => once(each));
    await Promise.all(runners.map(({ cleanup }) => cleanup()));
    return operations.map((operation) => ({
      clients,
      way,
      operation,
      rounds: times.get(`${operation}|${all[0]?.name}`)?.length ?? 0,
      ms: byContender(all, ({ name }) => Math.round(median(times.get(`${operation}|${name}`) ?? []))),
      calls: byContender(all, ({ name }) => calls.get(`${operation}|${name}`) ?? {}),
    }));
  });
}

function byContender<T>(all: readonly Contender[], value: (contender: Contender) => T): Record<string, T> {
  return Object.fromEntries(all.map((contender) => [contender.name, value(contender)]));
}

/** How a plan of new clients grows with their number, without the checksum of an installed provider. */
export function measureGrowth(
  all: readonly Contender[],
  engine: Engine,
  { growth }: Extent,
): Promise<Growth> {
  say(`growth: ${roundsOfLong} rounds of plans of ${growth.join(', ')} clients`);
  return withSandbox(async (sandbox) => {
    const ms: Record<string, Record<string, number>> = byContender(all, () => ({}));
    for (const clients of growth) {
      const runners = await Promise.all(
        all.map((contender) => prepareRunner(contender, clients, 'trusted', engine, sandbox)),
      );
      const times = new Map<Contender, number[]>(all.map((each) => [each, []]));
      await interleaved(runners, roundsOfLong, async ({ contender, run }) => {
        times.get(contender)?.push((await run('plan')).ms);
      });
      for (const [{ name }, values] of times)
        ms[name] = { ...ms[name], [clients]: Math.round(median(values)) };
      await Promise.all(runners.map(({ cleanup }) => cleanup()));
    }
    const exponents = byContender(all, ({ name }) =>
      growth.slice(1).map((larger, index) => {
        const smaller = growth[index] ?? larger;
        const value = (clients: number) => [clients, ms[name]?.[clients] ?? Number.NaN] as const;
        return Math.round(exponent(value(smaller), value(larger)) * 100) / 100;
      }),
    );
    return { rounds: roundsOfLong, ms, exponents };
  });
}
