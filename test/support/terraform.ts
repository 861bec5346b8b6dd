import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { type Engine, engines } from './engines';
import { keepClientIdsOf, leaksIn } from './leaks';
import type { Mirror } from './provider-build';
import { type Result, type Running, startProcess } from './running';
import { removeTempFolder, removeTempFolders, tempFolder } from './temp';
import { type JsonPlan, type State, stateOf } from './terraform-json';

export { type Engine, engines, isAtLeast } from './engines';
export type { Result, Running } from './running';
export type { JsonPlan, ResourceChange, ResourceState, State } from './terraform-json';

/** A configuration in a folder of its own, and the engine's commands on it. */
export type Workspace = {
  /** The working folder: configuration, lock file and terraform.tfstate. */
  folder: string;
  /** The TMPDIR of the engine and of its providers: what is left here after a command was leaked. */
  temp: string;
  engine: Engine;
  /** Writes a file of the configuration, by its path within the folder. */
  write(name: string, text: string): void;
  /** Reads a file of the folder, such as `terraform.tfstate`. */
  read(name: string): string;
  /** Runs any command as given (`run('plan', '-no-color')`) and returns whatever it answers. */
  run(...args: string[]): Promise<Result>;
  /**
   * Starts any command without awaiting its end: for tests that interrupt it. `done` rejects if the command
   * has let a secret out, in what it printed or in its log at TRACE.
   */
  start(...args: string[]): Running;
  /** Starts another program in the same surroundings, as {@link start} does; `TF` is the engine. */
  program(path: string, args: string[], env?: Record<string, string>): Running;
  /** `init` from the mirrors alone. This and the following throw the engine's text if it fails. */
  init(...args: string[]): Promise<Result>;
  apply(...args: string[]): Promise<Result>;
  destroy(...args: string[]): Promise<Result>;
  /** `plan -detailed-exitcode`: whether it would change anything. */
  plan(...args: string[]): Promise<'empty' | 'changes'>;
  /** The plan as `show -json` tells it. */
  planJson(...args: string[]): Promise<JsonPlan>;
  /** What the state file has, without a start of the engine. */
  state(): Promise<State>;
  /** The value of an output, sensitive or not. */
  output(name: string): Promise<unknown>;
  /** Kills what still runs and removes the folder. */
  cleanup(): Promise<void>;
};

/** What a workspace is made of; everything is optional. */
export type WorkspaceOptions = {
  /** Default: the first of {@link engines}. */
  engine?: Engine;
  /** A folder whose configuration is copied, without any state or lock file in it. */
  copyOf?: string;
  /** Files by their path within the folder; written after `copyOf`. */
  files?: Record<string, string>;
  /** Environment variables for the engine and its providers. Of the process's own, see `cleanEnvironment`. */
  env?: Record<string, string>;
  /** Whether what commands print and log is searched for secrets; true if absent. Not for providers of others. */
  searched?: boolean;
  /** The only places that providers are installed from: there is no registry and no network. */
  mirrors?: Mirror[];
};

const workspaces = new Set<Workspace>();
// An engine lives for half a second and has memory to spare; collecting it is a tenth of that.
const quickly = { GOGC: '400' };
const quiet = ['-no-color', '-input=false'];

