import type { DomoContext } from '../connection';
import { runWithTimeout } from '../run-with-timeout';
import { listedIds } from './ids';
import { describeClient, notSeen, requireSameInstance } from './messages';
import { referenceOf } from './reference';
import type { ClientState } from './schema';

/** Null only if the client is proven to be gone. Anything short of a proof is an error, and the state stays. */
export async function readClient(context: DomoContext, state: ClientState): Promise<ClientState | null> {
  const { client: domo } = context;
  const doing = `Reading ${describeClient(state)}`;
  const consequence = 'The state was left as it is.';
  const result = await runWithTimeout(
    context,
    { kind: 'read', limit: state.timeouts?.read, doing, consequence },
    (signal) => {
      requireSameInstance(domo, state);
      return domo.clients().find(referenceOf(context, state), signal);
    },
  );
  if (result.kind === 'unproven') throw notSeen(state, result.caller, consequence);
  if (result.kind === 'gone' && isOpen(state)) return null;
  if (result.kind === 'gone') {
    context.warn(
      'An API client was revoked outside Terraform',
      `${describeClient(state)} is no longer in Domo's list. It is taken out of the state, and the next apply creates it anew with another client id and secret, unless it is removed from the configuration. If nobody has revoked it, check the grants of the caller before applying.`,
    );
    return null;
  }
  const { client } = result;
  if (isOpen(state)) {
    context.warn(
      'An API client whose creation had no answer has appeared',
      `${describeClient(client)} has the name, description and scopes of the client that was to be created: most likely it is that one, and its secret is lost. As it is tainted, the next apply revokes it and creates another. If another run or person made it, take it out of the state instead (terraform state rm), so that it is not revoked.`,
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
    // The list may show a masked id, which must never replace the one that the creation told.
    client_id: state.client_id ?? ids.client_id,
    masked_client_id: state.masked_client_id ?? ids.masked_client_id,
  };
}

/** Whether the creation had no answer and nothing has been seen of the client since. */
const isOpen = ({ id, client_secret }: ClientState) => id === null && client_secret === null;
