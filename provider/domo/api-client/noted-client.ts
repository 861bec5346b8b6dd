import type { ApiClients } from '../api/api-clients';
import type { ClientReference } from '../api/matching';
import type { ListedClient } from '../api/records';
import type { Revocation } from '../api/revocation';

/** A client that no resource has in its state, as a list has shown it. */
export type NotedClient = Pick<ListedClient, 'id' | 'name' | 'clientId' | 'ownerId'>;

/**
 * Revokes a client if a list begun now still has it as it was noted: another client with its id, or the same id under
 * another name, is left alone. Throws as {@link ApiClients.revoke} does.
 */
export async function revokeNoted(
  clients: ApiClients,
  noted: NotedClient,
  signal: AbortSignal,
): Promise<Revocation> {
  await clients.upToDate(signal);
  return clients.revoke(referenceTo(noted), signal);
}

/** What was noted, for a look-up. The place where it was noted must be the one that is asked. */
function referenceTo({ id, name, clientId, ownerId }: NotedClient): ClientReference {
  return {
    id,
    name,
    description: '',
    scopes: [],
    clientId: null,
    listedClientId: clientId,
    secretToSignIn: null,
    ownerId,
    shownName: null,
    age: Number.POSITIVE_INFINITY,
    seenHere: true,
    isOpenCreation: false,
    attempt: null,
  };
}
