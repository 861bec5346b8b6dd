import {
  attributePath,
  type Change,
  type Config,
  type Context,
  errorDiagnostic,
  Failure,
  isUnknown,
  type Proposed,
  root,
  type Unknown,
} from '../../framework';
import { plainForm } from '../api/spelling';
import type { Domo, DomoContext } from '../connection';
import type { Instances } from '../instances';
import { unknownScope } from '../scopes/scopes';
import { checkName, noteGoing, noteStaying, requireAmongNames } from './planned-name';
import { warnOfOtherScopes } from './read';
import { requireKnownInstance } from './same-instance';
import type { Attributes, StoredClient } from './schema';
import { planSealing, requireKeyOfPlan } from './sealed-plan';

/**
 * Refuses what could not be created, and says what the plan itself does not show.
 *
 * @param context on the instance that the client is on
 * @param target on the one where it is to be
 */
export async function checkPlan(
  context: DomoContext,
  change: Change<Attributes, 'instance'>,
  target = context,
): Promise<Partial<Proposed<Attributes>> | undefined> {
  if (change.action === 'delete' || change.action === 'none') context.client.planned.notePlanWalk();
  if (change.action === 'delete' || change.action === 'replace') {
    requireKnownInstance(change.prior);
    if (change.action === 'replace')
      requireKeyOfPlan(context, change.prior, change.planned.secret_public_key);
    warnOfLivingTokens(context);
    noteGoing(context, change.prior);
  }
  if (change.action === 'none' || change.action === 'update') {
    requireAmongNames(context, change.prior);
    noteStaying(context, change.prior);
    warnOfKeptScopes(context, change.prior, change.config);
  }
  const sealing = await planSealing(context, change);
  if (change.action !== 'create' && change.action !== 'replace') return sealing;
  requireKnownScopes(target.client, change.planned.scopes);
  warnOfOddName(target, change.planned.name);
  if (change.action === 'create') warnOfSecondCreation(target, change.planned.name);
  await checkName(target, change.planned);
  const { instance } = change.config;
  if (instance !== null) return { ...sealing, instance };
  // Known, so that a plan which was saved for one instance is not applied to another.
  return target.client.areSettingsDecided ? { ...sealing, instance: target.client.label() } : sealing;
}

/** Plans a client of which only an apply will tell on which instance it is created. */
export async function planUnplaced(
  context: Context<Instances>,
  change: Extract<Change<Attributes, 'instance'>, { readonly action: 'create' }>,
): Promise<Partial<Proposed<Attributes>> | undefined> {
  requireKnownScopes(context.client, change.planned.scopes);
  warnOfOddName(context, change.planned.name);
  return planSealing(context, change);
}

function warnOfOddName({ warn }: Pick<DomoContext, 'warn'>, name: string | Unknown): void {
  if (isUnknown(name) || name === name.trim()) return;
  warn(
    'The name of an API client starts or ends with whitespace',
    `The name ${JSON.stringify(name)} has blanks or line breaks at its start or end. They are invisible on Domo's page, and Domo may remove them. If they are unintended (a heredoc ends with a line break, for example), use trimspace() or chomp().`,
    attributePath(root, 'name'),
  );
}

/** A replacement is planned twice, and only the second time without a prior state. */
function warnOfSecondCreation({ client: domo, warn }: DomoContext, name: string | Unknown): void {
  if (isUnknown(name) || domo.once(`create ${plainForm(name)}`)) return;
  warn(
    'Two API clients with the same name are planned',
    `Names are unique in an instance, and this plan creates more than one client named "${name}". Domo will refuse all but one. Choose different names.`,
    attributePath(root, 'name'),
  );
}

/** Only a move can have brought a client with other scopes than those that were requested and are configured. */
function warnOfKeptScopes(context: DomoContext, prior: StoredClient, { scopes }: Config<Attributes>): void {
  if (isUnknown(scopes)) return;
  const known = scopes.filter((scope) => !isUnknown(scope));
  if (known.length === scopes.length) {
    warnOfOtherScopes(context, { ...prior, scopes: known as string[] }, prior.scopes);
  }
}

function warnOfLivingTokens({ client: domo, warn }: DomoContext): void {
  if (!domo.onceForAll('living tokens')) return;
  warn(
    'Revoking does not end access tokens already issued',
    'An API client is revoked at once and permanently, but access tokens already issued to it stay valid until they expire, after about an hour.',
  );
}

function requireKnownScopes(
  { additionalScopes: additional }: Pick<Domo, 'additionalScopes'>,
  scopes: unknown,
): void {
  if (additional === undefined || !Array.isArray(scopes)) return;
  const problems = scopes.flatMap((scope) => {
    const problem = isUnknown(scope) ? undefined : unknownScope(scope, additional);
    return problem === undefined
      ? []
      : [errorDiagnostic('Unknown scope', problem, attributePath(root, 'scopes'))];
  });
  if (problems.length > 0) throw new Failure(problems);
}
