import { define } from '../define';
import { createClient } from './create';
import { fromRestapi } from './from-restapi';
import { importClient } from './import';
import { checkPlan } from './plan';
import { readClient } from './read';
import { revokeClient } from './revoke';
import { attributes } from './schema';

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
  plan: checkPlan,
  create: createClient,
  read: readClient,
  // Only `timeouts` can change without a replacement, and they mean nothing to Domo.
  async update(_, plan, prior) {
    return { ...prior, timeouts: plan.timeouts };
  },
  delete: revokeClient,
  import: importClient,
});
