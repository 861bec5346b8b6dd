import { once } from 'node:events';
import { createInterface } from 'node:readline/promises';
import type { Readable, Writable } from 'node:stream';

/** Where a person can answer. */
export interface Terminal {
  readonly input: Readable & { isTTY?: boolean };
  readonly output: Writable;
}

/**
 * Whether somebody has named the instance, on the command line or at the terminal: without that nothing is created.
 *
 * @param label the name of the instance, or its host and port if it has none
 * @returns why not, or undefined
 */
export async function refusal(
  label: string,
  given: string | undefined,
  { input, output }: Terminal,
  signal: AbortSignal,
): Promise<string | undefined> {
  if (given === undefined && !input.isTTY) {
    return `--write needs a terminal to ask on, or --confirm ${label}.`;
  }
  const typed = given ?? (await ask(label, { input, output }, signal));
  if (typed.trim().toLowerCase() === label.toLowerCase()) return undefined;
  return `"${typed.trim()}" is not "${label}", the instance that is configured. Nothing was created.`;
}

async function ask(label: string, terminal: Terminal, signal: AbortSignal): Promise<string> {
  // In a terminal's own mode Ctrl-C stays a signal.
  const question = createInterface({ ...terminal, terminal: false });
  try {
    const ended = once(question, 'close', { signal }).then(() => '');
    const typed = question.question(
      `\nThis creates one API client in ${label}, uses it, and revokes it within minutes.\nType the name of the instance (${label}) to go on: `,
      { signal },
    );
    return await Promise.race([typed, ended]);
  } finally {
    question.close();
  }
}
