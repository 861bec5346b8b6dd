import { type Context, failure, type ImportTarget } from '../../framework';
import type { Instances } from '../instances';
import { connectionFor } from '../on-instance';
import { withVariable } from '../provider-block/schema';
import { rememberApplied, rememberListed } from './private-state';
import { listAll, namesNow } from './read';
import { attributes, type NamesState } from './schema';

/** Imports by the name of the instance. No name counts as applied, so the first plan shows every removal. */
export async function importNames(given: Context<Instances>, target: ImportTarget): Promise<NamesState> {
  const name = ('id' in target ? target.id : (target.identity.instance ?? '')).trim();
  const found = given.client.find(name);
  if (found === undefined) {
    throw failure(
      'The identity belongs to another instance',
      `domo_api_clients_exclusive is imported by the name of its instance. The provider is configured for ${given.client.names()}, and not for "${name}". Nothing was imported. Correct the name, or ${withVariable('instance')}.`,
    );
  }
  const context = connectionFor(given, name);
  const instance = context.client.label();
  const listing = await listAll(context, 'Nothing was imported.');
  rememberApplied(context, []);
  rememberListed(context, listing);
  return {
    names: namesNow(listing, []),
    max_revocations: attributes.max_revocations.default as number,
    instance,
  };
}
