import { domoProvider } from '../../provider/domo/provider';
import type { Provider } from '../../provider/framework/provider';
import { providerSchema } from '../../provider/protocol/wire/schema';
import { providerExecutable } from '../support/provider-build';
import { startProvider } from './provider-support';

// The build has made and encoded the answer before.
it('answers GetProviderSchema as the code that it is built from would', async () => {
  const provider = await startProvider(providerExecutable());
  const answers = [await provider.call('getProviderSchema'), await provider.call('getProviderSchema')];
  await provider.plugin.stop();
  const made = providerSchema(domoProvider as unknown as Provider<unknown>);
  expect(answers).toEqual([made, made]);
});
