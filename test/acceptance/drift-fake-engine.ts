import { execFile } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findProgram } from '../../scripts/find-program';
import { skipped } from '../support/skipped';
import { tempFolder } from '../support/temp';
import { needed, pathWith, type Reader, type Report, readers, script } from './drift-support';

/** What a fake engine says and does. Text is printed as it is, everything else as JSON. */
export interface Play {
  /** What `show -json` prints of the plan; without it `plan` leaves no plan. */
  readonly plan?: unknown;
  /** What `plan -json` prints, one line each. */
  readonly events?: readonly unknown[];
  /** How `plan` ends: a code, or a signal that it gets. */
  readonly ends?: number | 'KILL';
  /** How `show` ends. */
  readonly showEnds?: number;
  /** What `plan` writes to stderr. */
  readonly stderr?: string;
}

/** What of a machine may differ; `sh` and `awk` as this machine has them, unless they are given. */
export interface Machine {
  readonly reader: Reader;
  /** The command for the shell, and for awk: one or two words, such as `busybox sh`. */
  readonly sh?: string;
  readonly awk?: string;
  /** Whether the reader dies when it is called. */
  readonly readerDies?: boolean;
}

/** How a run of the script ended, what it printed, what it reported, and how the engine was called. */
export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly markdown: string;
  readonly junit: string;
  readonly json: Report;
  /** The arguments of `plan` and of `show`, and the variables `TF_CLI_ARGS*` that they saw. */
  readonly calls: { args: string[]; env: Record<string, string> }[];
}

const variables = ['TF_CLI_ARGS', 'TF_CLI_ARGS_plan', 'TF_CLI_ARGS_show'];

/** It writes down arguments and variables with a NUL after each, and starts as little as it can. */
const engine = ({ ends, showEnds }: { ends: number | 'KILL'; showEnds: number }) => `#!/bin/sh
here=\${0%/*}
shift
{
  ${variables.map((name) => `[ -z "\${${name}+set}" ] || printf '%s\\0' "${name}=$${name}"`).join('\n  ')}
} >"$here/env-$1"
printf '%s\\0' "$@" >"$here/args-$1"
printf '%s\\n' "$1" >>"$here/calls"
if [ "$1" = show ]; then
  cat "$here/shown"
  exit ${showEnds}
fi
cat "$here/stderr" >&2
cat "$here/events"
for last; do :; done
[ ! -f "$here/shown" ] || echo 'a plan' >"\${last#-out=}"
${ends === 'KILL' ? 'kill -KILL $$' : `exit ${ends}`}
`;

const text = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));

/** The commands of this machine that are shells, or awks: those that the kit may meet. */
export function variants(what: 'sh' | 'awk'): string[] {
  const own = what === 'sh' ? ['sh'] : ['mawk', 'gawk', 'original-awk'];
  return [...own, `busybox ${what}`].filter((command) => {
    const isThere = findProgram(command.split(' ')[0] ?? '') !== undefined;
    if (!isThere) skipped(`the drift kit with ${command}`, 'it is not on this machine');
    return isThere;
  });
}

/** Each reader and each of those commands at least once, rather than each with each. */
export function machines(what: 'sh' | 'awk'): [name: string, machine: Machine][] {
  const [all, commands] = [readers(), variants(what)];
  return Array.from({ length: Math.max(all.length, commands.length) }, (_, index) => {
    const reader = all[index % all.length] as Reader;
    const command = commands[index % commands.length] ?? '';
    return [`${reader} and ${command}`, { reader, [what]: command }];
  });
}

/** What the fake engine has written down, in the order of its calls. */
function readCalls(folder: string): Ended['calls'] {
  const words = (name: string) => readFileSync(join(folder, name), 'utf8').split('\0').slice(0, -1);
  const calls = join(folder, 'calls');
  const called = existsSync(calls) ? readFileSync(calls, 'utf8').trim().split('\n') : [];
  return called.map((command) => ({
    args: words(`args-${command}`),
    env: Object.fromEntries(words(`env-${command}`).map((each) => each.split(/=(.*)/s).slice(0, 2))),
  }));
}

/** A program of one name that calls another command. */
function wrap(folder: string, name: string, command: string): void {
  const [program = '', ...rest] = command.split(' ');
  const words = [findProgram(program) ?? program, ...rest].join(' ');
  writeFileSync(join(folder, name), `#!/bin/sh\nexec ${words} "$@"\n`);
  chmodSync(join(folder, name), 0o755);
}

/** How the script is called: what follows the reports, the environment, and reports in other places. */
export interface Call {
  readonly args?: readonly string[];
  readonly env?: Record<string, string>;
  readonly reports?: readonly string[];
}

/** Runs the script with a fake engine, and all three reports. */
export async function driftWith(
  { plan, events = [], ends = 0, showEnds = 0, stderr = '' }: Play,
  { reader, sh = 'sh', awk, readerDies = false }: Machine,
  { args = [], env = {}, reports: others = [] }: Call = {},
): Promise<Ended> {
  const folder = tempFolder('fake');
  const at = (name: string) => join(folder, name);
  if (plan !== undefined) writeFileSync(at('shown'), text(plan));
  writeFileSync(at('events'), events.map((event) => `${text(event)}\n`).join(''));
  writeFileSync(at('stderr'), stderr);
  writeFileSync(at('engine'), engine({ ends, showEnds }));
  chmodSync(at('engine'), 0o755);
  mkdirSync(at('temp'));
  const replaced = ['node', ...(awk ? ['awk'] : [])];
  const PATH = pathWith(needed.filter((name) => !replaced.includes(name)).concat(readerDies ? [] : reader));
  if (awk) wrap(PATH, 'awk', awk);
  if (readerDies) wrap(PATH, reader, 'false');
  const [shell = 'sh', ...options] = sh.split(' ');
  const reports = ['--markdown', at('drift.md'), '--junit', at('drift.xml'), '--json', at('drift.json')];
  const words = [...options, script, 'governance', ...reports, ...others, ...args];
  const surroundings = { cwd: folder, env: { PATH, TF: at('engine'), TMPDIR: at('temp'), ...env } };
  const ended = await new Promise<Pick<Ended, 'code' | 'stdout' | 'stderr'>>((resolve) => {
    execFile(findProgram(shell) ?? shell, words, surroundings, (error, stdout, stderr) =>
      resolve({ code: Number(error?.code ?? 0), stdout, stderr }),
    );
  });
  const read = (name: string) => readFileSync(at(name), 'utf8');
  return {
    ...ended,
    markdown: read('drift.md'),
    junit: read('drift.xml'),
    json: JSON.parse(read('drift.json')) as Report,
    calls: readCalls(folder),
  };
}
