import type { Collected } from '../context';
import type { DataSourceDefinition } from '../data-source';
import { diagnosticsOf, Failure, failure } from '../diagnostics';
import type { Provider } from '../provider';
import { decodeObject, encodeObject } from '../schema/codec';
import { root } from '../schema/path';
import type { Attributes, Obj } from '../schema/schema';
import { nothing, type Server } from './run';
import { refuseUnknownConfig, validateConfig } from './validate';

/** The operations on data sources. `collected` opens what a handler is given; it throws before the configuration. */
export function dataOperations<Client>(
  { name, dataSources }: Provider<Client>,
  collected: (stored: Uint8Array) => Collected<Client>,
): Pick<Server, 'validateData' | 'readData'> {
  const definitions = new Map(dataSources.map((each) => [`${name}_${each.name}`, each.definition]));

  function definition(type: string): DataSourceDefinition<Client, Attributes> {
    const found = definitions.get(type);
    if (found) return found;
    throw failure(
      'Unknown data source',
      `This provider has no data source "${type}". Check the name and the provider's version.`,
    );
  }

  return {
    validateData(type, config) {
      try {
        const { attributes, validate } = definition(type);
        return validateConfig(attributes, config, validate, false);
      } catch (thrown) {
        return diagnosticsOf(thrown);
      }
    },

    async readData(type, plain, deferralAllowed) {
      let work: Collected<Client> | undefined;
      try {
        const { attributes, validate, read } = definition(type);
        work = collected(nothing.private);
        // What was unknown when the configuration was validated is known by now, and was never looked at.
        const problems = validateConfig(attributes, plain, validate, false);
        if (problems.length > 0) return { ...nothing, diagnostics: problems };
        const config = decodeObject(attributes, plain, root);
        refuseUnknownConfig(attributes, config);
        const { client, signal, warn } = work.context;
        const state = (await read({ client, signal, warn }, config as never)) as Obj;
        const { diagnostics } = work;
        return { ...nothing, state: encodeObject(attributes, state, root, 'state'), diagnostics };
      } catch (thrown) {
        if (deferralAllowed && thrown instanceof Failure && thrown.deferral) {
          return { ...nothing, deferred: thrown.deferral };
        }
        return { ...nothing, diagnostics: [...(work?.diagnostics ?? []), ...diagnosticsOf(thrown)] };
      }
    },
  };
}
