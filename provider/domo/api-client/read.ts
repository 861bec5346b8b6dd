import { failure } from '../../framework';
import type { ClientReference } from '../api/api-clients';
import { listedIds } from './ids';
import { type DomoContext, named, operate, refuseOtherInstance } from './messages';
import type { ClientState } from './schema';

/** Null only where it is proven that the client is gone; everything short of a proof is an error, and state stays. */
export async function readClient(context: DomoContext, state: ClientState): Promise<ClientState | null> {
  const { client: domo } = context;
  const doing = `Reading ${named(state)}`;
  const otherwise = 'The state was left as it is.';
  const result = await operate(
    context,
    { kind: 'read', limit: state.timeouts?.read, doing, otherwise },
    (signal) => {
      refuseOtherInstance(domo, state);
      return domo.clients().find(referenceOf(context, state), signal);
    },
  );
  if (result.kind === 'unproven') throw notSeen(state, result.caller, otherwise);
  if (result.kind === 'gone' && isOpen(state)) return null;
  if (result.kind === 'gone') {
    context.warn(
      'An API client was revoked outside Terraform',
      `${named(state)} is no longer in Domo's list. It is taken out of the state, and the next apply creates it anew with another client id and secret, unless it is removed from the configuration. If nobody has revoked it, check the grants of the caller before applying.`,
    );
    return null;
  }
  const { client } = result;
  if (isOpen(state)) {
    context.warn(
      'An API client whose creation had no answer has appeared',
      `${named(client)} has the name, description and scopes of the client that was to be created: most likely it is that one, and its secret is lost. As it is tainted, the next apply revokes it and creates another. If another run or person made it, take it out of the state instead (terraform state rm), so that it is not revoked.`,
    );
  }
  const ids = listedIds(client);
  return {
    ...state,
    id: client.id,
    name: client.name,
    description: client.description,
    scopes: client.scopes,
    owner_id: client.ownerId ?? state.owner_id,
    // What the list shows may be masked: it must never replace what the creation told.
    client_id: state.client_id ?? ids.client_id,
    masked_client_id: state.masked_client_id ?? ids.masked_client_id,
  };
}

/** The creation had no answer, and nothing has been seen of the client so far. */
const isOpen = ({ id, client_secret }: ClientState) => id === null && client_secret === null;

export function referenceOf(context: DomoContext, state: ClientState): ClientReference {
  const { id, name, description, scopes, client_id: clientId, owner_id: ownerId } = state;
  const createdAt = Date.parse(String(context.private.get('created_at')));
  const age = Number.isNaN(createdAt) ? Number.POSITIVE_INFINITY : Math.max(0, Date.now() - createdAt);
  return { id, name, description, scopes, clientId, ownerId, age };
}

export function notSeen(state: ClientState, caller: string, otherwise: string) {
  const owner = state.owner_id === null ? 'somebody whom the state does not name' : `user ${state.owner_id}`;
  return failure(
    'The API client cannot be seen',
    `${named(state)} is not in the list that Domo shows to the caller (user ${caller}). That does not prove that it is gone: it belongs to ${owner}, and without the grant "Manage All Access Tokens and API Clients" Domo shows only one's own clients. ${otherwise} Use a token of the owner, or of a user with that grant. If you know that the client was revoked, take it out of the state: terraform state rm <address of the resource>.`,
  );
}
