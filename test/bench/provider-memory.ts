import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';

/** The most at one moment, of all provider processes of an engine together. */
export interface Peak {
  readonly processes: number;
  /** In MB, with what processes share counted in each of them. */
  readonly resident: number;
  /** In MB, with what processes share counted once. */
  readonly proportional: number;
}

/** Looks at the provider processes of an engine every 50 ms until `done` settles. Only Linux tells. */
export async function peakUntil(done: Promise<unknown>, engine: number): Promise<Peak> {
  let [hasEnded, processes, resident, proportional] = [false, 0, 0, 0];
  const end = () => {
    hasEnded = true;
  };
  done.then(end, end);
  while (!hasEnded) {
    const all = childrenOf(engine).flatMap(memoryOf);
    const sum = (of: (each: Memory) => number) => all.reduce((total, each) => total + of(each), 0) / 1024;
    processes = Math.max(processes, all.length);
    resident = Math.max(
      resident,
      sum((each) => each.resident),
    );
    proportional = Math.max(
      proportional,
      sum((each) => each.proportional),
    );
    await wait(50);
  }
  return { processes, resident, proportional };
}

/** An engine starts nothing else than providers. */
function childrenOf(parent: number): number[] {
  const threads = readable(() => readdirSync(`/proc/${parent}/task`)) ?? [];
  return threads.flatMap((thread) => {
    const text = readable(() => readFileSync(`/proc/${parent}/task/${thread}/children`, 'utf8')) ?? '';
    return text.split(' ').filter(Boolean).map(Number);
  });
}

/** In kB. */
interface Memory {
  readonly resident: number;
  readonly proportional: number;
}

function memoryOf(pid: number): Memory[] {
  const text = readable(() => readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'));
  const of = (name: string) => Number(text?.match(new RegExp(`^${name}: *(\\d+) kB`, 'm'))?.[1] ?? 0);
  return text === undefined ? [] : [{ resident: of('Rss'), proportional: of('Pss') }];
}

/** Undefined if the process has ended meanwhile. */
function readable<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
