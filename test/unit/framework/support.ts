import { Failure } from '../../../provider/framework';
import { checkProvider } from '../../../provider/framework/operations/check';
import type { Provider } from '../../../provider/framework/provider';
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

/** What is wrong with the definition of a provider, which offers nothing else; empty if it is correct. */
export function mistakesIn(provider: Partial<Provider<null>>): string[] {
  const whole: Provider<null> = {
    name: 'test',
    source: 'test/test',
    version: '1.0.0',
    description: 'For tests.',
    attributes: {},
    configure: () => null,
    resources: [],
    dataSources: [],
    ...provider,
  };
  try {
    checkProvider(whole);
    return [];
  } catch (error) {
    const [first, ...rest] = (error as Error).message.split('\n- ');
    expect(first).toBe("The provider's definition is invalid:");
    return rest;
  }
}
