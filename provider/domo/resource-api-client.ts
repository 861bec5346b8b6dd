import { createClient } from './api-client/create';
import { importClient } from './api-client/import';
import { checkPlan } from './api-client/plan';
import { readClient } from './api-client/read';
import { revokeClient } from './api-client/revoke';
import { attributes } from './api-client/schema';
import { domo } from './kit';

export const apiClient = domo.resource('api_client', {
  description:
    'An API client: an OAuth client id and secret with scopes. Clients cannot be edited, so any change replaces the client. Destroying it revokes it, at once and for good; access tokens already issued stay valid until they expire, about an hour.',
  attributes,
  identity: { instance: 'optional', id: 'required' },
  plan: checkPlan,
  create: createClient,
  read: readClient,
  // Only `timeouts` can change without a replacement, and Domo knows nothing of them.
  async update(_, plan, prior) {
    return { ...prior, timeouts: plan.timeouts };
  },
  delete: revokeClient,
  import: importClient,
});
