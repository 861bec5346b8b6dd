import { type Failure, failure, isUnknown } from '../../framework';
import { describeError } from '../advice';
import type { Creation } from '../api/creation';
import type { ListedClient } from '../api/records';
import { DomoError } from '../api/transport/errors';
import type { Domo, DomoContext } from '../connection';
import { runWithTimeout } from '../run-with-timeout';
import { asDomoSpells } from '../scopes/scopes';
import { listedIds, mask } from './ids';
import { describeClient, describeHolder, howToImport, requireWritable } from './messages';
import { rememberAttempt, rememberOrigin, rememberShownName } from './private-state';
import { warnOfOtherName, warnOfOtherScopes } from './read';
import type { ClientPlan, ClientState } from './schema';
import { noSecret, requireKey, storedSecret } from './sealed-secret';

/**
 * Everything in Domo's answer goes into the state. Once the secret has arrived there are only warnings, since an
 * error would taint a good client.
 */
export async function createClient(context: DomoContext, plan: ClientPlan): Promise<ClientState> {
  const { client: domo } = context;
  const { name, description, timeouts } = plan;
  requireWritable(domo, `API client "${name}" was not created`);
  requirePlannedInstance(domo, plan);
  const key = await requireKey(plan.secret_public_key, `API client "${name}" was not created`);
  const spec = { name, description, scopes: asDomoSpells(plan.scopes, domo.additionalScopes ?? []) };
  const { scopes, secret_public_key } = plan;
  const instance = isUnknown(plan.instance) ? domo.label() : plan.instance;
  const base = { name, description, scopes, secret_public_key, instance, timeouts };

  const outcome = await runWithTimeout(
    context,
    {
      kind: 'create',
      limit: timeouts?.create,
      doing: `Creating API client "${name}"`,
      consequence,
    },
    (signal) => domo.clients().create(spec, signal),
  );
  if (outcome.kind === 'refused') throw refused(domo, name, outcome);
  if (outcome.kind === 'taken' || outcome.kind === 'unclear') throw notCreated(domo, name, outcome);

  rememberOrigin(context, 'created', outcome.kind === 'open' ? outcome.age : 0);
  if (outcome.kind === 'open') {
    if (outcome.attempt) rememberAttempt(context, outcome.attempt);
    reportOpen(context, name, outcome);
    return { ...base, ...nothingKnown, owner_id: outcome.ownerId };
  }
  if (outcome.kind === 'secret-lost') {
    const { client, why } = outcome;
    context.error(
      'The secret of a new API client is lost',
      `Domo did not respond properly to the create request:\n${describeError(why, domo.argument)}\n\n${describeClient(client)} now exists with this name, description, scopes and owner, and was created after the previous list was read: most likely it is the one that was just created, and its secret can no longer be retrieved. It is kept in the state as tainted, so the next plan replaces it. If another run or person made it, remove it from the state instead (terraform state rm), so that it is not revoked.`,
    );
    const { id, ownerId } = client;
    return { ...base, ...listedIds(client), id, owner_id: ownerId, ...noSecret };
  }

  const { id, clientId, clientSecret, ownerId } = outcome.created;
  domo.hide(clientSecret);
  const secret = await storedSecret(context, { ...base, id }, key, clientSecret);
  if (clientId !== null) {
    domo.hide(clientId);
    domo.noteNew(clientId);
  }
  if (id === null || clientId === null) {
    const missing = [id === null && 'id', clientId === null && 'client id'].filter(Boolean).join(' and no ');
    context.warn(
      "Domo's response about a new API client was incomplete",
      `API client "${name}" was created with its secret, but Domo's response had no ${missing}. The next refresh fills in what Domo's list shows.`,
    );
  }
  if (outcome.created.name !== null) {
    warnOfOtherName(context, { ...base, id }, outcome.created.name);
    rememberShownName(context, name, outcome.created.name);
  }
  warnOfOtherScopes(context, { ...base, id }, outcome.created.scopes);
  return {
    ...base,
    id,
    client_id: clientId,
    masked_client_id: clientId === null ? null : mask(clientId),
    ...secret,
    owner_id: ownerId,
  };
}

