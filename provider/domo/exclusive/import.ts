import { failure, type ImportTarget } from '../../framework';
import type { DomoContext } from '../connection';
import { instanceName } from '../provider-block/addresses';
import { withVariable } from '../provider-block/schema';
import { rememberApplied, rememberListed } from './memory';
import { listAll, namesNow } from './read';
import { attributes, type NamesState } from './schema';

/** Imports by the name of the instance. No name counts as applied, so the first plan shows every removal. */
export async function importNames(context: DomoContext, target: ImportTarget): Promise<NamesState> {
  const { client: domo } = context;
  const instance = domo.label();
  const given = ('id' in target ? target.id : (target.identity.instance ?? '')).trim();
  if (given !== instance && instanceName(given) !== instance) {
    throw failure(
      'The identity belongs to another instance',
      `domo_api_clients_exclusive is imported by the name of its instance, which is "${instance}" as the provider is configured, not "${given}". Nothing was imported. Correct the name, or ${withVariable('instance')}.`,
    );
  }
  const listing = await listAll(context, 'Nothing was imported.');
  rememberApplied(context, []);
  rememberListed(context, listing);
  return {
    names: namesNow(listing, []),
    max_revocations: attributes.max_revocations.default as number,
    instance,
  };
}
