import type { ClientReference } from '../api/matching';
import type { DomoContext } from '../connection';
import type { ClientState } from './schema';

/** What state and private state say about their client. */
export function referenceOf(context: DomoContext, state: ClientState): ClientReference {
  const { id, name, description, scopes, client_id: clientId, owner_id: ownerId } = state;
  const createdAt = Date.parse(String(context.private.get('created_at')));
  const age = Number.isNaN(createdAt) ? Number.POSITIVE_INFINITY : Math.max(0, Date.now() - createdAt);
  return { id, name, description, scopes, clientId, ownerId, age };
}
