import { attributePath, Failure, isUnknown, type Proposed, root } from '../../framework';
import type { ClientSpec, ListedClient } from '../api/records';
import { DomoError, type Reason } from '../api/transport/errors';
import type { DomoContext } from '../connection';
import { runWithTimeout } from '../run-with-timeout';
import { describeHolder, howToImport, notAmongNames } from './messages';
import type { Attributes, StoredClient } from './schema';

/** What the plan of a client that goes means for the others; `prior` is its state. */
export function noteGoing(context: DomoContext, prior: StoredClient): void {
  const { id } = prior;
  if (id !== null && context.client.planned.noteGoing({ ...prior, id })) warnOfRecreation(context, prior);
}

/** The same for a client that stays. */
export function noteStaying(context: DomoContext, prior: StoredClient): void {
  const { id, name } = prior;
  if (id === null || !context.client.planned.noteStaying({ ...prior, id })) return;
  context.warn(
    'The name of a planned API client is taken',
    `Names are unique in an instance, and this plan creates another client named "${name}", while it keeps the one of this resource (id ${id}). Domo will refuse the new one: choose another name for it. If this client itself is to be replaced (-replace), ignore this warning.`,
    attributePath(root, 'name'),
  );
}

/** Refuses a plan whose set of names that may exist revokes this client, which stays. */
export function requireAmongNames({ client: domo }: DomoContext, { id, name }: StoredClient): void {
  const removed = id === null ? undefined : domo.planned.removalOf(id);
  if (removed) throw notAmongNames(removed, name);
}

/** Says if the name is taken, and refuses a plan that Domo would refuse to apply. */
export async function checkName(context: DomoContext, planned: Proposed<Attributes>): Promise<void> {
  const { planned: others } = context.client;
  const { name, timeouts } = planned;
  if (isUnknown(name)) return;
  const spec = knownSpec(planned);
  if (spec && others.noteComing(spec)) warnOfRecreation(context, spec);
  const limit = isUnknown(timeouts) ? null : timeouts?.read;
  const holders = await holdersOf(context, name, isUnknown(limit) ? null : limit);
  const holder = holders.find(({ id }) => !others.isGoing(id));
  if (!holder) return;
  if (others.isUndecided(holder.id)) {
    others.waitFor(holder.id);
    return;
  }
  // A resource that is read only later may hold it: where names move on, each is the name of the next one.
  const isFirst = context.client.once('a taken name');
  if (others.manages() && !isFirst) return;
  context.warn(
    'The name of a planned API client is taken',
    `Names are unique in an instance, and this one is held${context.client.place} by ${describeHolder(holder)}. If this plan replaces, renames or destroys that client itself, ignore this warning. Otherwise Domo will refuse to create the client: choose another name, or import the existing client:\n\n${howToImport(context.client, holder.id)}`,
    attributePath(root, 'name'),
  );
}

function knownSpec({ name, description, scopes }: Proposed<Attributes>): ClientSpec | undefined {
  if (isUnknown(name) || isUnknown(description) || isUnknown(scopes)) return undefined;
  const known = scopes.filter((scope) => !isUnknown(scope));
  return known.length < scopes.length ? undefined : { name, description, scopes: known as string[] };
}

function warnOfRecreation({ client: domo, warn }: DomoContext, { name }: ClientSpec): void {
  if (!domo.onceForAll('recreation')) return;
  warn(
    'A live API client will be revoked and recreated',
    `This plan revokes API client "${name}" at one address and creates a client with the same name, description and scopes at another. Whoever uses it loses access until they have the new client id and secret. If only the address has changed (a renamed resource or module, another count or for_each key), keep the client and its secret with a moved block:\n\nmoved {\n  from = <old address of the resource>\n  to   = <new address of the resource>\n}\n\nOther clients of this plan may be affected, too; this warning appears only once.`,
  );
}

/** Empty if the list is unavailable. */
async function holdersOf(
  context: DomoContext,
  name: string,
  limit: string | null | undefined,
): Promise<readonly ListedClient[]> {
  const { client: domo } = context;
  if (!domo.areSettingsDecided) return [];
  const clients = domo.clients();
  let isPermanent = false;
  const about = {
    kind: 'read',
    limit,
    doing: 'Listing the API clients',
    consequence: (thrown: unknown) => {
      isPermanent = isLasting(thrown);
      return isPermanent
        ? 'The apply would fail the same way, so planning stopped.'
        : 'The plan is complete, but its apply may meet the same problem.';
    },
  } as const;
  try {
    const listing =
      clients.listed() ?? (await runWithTimeout(context, about, (signal) => clients.list(signal)));
    return listing.byName(name);
  } catch (thrown) {
    if (!(thrown instanceof Failure)) throw thrown;
    // Said once: the other resources of the plan have nothing to add.
    if (!domo.once('unchecked names')) return [];
    if (isPermanent) throw thrown;
    context.warn('Could not check whether names are taken', thrown.diagnostics[0]?.detail ?? thrown.message);
    return [];
  }
}

/** Whether no waiting will help: Domo rejects this caller, or something on this machine has to be corrected. */
function isLasting(thrown: unknown): boolean {
  if (!(thrown instanceof DomoError)) return false;
  const { kind, status, reason, cause } = thrown;
  if (reason === 'no-session') return isLasting(cause);
  return kind === 'credentials' || status === 403 || (reason !== undefined && lasting.includes(reason));
}

const lasting: readonly Reason[] = [
  'blocked',
  'proxy',
  'invalid-header',
  'certificate-expired',
  'certificate-name',
  'certificate-untrusted',
];
