import { failure } from '../../framework';
import type { DomoContext } from '../connection';
import { runWithTimeout } from '../run-with-timeout';
import { describeClient, notSeen, requireSameInstance, requireWritable } from './messages';
import { referenceOf } from './reference';
import type { ClientState } from './schema';

/** Revokes exactly the client that the state describes. If it is already gone, that is a success. */
export async function revokeClient(context: DomoContext, state: ClientState): Promise<void> {
  const { client: domo } = context;
  requireWritable(domo, `${describeClient(state)} was not revoked`);
  const doing = `Revoking ${describeClient(state)}`;
  const consequence = 'The client stays in the state; a later apply tries again.';
  const outcome = await runWithTimeout(
    context,
    { kind: 'delete', limit: state.timeouts?.delete, doing, consequence },
    (signal) => {
      requireSameInstance(domo, state);
      return domo.clients().revoke(referenceOf(context, state), signal);
    },
  );
  if (outcome.kind === 'unproven') throw notSeen(state, outcome.caller, 'Nothing was revoked.');
  if (outcome.kind === 'other') {
    throw failure(
      'The id belongs to another API client',
      `The state calls the client of id ${outcome.client.id} "${state.name}", but in Domo it is "${outcome.client.name}". Nothing was revoked. Check that the provider is configured for the right instance; if so, the state is wrong: take the resource out of it with terraform state rm <address of the resource>.`,
    );
  }
}
