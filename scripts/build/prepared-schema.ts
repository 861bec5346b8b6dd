import type { Plugin } from 'esbuild';
import { domoProvider } from '../../provider/domo/provider';
import type { Provider } from '../../provider/framework/provider';
import { encodedSchema } from '../../provider/protocol/wire/schema';

/**
 * Makes the answer to GetProviderSchema when the provider is bundled. It never changes, and making and encoding it was a
 * fifth of the processor time until the first response.
 */
export const preparedSchema: Plugin = {
  name: 'prepared-schema',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]provider[\\/]domo[\\/]prepared-schema\.ts$/ }, () => {
      const answer = encodedSchema(domoProvider as unknown as Provider<unknown>).toString('base64');
      return { contents: `export const preparedSchema = ${JSON.stringify(answer)};` };
    });
  },
};
