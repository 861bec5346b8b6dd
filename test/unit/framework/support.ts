import { Failure } from '../../../provider/framework';
import { formatPath } from '../../../provider/framework/schema/path';

/** What the failure says, one line per diagnostic: `path: summary | detail`. Throws if nothing fails. */
export function failureOf(act: () => unknown): string {
  try {
    act();
  } catch (thrown) {
    if (!(thrown instanceof Failure)) throw thrown;
    return thrown.diagnostics
      .map(({ path = [], summary, detail }) => `${formatPath(path)}: ${summary} | ${detail}`)
      .join('\n');
  }
  throw new Error('It should have failed.');
}

/** For attributes whose description does not matter. */
export const d = { description: 'A description.' };
