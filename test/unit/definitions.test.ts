import { domoProvider } from '../../provider/domo/provider';
import { checkProvider } from '../../provider/framework/operations/check';
import type { Provider } from '../../provider/framework/provider';
import { testProvider } from '../support/test-provider/provider';

// No process checks its own definition. The provider's is checked by `make build`, too.
describe('the definition of', () => {
  it('the provider is valid', () => checkProvider(domoProvider as unknown as Provider<unknown>));

  it("the tests' own provider is valid", () => checkProvider(testProvider as unknown as Provider<unknown>));
});