/** Lays out a workspace in a temp folder. Several may run at the same time. */
export function workspace(options: WorkspaceOptions = {}): Workspace {
  const engine = options.engine ?? firstEngine();
  const root = tempFolder('tf');
  const [folder, temp, cliConfig] = [join(root, 'work'), join(root, 't'), join(root, 'cli.tfrc')];
  for (const each of [folder, temp]) mkdirSync(each);
  writeFileSync(cliConfig, cliConfiguration(options.mirrors ?? []));
  if (options.copyOf) cpSync(options.copyOf, folder, { recursive: true, filter: isConfiguration });
  const env = { ...cleanEnvironment(), TMPDIR: temp, TF_CLI_CONFIG_FILE: cliConfig, ...options.env };
  const running = new Set<Running>();
  let commands = 0;

  function program(path: string, args: string[], more: Record<string, string> = {}): Running {
    const log = join(root, `trace-${commands++}.log`);
    // A test that asks for the log itself finds it in the place that it has named.
    const trace = 'TF_LOG' in env ? {} : { TF_LOG: 'TRACE', TF_LOG_PATH: log };
    const child = startProcess(path, args, { cwd: folder, env: { ...env, ...trace, ...more } });
    running.add(child);
    const ended = () => running.delete(child);
    child.done.then(ended, ended);
    const done = child.done.then((result) => {
      keepClientIdsOf(folder);
      if (options.searched !== false) refuseLeaks(args, result, [log, join(folder, 'crash.log')]);
      rmSync(log, { force: true });
      return result;
    });
    return { ...child, done };
  }
  const start = (...args: string[]) => program(engine.path, args);
  const run = (...args: string[]) => start(...args).done;

  async function succeed(accepted: number[], ...args: string[]): Promise<Result> {
    const result = await run(...args);
    if (accepted.some((code) => code === result.code)) return result;
    throw new Error(`${engine.name} ${args[0]} ended with ${result.code ?? 'a signal'}: ${result.text}`);
  }
  const json = async (...args: string[]) => JSON.parse((await succeed([0], ...args)).stdout) as unknown;

  const made: Workspace = {
    folder,
    temp,
    engine,
    run,
    start,
    program: (path, args, more) => program(path, args, { TF: engine.path, ...more }),
    write(name, text) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    },
    read: (name) => readFileSync(join(folder, name), 'utf8'),
    init: (...args) => succeed([0], 'init', ...quiet, ...args),
    apply: (...args) => succeed([0], 'apply', '-auto-approve', ...quiet, ...args),
    destroy: (...args) => succeed([0], 'destroy', '-auto-approve', ...quiet, ...args),
    async plan(...args) {
      const { code } = await succeed([0, 2], 'plan', '-detailed-exitcode', ...quiet, ...args);
      return code === 0 ? 'empty' : 'changes';
    },
    async planJson(...args) {
      const file = join(root, 'plan');
      await succeed([0], 'plan', `-out=${file}`, ...quiet, ...args);
      return (await json('show', '-json', file)) as JsonPlan;
    },
    async state() {
      const file = join(folder, 'terraform.tfstate');
      return stateOf(existsSync(file) ? readFileSync(file, 'utf8') : undefined);
    },
    output: (name) => json('output', '-json', name),
    async cleanup() {
      await Promise.allSettled([...running].map((child) => child.kill()));
      removeTempFolder(root);
      workspaces.delete(made);
    },
  };
  for (const [name, text] of Object.entries(options.files ?? {})) made.write(name, text);
  workspaces.add(made);
  return made;
}

/** Cleans up every workspace and temp folder of this test file. Call it in `afterAll`. */
export async function cleanupAll(): Promise<void> {
  await Promise.all([...workspaces].map((each) => each.cleanup()));
  removeTempFolders();
}

/** Commands that print the state or its outputs, which is what they are for. */
const printsState = /^(show|output|console|state (pull|show))\b/;

/** Every command of every test is searched: nothing that it prints or logs, at TRACE, may hold a secret. */
function refuseLeaks(args: readonly string[], { stdout, stderr }: Result, logs: readonly string[]): void {
  const command = args.join(' ');
  const places = [
    ['stdout', printsState.test(command) ? '' : stdout],
    ['stderr', stderr],
    ...logs.map((path) => [basename(path), existsSync(path) ? readFileSync(path, 'utf8') : '']),
  ];
  const leaks = places.flatMap(([place, text = '']) => leaksIn(text).map((leak) => `${leak} in ${place}`));
  if (leaks.length > 0) throw new Error(`"${command}" has let secrets out: ${leaks.join(', ')}`);
}

/** The engine that tests of the provider alone are run with. */
export function firstEngine(): Engine {
  const [engine] = engines();
  if (!engine) throw new Error('There is no engine to test with.');
  return engine;
}

function cliConfiguration(mirrors: Mirror[]): string {
  const methods = mirrors.map(
    ({ path, addresses }) =>
      `  filesystem_mirror {\n    path = ${JSON.stringify(path)}\n    include = ${JSON.stringify(addresses)}\n  }\n`,
  );
  return `disable_checkpoint = true\nprovider_installation {\n${methods.join('')}}\n`;
}

function isConfiguration(path: string): boolean {
  return !/^(\.terraform(\.lock\.hcl)?|.*\.tfstate(\..*)?)$/.test(basename(path));
}

/**
 * The process's environment without what would change a run: settings of the provider and of the engine,
 * proxies (everything here is on loopback), and NODE_EXTRA_CA_CERTS, which slows each start of Node.
 * HOME stays, because version managers find the engine and Node through it.
 */
function cleanEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(DOMO_|TF_|PLUGIN_|CHECKPOINT_|NODE_EXTRA_CA_CERTS$|.*_PROXY$)/i.test(name),
  );
  return {
    ...quickly,
    ...Object.fromEntries(kept),
    CHECKPOINT_DISABLE: '1',
    TF_IN_AUTOMATION: '1',
    TF_INPUT: '0',
  };
}
