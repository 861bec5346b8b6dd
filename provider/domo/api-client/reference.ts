import type { ClientReference } from '../api/matching';
import type { Domo, DomoContext } from '../connection';
import { domoApi } from '../provider-block/settings';
import { type Memory, recall } from './private-state';
import type { StoredClient } from './schema';
import { hasSecret } from './sealed-secret';

/** What the state, and the private state beside it, say about their client. */
export function referenceOf(
  { client: domo, private: stored }: DomoContext,
  state: StoredClient,
): ClientReference {
  const { id, name, description, scopes, client_id: clientId, owner_id: ownerId } = state;
  const { masked_client_id: masked } = state;
  const memory = recall(stored);
  // From here on Domo is asked about the client, and an answer may quote what it should not.
  if (state.client_secret !== null) domo.hide(state.client_secret);
  return {
    id,
    name,
    description,
    scopes,
    clientId,
    ownerId,
    // A state that is older than the memory has at least the beginning of it.
    listedClientId: memory.listedClientId ?? masked,
    secretToSignIn: maySignIn(domo, memory) ? state.client_secret : null,
    shownName: memory.shownName ?? null,
    age: ageOf(memory),
    // A state that a move has brought does not even say where the client is.
    seenHere: state.instance !== null && wasSeenHere(domo, memory),
    isOpenCreation: id === null && clientId === null && !hasSecret(state),
    attempt: memory.attempt ?? null,
  };
}

/** The clock of another machine may be ahead of this one: how old such a client is, nobody can say. */
function ageOf({ createdAt = Number.NEGATIVE_INFINITY }: Memory): number {
  const age = Date.now() - createdAt;
  return age < 0 ? Number.POSITIVE_INFINITY : age;
}

/** A state that remembers no address is from before there was a memory: then only the instance's own address counts. */
function wasSeenHere(domo: Domo, { address }: Memory): boolean {
  return address === undefined ? domo.isOwnAddress() : address === domo.address();
}

/** A secret goes to Domo itself, or where it was meant to be used when the client was created: nowhere else. */
function maySignIn(domo: Domo, memory: Memory): boolean {
  const apiUrl = domo.apiUrl();
  if (domo.isOwnAddress() && (apiUrl === undefined || apiUrl === domoApi)) return true;
  return apiUrl !== undefined && apiUrl === memory.apiUrl;
}
