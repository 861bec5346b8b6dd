import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { findProgram } from '../../scripts/find-program';
import { leaksIn } from '../support/leaks';
import { domoMirror, type Mirror } from '../support/provider-build';
import { skipped } from '../support/skipped';
import { tempFolder } from '../support/temp';
import { type Engine, type Workspace, workspace } from '../support/terraform';
import { makeByHand } from './examples-support';
import { age } from './faults-support';
import { installedWorkspace, openSandbox } from './setup';

export const kit = resolve(__dirname, '../../examples/drift');
export const script = join(kit, 'drift.sh');

/** What reads the plan: the machine has only one of them. */
export type Reader = 'jq' | 'node';

/** The readers that can be tried here; in CI a missing one is a failure. */
export function readers(): Reader[] {
  if (findProgram('jq') || process.env.CI === 'true') return ['jq', 'node'];
  skipped('the drift kit with jq', 'there is no jq; install it');
  return ['node'];
}

/** What a reader is given: the texts of files, and two arguments. */
export interface Documents {
  readonly plan: string;
  readonly events: string;
  readonly stderr: string;
  readonly code: string;
  readonly partial: string;
}

/** The facts that a reader finds in each, all of them in one process. */
export function factsOf(
  reader: Reader,
  all: readonly Documents[],
  env: Record<string, string> = {},
): string[] {
  const [program, args, input] = reader === 'jq' ? inOneJq(all) : inOneNode(all);
  const surroundings = { PATH: process.env.PATH, ...env };
  const ended = spawnSync(program, args, { input, env: surroundings, encoding: 'utf8', maxBuffer: 2 ** 30 });
  expect([ended.status, ended.stderr]).toEqual([0, '']);
  return ended.stdout.split('next\n').slice(0, -1);
}

type Command = [program: string, args: string[], input: string];

/** With the text of facts.jq within a loop. */
function inOneJq(all: readonly Documents[]): Command {
  const bound = ['plan', 'events', 'code', 'partial', 'stderr'].map((name) => `.${name} as $${name} | `);
  const program = `.[] | ${bound.join('')} ((${readFileSync(join(kit, 'facts.jq'), 'utf8')}\n), "next")`;
  return ['jq', ['-r', '--slurpfile', 'shapes', join(kit, 'shapes.json'), program], JSON.stringify(all)];
}

/** It loads facts.js anew for each. */
function inOneNode(all: readonly Documents[]): Command {
  const folder = tempFolder('facts');
  const calls = all.map(({ code, partial, ...files }, index) => {
    const own = join(folder, String(index));
    mkdirSync(own);
    for (const [name, text] of Object.entries(files)) writeFileSync(join(own, name), text);
    return [code, partial, ...['plan', 'events', 'stderr'].map((name) => join(own, name))];
  });
  const program = `
    const facts = ${JSON.stringify(join(kit, 'facts.js'))};
    for (const args of JSON.parse(require('node:fs').readFileSync(0, 'utf8'))) {
      process.argv = ['node', facts, ...args];
      delete require.cache[facts];
      require(facts);
      console.log('next');
    }`;
  return [process.execPath, ['-e', program], JSON.stringify(calls)];
}

/** What the script needs of a machine besides the engine and a reader; the provider needs node. */
export const needed = ['sh', 'awk', 'basename', 'cat', 'date', 'dirname', 'grep', 'mktemp', 'rm', 'node'];

/** The JSON report, as docs/guides/drift-detection.md describes it. */
export interface Fact {
  readonly kind: string;
  readonly address?: string;
  readonly name?: string;
  readonly id?: string;
  readonly new_id?: string;
  readonly scopes?: string[];
  readonly new_scopes?: string[];
  readonly action?: string;
  readonly message?: string;
  readonly import_block?: string;
}
export interface Report {
  readonly version: 1;
  readonly result: string;
  readonly exit_code: number;
  readonly partial: boolean;
  readonly directory: string;
  readonly errors: Fact[];
  readonly findings: Fact[];
  readonly not_drift: Fact[];
}

/** One run: how it ended, what it printed, and its three reports. */
export interface Told {
  readonly code: number | null;
  readonly text: string;
  readonly markdown: string;
  readonly junit: string;
  readonly json: Report;
}

/** The beginning of every configuration here. */
export const requirement = `terraform {
  required_providers {
    domo = {
      source = "domo-governance/domo"
    }
  }
}
`;
/** API clients of these names. */
export const clients = (...names: string[]) => `resource "domo_api_client" "team" {
  for_each = toset(${JSON.stringify(names)})
  name     = each.key
  scopes   = ["data", "user"]
}
`;
/** A configuration with three of them. */
export const plain = requirement + clients('one', 'two', 'three');
/** The address of the client of that name. */
export const at = (name: string) => `domo_api_client.team["${name}"]`;

