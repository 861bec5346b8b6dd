import { isMasked, visibleStart } from '../api/client-ids';
import type { ListedClient } from '../api/records';

/** The part of a client id that is safe to show: its first eight characters, but never more than half of it. */
export function mask(clientId: string): string {
  return `${clientId.slice(0, Math.min(8, clientId.length / 2))}…`;
}

/** What the list shows of a client id: all of it if Domo does, and always the part that is safe to show. */
export function listedIds({ clientId }: Pick<ListedClient, 'clientId'>): {
  readonly client_id: string | null;
  readonly masked_client_id: string | null;
} {
  if (clientId === null) return { client_id: null, masked_client_id: null };
  if (!isMasked(clientId)) return { client_id: clientId, masked_client_id: mask(clientId) };
  const start = visibleStart(clientId);
  // What is short may be nearly all of it.
  if (start === clientId || start.length < 8) return { client_id: null, masked_client_id: mask(start) };
  return { client_id: null, masked_client_id: `${start.slice(0, 8)}…` };
}
