import { attributePath, type Change, failure, isUnknown, type Proposed, root } from '../../framework';
import type { NotedClient } from '../api/records';
import { notAmongNames } from '../api-client/messages';
import type { DomoContext } from '../connection';
import { ambiguous, count, lines, requireSamePlace } from './messages';
import { type Holders, leaving, shared, strangers } from './names';
import { recall } from './private-state';
import { listAll } from './read';
import type { Attributes, NamesState } from './schema';

/** Refuses what nobody could see, or what nobody can want, and lists what the apply will revoke. */
export async function planNames(
  context: DomoContext,
  change: Exclude<Change<Attributes>, { readonly action: 'delete' }>,
): Promise<Partial<Proposed<Attributes>> | undefined> {
  requireOnlyOne(context, change.action);
  if (change.action === 'create' || change.action === 'replace') return planFirst(context, change.planned);
  const { names, max } = requireKnown(change.planned);
  const { applied = [], noted } = recall(context);
  warnOfSharedNames(context, shared(names, noted));
  const holders = leaving(change.prior.names, names, noted);
  if (holders.length > 0) planRevocations(context, change.prior, { holders, applied, max });
  return undefined;
}

export function warnOfDestruction({ warn }: Pick<DomoContext, 'warn'>): void {
  warn(
    'No API client is revoked with domo_api_clients_exclusive',
    'Destroying this resource only ends the comparison: every API client stays as it is, and new ones are no longer noticed.',
  );
}

/** A replacement is planned twice, and only the second time without a prior state: what is remembered comes with both. */
function requireOnlyOne(context: DomoContext, action: Change<Attributes>['action']): void {
  const { client: domo } = context;
  const isReplacement = action === 'create' && recall(context).applied !== undefined;
  if (isReplacement || domo.planned.noteNames()) return;
  throw failure(
    'Two sets of names for one instance',
    'This plan has more than one domo_api_clients_exclusive for the same instance, and each would revoke what only the other names. Nothing was changed. Keep one, with the names of both.',
  );
}

/** Nothing goes with a creation: no refresh has shown anybody what would. */
async function planFirst(
  context: DomoContext,
  { names }: Proposed<Attributes>,
): Promise<Partial<Proposed<Attributes>> | undefined> {
  const { client: domo } = context;
  if (!domo.areSettingsDecided) return undefined;
  const instance = domo.label();
  if (domo.mayApply) return { instance };
  const listing = await listAll(context, 'Without the list nobody can say what the names leave out.');
  const known = knownOf(names);
  const left = known === undefined ? undefined : strangers(listing, known);
  context.warn(
    'The first apply revokes no API client',
    `domo_api_clients_exclusive only takes note of the names when it is created. ${afterFirst(left)}`,
  );
  return { instance };
}

function afterFirst(left: readonly NotedClient[] | undefined): string {
  if (left === undefined) return 'The next plan shows all clients with other names as removals.';
  if (left.length === 0) return 'At the moment there is no client with another name.';
  return `${count(left)} ${left.length === 1 ? 'has' : 'have'} another name. The next plan shows this as a removal:\n\n${lines(left)}`;
}

function requireKnown({ names, max_revocations: max }: Proposed<Attributes>) {
  const known = knownOf(names);
  if (known !== undefined && !isUnknown(max)) return { names: known, max };
  throw failure(
    'The names that may exist are not known yet',
    `${known === undefined ? 'names' : 'max_revocations'} depends on something that Terraform only knows after an apply, so this plan could not show which API clients its apply would revoke. Nothing was changed. Use values that are known when planning, such as names that the configuration spells out, or apply what they depend on first (terraform apply -target=…).`,
    attributePath(root, known === undefined ? 'names' : 'max_revocations'),
  );
}

function knownOf(names: Proposed<Attributes>['names']): string[] | undefined {
  if (isUnknown(names)) return undefined;
  const known = names.filter((name): name is string => !isUnknown(name));
  return known.length === names.length ? known : undefined;
}

interface Removals {
  readonly holders: readonly Holders[];
  readonly applied: readonly string[];
  readonly max: number;
}

function planRevocations(context: DomoContext, prior: NamesState, { holders, applied, max }: Removals): void {
  const { client: domo } = context;
  const unclear = holders.find(({ clients }) => clients.length > 1);
  if (unclear) throw ambiguous(unclear);
  if (domo.areSettingsDecided) requireSamePlace(context, prior);
  const clients = holders.flatMap((each) => each.clients);
  const [kept] = domo.planned.noteRemovals(clients);
  if (kept) throw notAmongNames(kept.removed, kept.name);
  const isPlan = domo.planned.isPlanWalk();
  // The plan has been checked, and an apply is not told which clients it destroys. Stacks look like an apply when planning.
  if (domo.mayApply && !isPlan) return;
  // An OpenTofu that applies looks like one that plans without a refresh: then only strangers are sure to count.
  const counted = holders
    .filter(({ name }) => isPlan || !applied.includes(name))
    .flatMap((each) => each.clients)
    .filter(({ id }) => !domo.planned.isGoing(id));
  if (counted.length > max) throw tooMany(counted, max);
  context.warn(
    'API clients that are not among the names will be revoked',
    `The apply of this plan revokes ${count(clients)}, at once and permanently:\n\n${lines(clients)}\n\nEach is looked up again just before, by id, name and client id, and left alone if it has changed since. To keep one, add its name to names. Access tokens that were already issued stay valid until they expire, about an hour.`,
  );
}

function tooMany(clients: readonly NotedClient[], max: number) {
  return failure(
    'More API clients would be revoked than max_revocations allows',
    `The apply of this plan would revoke ${count(clients)}, and max_revocations is ${max}:\n\n${lines(clients)}\n\nNothing was changed. If this is unexpected, check where names comes from, and that the provider is configured for the right instance. If it is intended, raise max_revocations for this plan. Clients that the same plan destroys do not count if their resources are planned first, as they are if names refers to them.`,
    attributePath(root, 'max_revocations'),
  );
}

function warnOfSharedNames({ warn }: DomoContext, names: readonly Holders[]): void {
  for (const { name, clients } of names) {
    warn(
      'More than one API client has this name',
      `${count(clients)} may be meant by "${name}", as Domo spells names:\n\n${lines(clients)}\n\nNone of them is revoked. If one of them should not exist, revoke it on the page Admin > Authentication > API Clients.`,
    );
  }
}
