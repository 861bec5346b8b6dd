import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Polls until `condition` holds: for tests that wait for another process instead of guessing a time.
 * Throws after `deadline` milliseconds, naming `what` was awaited.
 */
export async function until(
  what: string,
  condition: () => boolean | Promise<boolean>,
  deadline = 20_000,
): Promise<void> {
  const end = Date.now() + deadline;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`Waited ${deadline} ms in vain for: ${what}`);
    await sleep(10);
  }
}
