import { execFileSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { basename, dirname, join } from 'node:path';
import type { Engine } from '../support/terraform';
import type { Contender } from './contenders';

/** Where the figures come from: without it they mean nothing. */
export interface Surroundings {
  readonly date: string;
  readonly commit: string;
  readonly processor: string;
  readonly cores: number;
  readonly memoryGB: number;
  readonly system: string;
  readonly engine: string;
  readonly node: string;
  readonly bun: string;
  /** By name: what it is, and its size in MB. */
  readonly contenders: Readonly<Record<string, { readonly about: string; readonly megabytes?: number }>>;
}

const text = (program: string, ...args: string[]) => execFileSync(program, args, { encoding: 'utf8' }).trim();

export function surroundings(engine: Engine, all: readonly Contender[]): Surroundings {
  return {
    date: new Date().toISOString().slice(0, 10),
    commit: text('git', 'describe', '--always', '--dirty', '--exclude=*'),
    processor: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memoryGB: Math.round(totalmem() / 2 ** 30),
    system: text('uname', '-sr'),
    engine: engine.name,
    node: process.versions.node,
    bun: text('node_modules/bun/bin/bun.exe', '--version'),
    contenders: Object.fromEntries(
      all.map(({ name, about, executable }) => [
        name,
        { about, ...(executable && { megabytes: megabytesOf(executable) }) },
      ]),
    ),
  };
}

/** Of an executable and what lies beside it under its name. */
function megabytesOf(executable: string): number {
  const folder = dirname(executable);
  const files = readdirSync(folder).filter((file) => file.startsWith(basename(executable)));
  const bytes = files.reduce((sum, file) => sum + statSync(join(folder, file)).size, 0);
  return Math.round(bytes / 1e5) / 10;
}
