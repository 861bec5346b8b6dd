import { execFileSync } from 'node:child_process';
import type { Running } from './running';

/** SIGKILL to the provider, which is the only child of the engine. Throws if it has ended. */
export function killProvider({ pid }: Running): void {
  const processes = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' }).trim().split('\n');
  const children = processes
    .map((line) => line.trim().split(/\s+/).map(Number))
    .filter(([, parent]) => parent === pid);
  if (children.length === 0) throw new Error('The engine has no provider to kill.');
  for (const [child = 0] of children) process.kill(child, 'SIGKILL');
}
