import type { FindResult } from '../api/finder';
import { hasNameOf, sameScopes } from '../api/matching';
import { sameText } from '../api/spelling';
import type { DomoContext } from '../connection';
import { runWithTimeout } from '../run-with-timeout';
import { aliveInWords, otherName, unproven } from './absence';
import { listedIds } from './ids';
import { describeClient, describeScopes, forgetCommand } from './messages';
import { rememberSeen } from './private-state';
import { referenceOf } from './reference';
import { isSameInstance, keptUnread } from './same-instance';
import type { ClientState, StoredClient } from './schema';
import { hasSecret } from './sealed-secret';

const consequence = 'The state was left as it is.';

/** Null only if it is proven that the client is gone; everything short of a proof is an error, and state stays. */
export async function readClient(context: DomoContext, state: StoredClient): Promise<ClientState | null> {
  const { client: domo } = context;
  const { instance } = state;
  const doing = `Reading ${describeClient(state)}`;
  const reference = referenceOf(context, state);
  const result = await runWithTimeout(
    context,
    { kind: 'read', limit: state.timeouts?.read, doing, consequence },
    async (signal) => {
      if (instance !== null && !(await isSameInstance(domo, state, reference, signal))) return 'elsewhere';
      return domo.clients().find(reference, signal);
    },
  );
  if (result === 'elsewhere') {
    return keptUnread(context, state, `nothing proves that this id is the same client on "${domo.label()}"`);
  }
  if (result.kind === 'found') {
    // Without an instance in the state, a client id that agrees is not enough: everything that is known must.
    const isMeant = instance !== null || hasNameOf(result.client, reference);
    if (!isMeant) throw otherName(result.client, state, consequence);
    return seen(context, state, result, reference.shownName);
  }
  if (result.kind === 'gone') {
    if (reference.isOpenCreation) warnOfNothingCreated(context, state);
    else warnOfRevocation(context, state);
    return null;
  }
  if (result.kind === 'alive' && instance !== null) {
    if (result.itself || domo.once('an incomplete list')) {
      context.warn(
        'An API client is not listed but still works',
        `${aliveInWords(result, state)} ${consequence}`,
      );
    }
    return { ...state, instance };
  }
  throw unproven(result, state, domo, consequence);
}

/** A client cannot be edited: what the list shows otherwise is Domo's spelling, and the state keeps what it has. */
function seen(
  context: DomoContext,
  state: StoredClient,
  { client, agreement }: Extract<FindResult, { kind: 'found' }>,
  shownBefore: string | null,
): ClientState {
  const { client: domo } = context;
  if (state.id === null && !hasSecret(state)) {
    context.warn(
      'The client of an unconfirmed create request was found',
      `${describeClient(client)} has the name, description and scopes of the client that was requested, and is newer than that request: most likely it is that one, and its secret is lost. It is tainted, so the next apply revokes it and creates another. If another run or person made it, remove it from the state instead (terraform state rm), so that it is not revoked.`,
    );
  }
  domo.planned.noteRead(client.id);
  if (!domo.once(`read ${client.id}`)) {
    context.warn(
      'Two resources manage one API client',
      `${describeClient(client)} is managed by more than one resource: replacing or destroying either of them revokes it for both. Remove all but one from the state: ${forgetCommand}.`,
    );
  }
  if (!sameText(shownBefore ?? state.name, client.name)) warnOfOtherName(context, state, client.name);
  warnOfOtherScopes(context, state, client.scopes);
  // What a move has brought is from now on the client that was found, as after an import.
  const isProven = state.instance === null || agreement === 'agrees' || referenceOf(context, state).seenHere;
  const ids = listedIds(client);
  const now = {
    ...state,
    id: client.id,
    // Whatever text means this instance stays: another one would be drift.
    instance: state.instance !== null && domo.isCalled(state.instance) ? state.instance : domo.label(),
    owner_id: client.ownerId ?? state.owner_id,
    // The list may show a masked id, which must never replace the full one from the creation.
    client_id: state.client_id ?? ids.client_id,
    masked_client_id: state.masked_client_id ?? ids.masked_client_id,
  };
  rememberSeen(context, now, client, isProven);
  return now;
}

function warnOfNothingCreated({ warn }: DomoContext, { name }: StoredClient): void {
  warn(
    'The client of an unconfirmed create request was not found',
    `Domo's list shows no API client "${name}" that can have come from that request, so it is removed from the state. If it is still configured, the next apply creates it. Domo's list can lag: if the client is no longer configured, check again later on the page Admin > Authentication > API Clients that it does not exist.`,
  );
}

function warnOfRevocation({ warn }: DomoContext, state: StoredClient): void {
  warn(
    'An API client was revoked outside Terraform',
    `${describeClient(state)} is no longer in Domo's list. It is removed from the state, and the next apply creates it again, with a new client id and secret, unless it is removed from the configuration. If nobody has revoked it, check the grants of the caller before applying.`,
  );
}

export function warnOfOtherName(
  { warn }: Pick<DomoContext, 'warn'>,
  client: { readonly name: string; readonly id: string | null },
  shown: string,
): void {
  if (sameText(client.name, shown)) return;
  warn(
    'Domo shows the name of an API client differently',
    `Domo shows the name of ${describeClient(client)} as "${shown}". Clients cannot be edited, so this is only how Domo stores or displays it. There is nothing to do.`,
  );
}

/** Says that a client may do other things than were asked for; `granted` is null if Domo does not tell. */
export function warnOfOtherScopes(
  { warn }: Pick<DomoContext, 'warn'>,
  client: { readonly name: string; readonly id: string | null; readonly scopes: readonly string[] },
  granted: readonly string[] | null,
): void {
  if (granted === null || sameScopes(granted, client.scopes)) return;
  warn(
    'Domo granted different scopes than requested',
    `${describeClient(client)} was requested with ${describeScopes(client.scopes)}, but Domo shows ${describeScopes(granted)}. The client is not replaced, since a new one would most likely get the same scopes. Ask Domo's support why the scopes differ.`,
  );
}
