import type { Seed } from '../../examples/sandbox/seed';
import { startSandbox } from '../../examples/sandbox/server';
import { type RunningSandbox, runningSandbox } from './running-sandbox';

/** Starts the sandbox in this process, which costs a tenth of what a process of its own does. Close it in the end. */
export async function inProcessSandbox(seed?: Seed): Promise<RunningSandbox> {
  const { url, store, close } = await startSandbox(seed && { seed });
  return runningSandbox(url, store.users, close);
}
