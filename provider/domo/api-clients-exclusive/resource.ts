import type { DomoContext } from '../connection';
import { define } from '../define';
import { connectionFor, generateInstance, settleInstance } from '../on-instance';
import { atHome, planAtHome } from './home';
import { importNames } from './import';
import { rememberApplied, rememberListed } from './private-state';
import { listAll, readNames } from './read';
import { attributes, type NamesPlan, type NamesState } from './schema';
import { updateNames } from './update';

export const apiClientsExclusive = define.resource('api_clients_exclusive', {
  description:
    'The names that API clients of an instance may have. A client with any other name shows as a removal in the plan, and the apply revokes exactly the clients that the plan named. The first apply revokes nothing, and neither does destroying the resource.',
  attributes,
  identity: { instance: 'required' },
  settle: settleInstance,
  generate: generateInstance,
  plan: planAtHome,
  create: (context, plan, { instance }) =>
    takeNote(connectionFor(context, instance as string | null), plan, instance as string | null),
  read: (context, state) => readNames(atHome(context, state), state),
  update: (context, plan, prior) => updateNames(atHome(context, prior), plan, prior),
  async delete() {
    // Nothing in Domo belongs to this resource alone.
  },
  import: importNames,
});

/** A creation has no refresh that shows removals, so it revokes nothing. */
async function takeNote(context: DomoContext, plan: NamesPlan, instance: string | null): Promise<NamesState> {
  const listing = await listAll(context, 'Nothing was changed.');
  rememberApplied(context, plan.names);
  rememberListed(context, listing);
  return { ...plan, instance: instance ?? context.client.label() };
}