/** The engine's own check of a plan that was saved for another instance names the provider; this one names the reason. */
function requirePlannedInstance(domo: Domo, { instance }: ClientPlan): void {
  if (isUnknown(instance) || domo.isCalled(instance)) return;
  throw failure(
    'The plan was made for another instance',
    `The plan creates the client on "${instance}", but the provider is configured for "${domo.label()}". Nothing was created. Apply with the settings that the plan was made with, or make a new plan.`,
  );
}

/** How things stand after an error; what cannot be known is not claimed. */
function consequence(thrown: unknown): string {
  const isKnown =
    thrown instanceof DomoError &&
    (thrown.definite || nothingSent.includes(thrown.kind) || !thrown.endpoint.startsWith('POST '));
  const grants =
    thrown instanceof DomoError && thrown.status === 403
      ? 'Domo may also ask for a second factor, which a token or password cannot provide. '
      : '';
  return isKnown
    ? `${grants}No client was created.`
    : `${grants}The response does not look like one of Domo's own, so it may come from a proxy or gateway. Domo's list shows no client with that name, or could not be read: before you apply again, check on Domo's page that it does not exist.`;
}

const nothingSent: readonly string[] = ['not-sent', 'aborted'];

function refused(
  domo: Domo,
  name: string,
  { error, sees, similar }: Extract<Creation, { kind: 'refused' }>,
): Failure {
  const hidden = {
    own: ' The most common reason is that the name is taken. The list that Domo shows this caller has no client with that name, but without the grant "Manage All Access Tokens and API Clients" it contains only the caller\'s own clients, so another user\'s client may hold the name. A user with that grant can check. If so, choose another name.',
    all: ' The list shows no client with that name. If a plan has just reported this resource as revoked outside Terraform, that client may still exist, missing from the list and holding the name: try again in a minute.',
    nothing:
      ' The most common reason is that the name is taken. That could not be checked, because Domo did not return a complete list of the clients.',
  }[sees];
  return failure(
    'Domo rejected the request',
    `Creating API client "${name}"${domo.place}:\n${describeError(error, domo.argument)}\n\nNo client was created.${similar ? differsInCase(domo, similar) : hidden}`,
  );
}

function differsInCase(domo: Domo, holder: ListedClient): string {
  return ` The most common reason is that the name is taken: ${describeHolder(holder)}, differs from it only in letter case, which Domo may not tell apart. Choose another name, or import that client:\n\n${howToImport(domo, holder.id)}`;
}

/** A client that may be there: the next refresh looks for it by its name. */
const nothingKnown = {
  id: null,
  client_id: null,
  masked_client_id: null,
  ...noSecret,
} as const;

function reportOpen(context: DomoContext, name: string, { why, since }: Extract<Creation, { kind: 'open' }>) {
  context.error(
    'Could not confirm whether the API client was created',
    `Domo did not respond properly to the request to create "${name}"${context.client.place}:\n${describeError(why, context.client.argument)}\n\n${
      since
        ? `Since then it has refused to create the client, but its list shows this caller no client of that name:\n${describeError(since, context.client.argument)}\n\n`
        : "Domo's list did not show what became of it before the timeout. "
    }The client is kept in the state as tainted, without an id. Apply again within a day: the refresh looks for it and, if it is there, the apply revokes it and creates it again, since its secret is lost.`,
  );
}

function notCreated(domo: Domo, name: string, outcome: Extract<Creation, { kind: 'taken' | 'unclear' }>) {
  const { holder } = outcome;
  const who = describeHolder(holder);
  const adopt = `To manage that client, import it. Its secret can no longer be retrieved.\n\n${howToImport(domo, holder.id)}`;
  if (outcome.kind === 'unclear') {
    return failure(
      'Cannot tell whether this API client is yours',
      `Domo did not respond properly to the request to create "${name}"${domo.place}:\n${describeError(outcome.why, domo.argument)}\n\nThe name is now held by ${who}. It may not be the client that this run asked for, so it was left alone. If nobody needs it, revoke it on the page Admin > Authentication > API Clients, then apply again. ${adopt}`,
    );
  }
  return failure(
    'The name of the API client is taken',
    `"${name}" was not created: names are unique in an instance, and this one is held by ${who}. Choose another name, or revoke that client first. If a plan has just reported this resource as revoked outside Terraform, the list did not show that client at the time: it still exists, so import it.\n\nIf the holder is the very client that this resource replaces, remove create_before_destroy from its lifecycle: with an unchanged name the old client must go first. For a replacement without a gap, change the name.\n\n${adopt}`,
  );
}
