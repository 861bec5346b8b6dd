import type { ApiClients } from '../api/api-clients';
import { bareReference, type ClientReference } from '../api/matching';
import type { NotedClient } from '../api/records';
import type { Revocation } from '../api/revocation';

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
  return { ...bareReference({ id, name, seenHere: true }), listedClientId: clientId, ownerId };
}
