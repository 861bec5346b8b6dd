import type { DomoContext } from '../connection';
import { runWithTimeout } from '../run-with-timeout';
import { notClearlyThisOne, otherName, unproven } from './absence';
import { describeClient, requireWritable } from './messages';
import { referenceOf } from './reference';
import { requireKnownInstance, requireSameInstance } from './same-instance';
import type { StoredClient } from './schema';

/** Revokes exactly the client that the state describes. If it is already gone, that is a success. */
export async function revokeClient(context: DomoContext, state: StoredClient): Promise<void> {
  const { client: domo } = context;
  requireWritable(domo, `${describeClient(state)} was not revoked`);
  requireKnownInstance(state);
  const doing = `Revoking ${describeClient(state)}`;
  const consequence = 'The client stays in the state; a later apply tries again.';
  const outcome = await runWithTimeout(
    context,
    { kind: 'delete', limit: state.timeouts?.delete, doing, consequence },
    async (signal) => {
      const reference = referenceOf(context, state);
      await requireSameInstance(domo, state, reference, signal);
      return domo.clients().revoke(reference, signal);
    },
  );
  if (outcome.kind === 'revoked' || outcome.kind === 'gone') return;
  if (outcome.kind === 'other') throw otherName(outcome.client, state, nothingRevoked);
  if (outcome.kind === 'unclear') throw notClearlyThisOne(outcome.client, domo, nothingRevoked);
  throw unproven(outcome, state, domo, nothingRevoked);
}

const nothingRevoked = 'Nothing was revoked.';
