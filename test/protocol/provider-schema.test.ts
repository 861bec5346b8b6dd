import { domoProvider } from '../../provider/domo/provider';
import type { Provider } from '../../provider/framework/provider';
import { providerSchema } from '../../provider/protocol/wire/schema';
import { providerExecutable } from '../support/provider-build';
import { type StartedProvider, startProvider } from './provider-support';

let provider: StartedProvider;
beforeAll(async () => {
  provider = await startProvider(providerExecutable());
});
afterAll(() => provider.plugin.stop());

// The build has made and encoded the answer before.
it('answers GetProviderSchema as the code that it is built from would, each time', async () => {
  const made = providerSchema(domoProvider as unknown as Provider<unknown>);
  expect(await provider.call('getProviderSchema')).toEqual(made);
  expect(await provider.call('getProviderSchema')).toEqual(made);
});
