import { spawn } from 'node:child_process';
import { stripVTControlCharacters } from 'node:util';

/** How a process ended and what it printed, without colours. */
export type Result = {
  /** The exit code; null if a signal ended it. */
  code: number | null;
  stdout: string;
  stderr: string;
  /** Both, on one line and without the frames of diagnostics, so that a sentence can be searched. */
  text: string;
};

/** A process that was started and may still run. */
export type Running = {
  pid: number;
  /** What it has printed so far, in the form of {@link Result}. */
  text(): string;
  /** What Ctrl-C does: SIGINT to the process and, unless `'process'` is said, to its children as well. */
  interrupt(whom?: 'group' | 'process'): void;
  /** SIGKILL to the process and its children; resolves when it has ended. */
  kill(): Promise<void>;
  /** Resolves with any exit code; rejects only if the process could not be started. */
  done: Promise<Result>;
};

/** Starts a program without standard input, in a process group of its own. */
export function startProcess(
  path: string,
  args: string[],
  options: { cwd: string; env: NodeJS.ProcessEnv },
): Running {
  const child = spawn(path, args, { ...options, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    stdout += chunk;
  });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    stderr += chunk;
  });
  const result = (code: number | null): Result => ({
    code,
    stdout: stripVTControlCharacters(stdout),
    stderr: stripVTControlCharacters(stderr),
    text: oneLine(`${stdout}\n${stderr}`),
  });
  let ended = false;
  const done = new Promise<Result>((resolve, reject) => {
    child.once('error', reject);
    // Not `exit`: its children may still be printing.
    child.once('close', (code) => {
      ended = true;
      resolve(result(code));
    });
  });
  const { pid } = child;
  function signal(name: 'SIGINT' | 'SIGKILL', whom: 'group' | 'process'): void {
    if (pid === undefined || ended) return;
    try {
      process.kill(whom === 'group' ? -pid : pid, name);
    } catch (error) {
      // Between its end and our hearing of it there is nobody left to signal.
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }
  return {
    pid: pid ?? -1,
    done,
    text: () => result(null).text,
    interrupt: (whom = 'group') => signal('SIGINT', whom),
    async kill() {
      signal('SIGKILL', 'group');
      await done;
    },
  };
}

/** Text as one line: no colours, no frame of a diagnostic, and no line breaks from wrapping. */
export function oneLine(text: string): string {
  return stripVTControlCharacters(text)
    .replace(/^[╷│╵]/gm, '')
    .replace(/\s+/g, ' ')
    .trim();
}
