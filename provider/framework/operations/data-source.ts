import { type Diagnostic, failure } from '../diagnostics';
import type { Provider } from '../provider';
import { encodeObject } from '../schema/codec';
import { root } from '../schema/path';
import type { ObjectValue } from '../schema/schema';
import type { WireValue } from '../schema/unknown';
import { createRunner, type OpenCall, type Outcome } from './run';
import { knownConfig, validateConfig } from './validate';

/** The operations on data sources; `type` is a full type name such as `domo_api_clients`. */
export interface DataSourceOperations {
  validate(type: string, config: WireValue): readonly Diagnostic[];
  read(type: string, config: WireValue, deferralAllowed: boolean): Promise<DataSourceOutcome>;
}

/** `state` is null if the read has failed or was deferred. */
export interface DataSourceOutcome extends Outcome {
  readonly state: WireValue;
}

export function dataSourceOperations<Client>(
  provider: Provider<Client>,
  openCall: OpenCall<Client>,
): DataSourceOperations {
  const { runWithoutContext, run } = createRunner(provider, provider.dataSources, notFound, openCall);
  return {
    validate(type, config) {
      const { diagnostics } = runWithoutContext(type, {}, ({ attributes, validate }) => ({
        diagnostics: validateConfig(attributes, config, validate, false),
      }));
      return diagnostics;
    },

    async read(type, wire, deferralAllowed) {
      const nothingRead: Pick<DataSourceOutcome, 'state'> = { state: null };
      return run(type, { deferralAllowed }, nothingRead, async (definition, { context }) => {
        const { attributes, read } = definition;
        const config = knownConfig(definition, wire);
        const { client, signal, warn } = context;
        const state = (await read({ client, signal, warn }, config as never)) as ObjectValue;
        return { state: encodeObject(attributes, state, root, 'state') };
      });
    },
  };
}

const notFound = (type: string) =>
  failure(
    'Unknown data source',
    `This provider has no data source "${type}". Check the name and the provider's version.`,
  );
