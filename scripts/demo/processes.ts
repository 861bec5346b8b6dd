import { type ChildProcess, spawn } from 'node:child_process';
import { stripVTControlCharacters } from 'node:util';

/** How a program ended, and what it printed. */
export type Ended = { code: number | null; stdout: string; stderr: string };

/** Where and with which variables a program runs; `signal` interrupts it. */
export type Surroundings = { cwd: string; env: NodeJS.ProcessEnv; signal: AbortSignal };

const patience = 5_000;

/**
 * Runs a program to its end. If `signal` is aborted, the program gets what Ctrl-C sends, and is killed five seconds
 * later; once it is gone, the promise is rejected with the signal's reason.
 */
export async function run(
  program: string,
  args: string[],
  { signal, ...options }: Surroundings,
): Promise<Ended> {
  signal.throwIfAborted();
  // In a group of its own, Ctrl-C reaches it only through us, and its children can be ended with it.
  const child = spawn(program, args, { ...options, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended: Ended = { code: null, stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      ended[name] += stripVTControlCharacters(text);
    });
  }
  const interrupt = () => void end(child, 'SIGINT');
  signal.addEventListener('abort', interrupt);
  try {
    ended.code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', resolve);
    });
  } finally {
    signal.removeEventListener('abort', interrupt);
  }
  signal.throwIfAborted();
  return ended;
}

/** Asks a process group to end, kills it if it does not, and resolves when it is gone. */
export async function end(child: ChildProcess, politely: 'SIGINT' | 'SIGTERM'): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  const group = -child.pid;
  const timer = setTimeout(() => signalGroup(group, 'SIGKILL'), patience);
  signalGroup(group, politely);
  await gone;
  clearTimeout(timer);
}

function signalGroup(group: number, name: NodeJS.Signals): void {
  try {
    process.kill(group, name);
  } catch (error) {
    // It has ended, and we have not heard of it yet.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/**
 * The user's environment without anything that would change the demo: settings of the engine, the provider and the
 * sandbox; and proxies, since everything is on this machine.
 */
export function cleanEnvironment(): NodeJS.ProcessEnv {
  const foreign =
    /^(TF_.*|DOMO_.*|PLUGIN_.*|CHECKPOINT_.*|SANDBOX_.*|PORT|DATA|TOKEN_LIFETIME|NODE_EXTRA_CA_CERTS|.*_PROXY)$/i;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)));
}
