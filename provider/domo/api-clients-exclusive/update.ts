import { Failure } from '../../framework';
import type { NotedClient } from '../api/records';
import type { Revocation } from '../api/revocation';
import { DomoError } from '../api/transport/errors';
import { describeClient, incomplete, requireWritable } from '../api-client/messages';
import { revokeNoted } from '../api-client/noted-client';
import type { DomoContext } from '../connection';
import { runWithTimeout } from '../run-with-timeout';
import { ambiguous, count, lines, requireSameInstance, requireSamePlace } from './messages';
import { type Holders, leaving } from './names';
import { recall, rememberApplied, rememberListed } from './private-state';
import type { NamesPlan, NamesState } from './schema';

/**
 * Revokes the clients whose names leave the set, one after the other. After an error, the state still has the names of
 * those that were not revoked, so the next plan shows them again.
 */
export async function updateNames(
  context: DomoContext,
  plan: NamesPlan,
  prior: NamesState,
): Promise<NamesState> {
  const { noted, applied = [] } = recall(context);
  const all = leaving(prior.names, plan.names, noted);
  const holders = withinLimit(all, applied, plan.max_revocations);
  const unclear = all.find(({ clients }) => clients.length > 1);
  if (unclear) throw ambiguous(unclear);
  if (all.length > 0) {
    requireWritable(context.client, 'No API client was revoked');
    requireSamePlace(context, prior);
  }
  const left = all.filter((each) => !holders.includes(each)).flatMap(({ clients }) => clients);
  if (left.length > 0) warnOfLimit(context, left, plan.max_revocations);
  const remaining: string[] = [];
  let goesOn = true;
  for (const { name, clients } of holders) {
    const [client] = clients;
    if (!client) continue;
    const outcome: Attempt | undefined = goesOn ? await revokeOne(context, client) : undefined;
    if (outcome === undefined || outcome.kind === 'failed') remaining.push(name);
    else warnIfLeft(context, client, outcome, noted);
    if (outcome?.kind === 'failed') goesOn = outcome.goesOn;
  }
  rememberApplied(context, plan.names);
  await noteAgain(context, prior, left);
  return { ...plan, instance: prior.instance, names: [...plan.names, ...remaining] };
}

/**
 * Those that an apply revokes. Not every plan can count: OpenTofu does not say whether it plans or applies, and an apply is
 * not told what else it destroys. So if there are more than the limit, the clients whose names the last apply had are left
 * to their resources.
 */
function withinLimit(
  holders: readonly Holders[],
  applied: readonly string[],
  max: number,
): readonly Holders[] {
  if (holders.length <= max) return holders;
  const strangers = holders.filter(({ name }) => !applied.includes(name));
  return strangers.length <= max ? strangers : [];
}

function warnOfLimit({ warn }: DomoContext, left: readonly NotedClient[], max: number): void {
  warn(
    'API clients were left because of max_revocations',
    `The names of ${count(left)} have left, and domo_api_clients_exclusive has not revoked them, since max_revocations is ${max}:\n\n${lines(left)}\n\nA domo_api_client of the same plan that destroys one of them revokes it. The next plan shows those that are still there.`,
  );
}

/** `goesOn`: Domo has refused this one, which says nothing of the others. */
type Attempt = Revocation | { readonly kind: 'failed'; readonly goesOn: boolean };

async function revokeOne(context: DomoContext, client: NotedClient): Promise<Attempt> {
  const { client: domo } = context;
  let goesOn = false;
  const about = {
    kind: 'delete',
    doing: `Revoking ${describeClient(client)}`,
    consequence: (thrown: unknown) => {
      goesOn = thrown instanceof DomoError && thrown.kind === 'refused';
      return `${goesOn ? '' : 'The clients that come after it were not tried. '}The name of each client that was not revoked stays in the state, so the next plan shows it again.`;
    },
  } as const;
  try {
    return await runWithTimeout(context, about, async (signal) => {
      signal.throwIfAborted();
      const outcome = await revokeNoted(domo.clients(), client, signal);
      if (outcome.kind === 'part') throw incomplete(outcome.says);
      return outcome;
    });
  } catch (thrown) {
    if (!(thrown instanceof Failure)) throw thrown;
    for (const { summary, detail } of thrown.diagnostics) context.error(summary, detail);
    return { kind: 'failed', goesOn };
  }
}

/** One that is not the client of the plan any more is left for a plan that shows it. */
function warnIfLeft(
  context: DomoContext,
  client: NotedClient,
  outcome: Revocation,
  noted: readonly NotedClient[],
): void {
  if (outcome.kind === 'revoked') return;
  const known = new Set(noted.map(({ id }) => id));
  const holders = context.client.clients().listed()?.bySpelling(client.name) ?? [];
  const found = 'client' in outcome ? outcome.client : holders.find(({ id }) => !known.has(id));
  if (outcome.kind === 'gone' && !found) return;
  const now = found
    ? `Domo now has ${describeClient(found)}, which is another client. It was not revoked.`
    : 'The list that Domo shows the caller no longer has it, which does not prove that it is gone: without the grant "Manage All Access Tokens and API Clients" Domo shows callers only their own clients.';
  context.warn(
    'An API client has changed since the plan',
    `The plan was to revoke ${describeClient(client)}. ${now} The next plan shows what is there then.`,
  );
}

/** So that the next refresh finds nothing new. Whatever is missing here, that refresh notes. */
async function noteAgain(
  context: DomoContext,
  prior: NamesState,
  left: readonly NotedClient[],
): Promise<void> {
  const { client: domo } = context;
  const about = { kind: 'read', doing: 'Listing the API clients', consequence: '' } as const;
  try {
    requireSameInstance(context, prior.instance);
    const listing = await runWithTimeout(context, about, (signal) => domo.clients().upToDate(signal));
    if (listing.part === undefined) rememberListed(context, listing, left);
  } catch (thrown) {
    if (!(thrown instanceof Failure)) throw thrown;
  }
}
