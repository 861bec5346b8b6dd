import { setImmediate as yieldToEventLoop } from 'node:timers/promises';
import type { RE2JS } from 're2js';
import { failure, type Validator, validator } from '../framework';
import { withinProcessorLimit } from './processor-limit';

/** The most instructions that an expression may be compiled to: each can cost a step for each character of a name. */
const largestProgram = 10_000;

/** How long, in ms, matching may hold the event loop. */
const slice = 25;

export const isRegex: Validator<string> = validator(
  "must be a regular expression in RE2 syntax, as in Terraform's regex function; it matches anywhere in the name unless anchored",
  (text) => {
    const compiled = compile(text);
    return 'problem' in compiled ? `"${shortened(text)}" is invalid: ${compiled.problem}.` : undefined;
  },
);

/** Something that Domo lists. */
interface Named {
  readonly id: string;
  readonly name: string;
}

/**
 * Those of the things whose name matches, in their order; all of them if there is no expression. Rejects with the
 * signal's reason once that is aborted, and with a failure if a name costs too much.
 */
export async function matching<T extends Named>(
  all: readonly T[],
  text: string | null,
  signal: AbortSignal,
): Promise<readonly T[]> {
  if (text === null) return all;
  const compiled = compile(text);
  if ('problem' in compiled)
    throw failure('Invalid name_regex', `The expression is invalid: ${compiled.problem}.`);
  const { regex } = compiled;
  const found: T[] = [];
  let next = 0;

  function matchSome(): true {
    const until = performance.now() + slice;
    for (let each = all[next]; each && performance.now() < until; each = all[++next]) {
      if (regex.test(each.name)) found.push(each);
    }
    return true;
  }

  while (next < all.length) {
    if (!withinProcessorLimit(matchSome)) throw tooCostly(all[next]);
    await yieldToEventLoop();
    signal.throwIfAborted();
  }
  return found;
}

function compile(text: string): { readonly regex: RE2JS } | { readonly problem: string } {
  // Few configurations have an expression, so no other process loads this. A validator cannot wait for an import.
  const { RE2JS } = require('re2js') as typeof import('re2js');
  try {
    const regex = withinProcessorLimit(() => RE2JS.compile(text));
    if (regex && regex.programSize() <= largestProgram) return { regex };
    return { problem: 'it is too large. Shorten it, or use fewer repetitions' };
  } catch (error) {
    return { problem: shortened((error as Error).message.replace('error parsing regexp: ', '')) };
  }
}

function tooCostly(named: Named | undefined) {
  return failure(
    'Matching a name takes too long',
    `Matching name_regex against the name of the object with the id ${named?.id} (${named?.name.length} characters) takes too long. Simplify the expression, or filter in the configuration.`,
  );
}

function shortened(text: string): string {
  const characters = [...text.slice(0, 200)];
  return characters.length > 100 ? `${characters.slice(0, 100).join('')}…` : text;
}
