import { describeError } from '../domo/advice';
import { isBlockedPage, unsuccessful } from '../domo/api/transport/errors';
import { parseExactly } from '../domo/api/transport/json';
import type { Answer, Request } from '../domo/api/transport/request';
import type { Finding } from './finding';

/** The parsed body; undefined if it is not JSON. */
export function bodyOf({ body }: Answer): unknown {
  try {
    return parseExactly(body);
  } catch {
    return undefined;
  }
}

/** Why an answer is not the expected success, with what to do. */
export function problem(request: Request, answer: Answer): Pick<Finding, 'says' | 'todo'> {
  if (isBlockedPage(answer)) {
    return {
      says: `Domo returned ${answer.status} with its page "Domo - Blocked": this machine's public address is not on the instance's IP allowlist.`,
      todo: 'Have an administrator add it to the allowlist, or run this from an address that is on it.',
    };
  }
  return { says: describeError(unsuccessful(request, answer)) };
}

/** The names of fields, for a report: what is not a plain name may be anything, and is left out. */
export function plainNames(names: Iterable<string>): string[] {
  return [...names].map((name) => (/^[A-Za-z_][\w.-]{0,39}$/.test(name) ? name : '(an odd name)')).sort();
}