/** What sort of things a report lists. */
export const kinds = (facts: readonly Fact[]) => facts.map(({ kind }) => kind);

/** A folder for the PATH with these programs alone. */
export function pathWith(programs: readonly string[]): string {
  const folder = join(tempFolder('path'), 'bin');
  mkdirSync(folder);
  for (const program of programs) {
    const path = findProgram(program);
    if (!path) throw new Error(`There is no ${program} on this machine, and this test needs it.`);
    symlinkSync(path, join(folder, program));
  }
  return folder;
}

/** The PATH of a machine that has this reader and not the other one. The provider itself always needs node. */
function machineWith(reader: Reader): string {
  if (reader === 'jq') return pathWith([...needed, 'jq']);
  return pathWith(needed);
}

/** A configuration that is applied, in a sandbox of its own, and the script to run on it. */
export async function setUpDrift(...described: Parameters<typeof layOutDrift>) {
  const laidOut = await layOutDrift(...described);
  await laidOut.apply();
  // A plan would wait for a client that was created a moment ago and has gone.
  age(laidOut.governance);
  return laidOut;
}

/** The same before it is applied. */
export async function layOutDrift(
  engine: Engine,
  reader: Reader,
  configuration: string,
  others: Mirror[] = [],
) {
  const sandbox = await openSandbox();
  const PATH = machineWith(reader);
  const temp = tempFolder('drift');
  const work = await installed(engine, { 'governance/main.tf': configuration }, sandbox.settings, others);
  const governance = {
    read: (name: string) => work.read(`governance/${name}`),
    write: (name: string, text: string) => work.write(`governance/${name}`, text),
  };
  const inFolder = (...args: string[]) => work.run('-chdir=governance', ...args);

  const read = (name: string) => (existsSync(join(work.folder, name)) ? work.read(name) : '');
  const reports = ['--markdown', 'drift.md', '--junit', 'drift.xml', '--json', 'drift.json'];

  const start = (env: Record<string, string> = {}, ...args: string[]) =>
    work.program(script, ['governance', ...reports, ...args], { PATH, TMPDIR: temp, ...env });

  async function told(running: ReturnType<typeof start>): Promise<Told> {
    const { code, text } = await running.done;
    const [markdown, junit, json] = ['drift.md', 'drift.xml', 'drift.json'].map(read) as [
      string,
      string,
      string,
    ];
    expect(leaksIn(markdown + junit + json)).toEqual([]);
    const report = JSON.parse(json) as Report;
    expect(report.exit_code).toBe(code);
    return { code, text, markdown, junit, json: report };
  }

  return {
    sandbox,
    work,
    /** The files of the configuration. */
    governance,
    /** Writes the configuration anew. */
    configure: (text: string) => governance.write('main.tf', text),
    apply: () => succeed(inFolder('apply', '-no-color', '-auto-approve')),
    start,
    told,
    /** Runs the script to its end. */
    drift: (env?: Record<string, string>, ...args: string[]) => told(start(env, ...args)),
    /** Where the script keeps what it needs while it runs. */
    temp,
    /** The id of the client of that name. */
    async idOf(name: string) {
      const clients = (await sandbox.control('GET', 'clients')) as { id: number; name: string }[];
      return String(clients.find((client) => client.name === name)?.id);
    },
    byHand: (name: string, ...scopes: string[]) => makeByHand(sandbox, 'creator', name, scopes),
    /** Revokes the client of that name. */
    async revoke(name: string) {
      const clients = (await sandbox.control('GET', 'clients')) as { id: number; name: string }[];
      await sandbox.revoke(clients.find((client) => client.name === name)?.id);
    },
  };
}

/** A workspace whose folder `governance` is initialized. */
async function installed(
  engine: Engine,
  files: Record<string, string>,
  env: Record<string, string>,
  others: Mirror[],
): Promise<Workspace> {
  if (others.length === 0) {
    const work = await installedWorkspace(engine, files, env);
    copyFileSync(join(work.folder, lock), join(work.folder, 'governance', lock));
    return work;
  }
  const work = workspace({ engine, mirrors: [domoMirror(), ...others], files, env });
  await succeed(work.run('-chdir=governance', 'init', '-no-color'));
  return work;
}

const lock = '.terraform.lock.hcl';

async function succeed(running: ReturnType<Workspace['run']>): Promise<void> {
  const { code, text } = await running;
  if (code !== 0) throw new Error(text);
}
