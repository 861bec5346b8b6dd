import { type FakeDomo, fakeDomo, type Quirks } from './fake-domo';
import type { RunningSandbox } from './running-sandbox';
import { cleanupAll } from './terraform';

const opened = new Set<{ close(): Promise<void> }>();

/** A fake Domo that {@link tearDown} closes. */
export async function openDomo(quirks: Partial<Quirks> = {}): Promise<FakeDomo> {
  const domo = await fakeDomo({ quirks });
  opened.add(domo);
  return domo;
}

/** A sandbox in this process, with what a seed file may say, that {@link tearDown} closes. */
export async function openSandbox(seed?: object): Promise<RunningSandbox> {
  // Most test files need none, and it is large.
  const { inProcessSandbox } = await import('./in-process-sandbox');
  const sandbox = await inProcessSandbox(seed);
  opened.add(sandbox);
  return sandbox;
}

/** Removes every workspace and closes every Domo that this test file has opened. Call it in `afterAll`. */
export async function tearDown(): Promise<void> {
  await cleanupAll();
  await Promise.all([...opened].map((each) => each.close()));
}
