import { attributes, type Configuration } from '../../domo/provider-block/schema';
import { type Resolved, resolve } from '../../domo/provider-block/settings';
import { Failure } from '../../framework';
import type { Finding, Tell } from '../finding';

const check = 'configuration';

/** A provider block that says nothing: everything comes from the environment. */
const emptyBlock = Object.fromEntries(
  Object.keys(attributes).map((name) => [name, null]),
) as unknown as Configuration;

/** What the environment configures; undefined, after it has told why, if that is incomplete or contradictory. */
export function readConfiguration(environment: NodeJS.ProcessEnv, tell: Tell): Resolved | undefined {
  try {
    const resolved = resolve(emptyBlock, environment);
    const { settings, missing, shared } = resolved;
    const { readOnly } = shared;
    if (missing.length > 0) throw new Failure(missing);
    if (!settings) return undefined;
    const variables = Object.values(attributes)
      .flatMap((attribute) => attribute.environment)
      .filter((name) => (environment[name] ?? '') !== '');
    const way = 'token' in settings.credentials ? 'an access token' : 'a user name and password';
    tell({
      check,
      status: 'ok',
      says: `${settings.baseUrl}, with ${way}${readOnly ? ', read-only' : ''} (${variables.join(', ')}).`,
      facts: { address: settings.baseUrl, signsInWith: way, readOnly, variables },
    });
    return resolved;
  } catch (thrown) {
    for (const finding of configurationProblems(thrown)) tell(finding);
    return undefined;
  }
}

/** What is wrong with the configuration, one finding each. Rethrows anything that is not about it. */
export function configurationProblems(thrown: unknown): readonly Finding[] {
  if (!(thrown instanceof Failure)) throw thrown;
  return thrown.diagnostics.map(({ summary, detail }) => ({
    check,
    status: 'failed',
    says: `${summary}. ${withoutBlock(detail)}`,
    todo: 'The doctor reads environment variables only, not a provider block.',
  }));
}

/** The detail of an error without what it says of the provider block, which the doctor does not read. */
function withoutBlock(detail: string): string {
  return detail
    .replace(/Set \w+ in the provider block, or (.+) in the environment\./, 'Set $1 in the environment.')
    .replace(/, or set [\w ]+ in the provider block\./, '.');
}
