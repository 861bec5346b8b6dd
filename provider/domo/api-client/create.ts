import { failure } from '../../framework';
import { describeError } from '../advice';
import type { Creation } from '../api/creation';
import type { DomoContext } from '../connection';
import { runWithTimeout } from '../run-with-timeout';
import { canonicalScopes } from '../scopes/scopes';
import { listedIds, mask } from './ids';
import { describeClient, describeHolder, importCommand, requireWritable } from './messages';
import type { ClientPlan, ClientState } from './schema';

/**
 * Everything in Domo's answer goes into the state. Once the secret has arrived there are only warnings, since an
 * error would taint a good client.
 */
export async function createClient(context: DomoContext, plan: ClientPlan): Promise<ClientState> {
  const { client: domo } = context;
  const { name, description, timeouts } = plan;
  requireWritable(domo, `API client "${name}" was not created`);
  const spec = { name, description, scopes: canonicalScopes(plan.scopes, domo.additionalScopes ?? []) };
  const base = { name, description, scopes: plan.scopes, instance: domo.label(), timeouts };

  const outcome = await runWithTimeout(
    context,
    {
      kind: 'create',
      limit: timeouts?.create,
      doing: `Creating API client "${name}"`,
      consequence: 'No client was created.',
    },
    (signal) => domo.clients().create(spec, signal),
  );
  if (outcome.kind === 'taken' || outcome.kind === 'unclear') throw notCreated(name, outcome);

  context.private.set('created_at', new Date().toISOString());
  if (outcome.kind === 'open') {
    reportOpen(context, name, outcome);
    return { ...base, ...nothingKnown, owner_id: outcome.ownerId };
  }
  if (outcome.kind === 'secret-lost') {
    const { client, why } = outcome;
    context.error(
      'The secret of a new API client is lost',
      `Domo did not answer the creation properly:\n${describeError(why)}\n\n${describeClient(client)} is there now, with exactly this name, description, scopes and owner: most likely it is the one that was just created, and its secret cannot be had any more. It is kept in the state as tainted, so the next plan replaces it. If another run or person made it, take it out of the state instead (terraform state rm), so that it is not revoked.`,
    );
    const { id, ownerId } = client;
    return { ...base, ...listedIds(client), id, owner_id: ownerId, client_secret: null };
  }

  const { id, clientId, clientSecret, ownerId } = outcome.created;
  domo.hide(clientSecret);
  if (clientId !== null) domo.hide(clientId);
  if (id === null || clientId === null) {
    const missing = [id === null && 'id', clientId === null && 'client id'].filter(Boolean).join(' and no ');
    context.warn(
      'Domo has not told everything about a new API client',
      `API client "${name}" was created and its secret is in the state, but Domo's answer had no ${missing}. The next refresh fills in what Domo's list shows.`,
    );
  }
  return {
    ...base,
    id,
    client_id: clientId,
    masked_client_id: clientId === null ? null : mask(clientId),
    client_secret: clientSecret,
    owner_id: ownerId,
  };
}

/** For a client that may or may not exist: the next refresh looks for it by its name. */
const nothingKnown = {
  id: null,
  client_id: null,
  masked_client_id: null,
  client_secret: null,
} as const;

function reportOpen(context: DomoContext, name: string, { why, since }: Extract<Creation, { kind: 'open' }>) {
  context.error(
    'It is not known whether the API client was created',
    `Domo did not answer the creation of "${name}" properly:\n${describeError(why)}\n\n${
      since
        ? `It refuses to create the client since, but its list does not show one of that name to this caller:\n${describeError(since)}\n\n`
        : "Domo's list could not tell within the time what became of it. "
    }The client is kept in the state as tainted, without an id. Apply again: the refresh looks for it, and if it is there, it is revoked and created anew, since its secret is lost.`,
  );
}

function notCreated(name: string, outcome: Extract<Creation, { kind: 'taken' | 'unclear' }>) {
  const { holder } = outcome;
  const who = describeHolder(holder);
  const adopt = `To manage that client, import it: ${importCommand(holder.id)}. Its secret cannot be had any more.`;
  if (outcome.kind === 'unclear') {
    return failure(
      'It is not known whose API client this is',
      `Domo did not answer the creation of "${name}" properly:\n${describeError(outcome.why)}\n\nThe name is now held by ${who}. That is not clearly the client that was to be created, so it was left alone. ${adopt} If nobody needs it, revoke it on the page Admin > Authentication > API Clients, then apply again.`,
    );
  }
  return failure(
    'The name of the API client is taken',
    `"${name}" was not created: names are unique in an instance, and this one is held by ${who}. Choose another name, or revoke that client first. ${adopt}\n\nIf the holder is the very client that this resource replaces, remove create_before_destroy from its lifecycle: with an unchanged name the old client must go first. For a replacement without a gap, change the name.`,
  );
}
