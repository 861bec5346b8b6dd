import type { FakeDomo } from '../support/fake-domo';
import { at, client, openDomo, type Setup, setUp } from './setup';

/** An entry of `instances` for a fake Domo. */
export type SignIn = (domo: FakeDomo) => string;
export const withToken: SignIn = ({ url, token }) => `base_url = "${url}", access_token = "${token}"`;
export const withPassword: SignIn = ({ url, signIn }) =>
  `base_url = "${url}", username = "${signIn.username}", password = "${signIn.password}"`;

/**
 * Cases that one command goes through together: for each there is a client, `a0`, `a1` and so on, on an instance and a Domo of
 * its own, which nothing of another case can reach.
 *
 * @param args of every client, beside its name and its instance
 */
export async function sideBySide(
  signIns: readonly SignIn[],
  { provider = '', args = [] as string[], more = '', env = {} as Record<string, string> } = {},
): Promise<Setup & { domos: FakeDomo[] }> {
  const domos = await Promise.all(signIns.map(() => openDomo()));
  const entries = signIns.map((entry, index) => `a${index} = { ${entry(domos[index] as FakeDomo)} }`);
  const clients = signIns.map((_, index) =>
    client(`a${index}`, 'name = "reports"', `instance = "a${index}"`, ...args),
  );
  const made = await setUp(clients.join('') + more, {
    ...(domos[0] && { domo: domos[0] }),
    provider: `instances = {\n${entries.join('\n')}\n}\n${provider}`,
    env: () => env,
  });
  return { ...made, domos };
}

/**
 * What the text of a result of {@link sideBySide} says of one of the cases, by its number. Engines give no address for an
 * error of a revocation, but our message names the instance.
 */
export function saidOf(text: string, index: number): string {
  return text
    .split(/(?=\b(?:Error|Warning): )/)
    .filter((part) => [`with ${at(`a${index}`)},`, ` on "a${index}"`].some((mark) => part.includes(mark)))
    .join(' ');
}
