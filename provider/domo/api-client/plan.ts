import { attributePath, type Change, errorDiagnostic, Failure, isUnknown, root } from '../../framework';
import { describeError } from '../advice';
import type { ListedClient } from '../api/records';
import type { DomoContext } from '../connection';
import { runWithTimeout } from '../run-with-timeout';
import { unknownScope } from '../scopes/scopes';
import { describeHolder, importCommand } from './messages';
import type { Attributes } from './schema';

/** Fails for what could not be created, and warns of what the plan itself does not show. */
export async function checkPlan(context: DomoContext, change: Change<Attributes>): Promise<undefined> {
  if (change.action === 'delete' || change.action === 'replace') warnOfLivingTokens(context);
  if (change.action === 'create' || change.action === 'replace') {
    requireKnownScopes(context, change.planned.scopes);
    await warnOfTakenName(context, change);
  }
  return undefined;
}

function warnOfLivingTokens({ client: domo, warn }: DomoContext): void {
  if (!domo.once('living tokens')) return;
  warn(
    'Revoking does not end access tokens already issued',
    'An API client is revoked at once and for good, but access tokens that were issued with it stay valid until they expire, about an hour.',
  );
}

function requireKnownScopes({ client: domo }: DomoContext, scopes: unknown): void {
  const additional = domo.additionalScopes;
  if (additional === undefined || !Array.isArray(scopes)) return;
  const problems = scopes.flatMap((scope) => {
    const problem = isUnknown(scope) ? undefined : unknownScope(scope, additional);
    return problem === undefined
      ? []
      : [errorDiagnostic('Unknown scope', problem, attributePath(root, 'scopes'))];
  });
  if (problems.length > 0) throw new Failure(problems);
}

/** A courtesy: whatever happens to the list, it never fails a plan. */
async function warnOfTakenName(
  context: DomoContext,
  { planned, prior }: Exclude<Change<Attributes>, { action: 'delete' }>,
): Promise<void> {
  const { client: domo } = context;
  const { name, timeouts } = planned;
  if (prior?.id) domo.replaced.add(prior.id);
  if (isUnknown(name)) return;
  const limit = isUnknown(timeouts) ? null : timeouts?.read;
  const holder = await holderOf(context, name, isUnknown(limit) ? null : limit);
  if (!holder || domo.replaced.has(holder.id)) return;
  context.warn(
    'The name of a planned API client is taken',
    `Names are unique in an instance, and this one is held by ${describeHolder(holder)}. If this plan replaces, renames or destroys that very client, all is well. Otherwise the apply will be refused: choose another name, or import the client (${importCommand(holder.id)}).`,
    attributePath(root, 'name'),
  );
}

async function holderOf(
  context: DomoContext,
  name: string,
  limit: string | null | undefined,
): Promise<ListedClient | undefined> {
  const { client: domo } = context;
  if (!domo.canConnect) return undefined;
  const about = {
    kind: 'read',
    limit,
    doing: 'Listing the API clients',
    consequence: 'The plan is complete all the same, but its apply may meet the same problem.',
  } as const;
  try {
    const clients = domo.clients();
    const listing =
      clients.listed() ?? (await runWithTimeout(context, about, (signal) => clients.list(signal)));
    return listing.byName(name);
  } catch (thrown) {
    if (domo.once('unchecked names')) {
      const detail = thrown instanceof Failure ? thrown.diagnostics[0]?.detail : undefined;
      context.warn('It could not be checked whether names are taken', detail ?? describeError(thrown));
    }
    return undefined;
  }
}
