import { define } from '../define';
import { connectionFor, generateInstance, settleInstance } from '../on-instance';
import { createClient } from './create';
import { fromRestapi } from './from-restapi';
import { forRevocation, homeOf, unread } from './home';
import { importClient } from './import';
import { planOnInstance } from './plan-instance';
import { readClient } from './read';
import { revokeClient } from './revoke';
import { attributes } from './schema';
import { checkConfiguredKey } from './sealed-attributes';
import { updateClient } from './update';

export const apiClient = define.resource('api_client', {
  description:
    'An API client: an OAuth client id and secret with scopes. Clients cannot be edited, so any change replaces the client. Destroying a client revokes it, at once and permanently; access tokens that were already issued stay valid until they expire, about an hour.',
  attributes,
  identity: { instance: 'optional', id: 'required' },
  moves: [
    {
      type: 'restapi_object',
      providers: ['Mastercard/restapi'],
      move: (context, { state }) => fromRestapi(context, state),
    },
  ],
  nullAfterMove: ['instance'],
  validate: checkConfiguredKey,
  settle: settleInstance,
  generate: generateInstance,
  plan: planOnInstance,
  // As configured: what the plan has of it can be the name of another default.
  create: (context, plan, config) =>
    createClient(connectionFor(context, config.instance as string | null), plan),
  async read(context, state) {
    const domo = homeOf(context.client, state);
    return domo ? readClient({ ...context, client: domo }, state) : unread(context, state);
  },
  update: updateClient,
  delete: (context, state) => revokeClient(forRevocation(context, state), state),
  import: importClient,
});
