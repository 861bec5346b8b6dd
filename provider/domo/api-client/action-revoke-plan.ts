import { type ActionPlanContext, failure } from '../../framework';
import type { ApiClients } from '../api/api-clients';
import type { Listing } from '../api/listing';
import { hasNameOf } from '../api/matching';
import type { ListedClient } from '../api/records';
import type { Domo } from '../connection';
import { runWithTimeout } from '../run-with-timeout';
import { describeClient, describeHolder } from './messages';
import { type NamedClient, referenceTo } from './named-clients';

/** Refuses a second action with other clients: engines show only the first of several warnings with one title. */
export function requireOneList(domo: Domo, named: readonly NamedClient[]): void {
  const isFirst = domo.onceForAll('an action that revokes');
  const isNew = domo.onceForAll(`the action that revokes ${JSON.stringify(named)} on ${domo.label()}`);
  if (isFirst || !isNew) return;
  throw failure(
    'Two actions revoke API clients',
    `Terraform shows only the first of several warnings with the same title, so this plan would not show every client that it revokes. This action names ${describeAll(named)}. Name all clients in one action, without count and for_each, and invoke only that one.`,
  );
}

/** Says what an apply would revoke, in one warning. Throws if an id belongs to a client of another name. */
export async function warnOfRevocations(
  { client: domo, signal, warn }: ActionPlanContext<Domo>,
  named: readonly NamedClient[],
): Promise<void> {
  const about = {
    kind: 'read',
    doing: 'Listing the API clients',
    consequence: 'No API client was revoked.',
  } as const;
  const clients = domo.clients();
  const { listing, missing } = await runWithTimeout({ client: domo, signal }, about, async (limited) => {
    const listing = await clients.upToDate(limited);
    return { listing, missing: await missingIn(listing, named, clients, limited) };
  });
  const found = named.flatMap((each) => listing.byId(each.id) ?? []);
  requireNames(found, named);
  if (found.length === 0) {
    warn('API clients to revoke are not listed', `This apply has nothing to revoke. ${missing}`);
    return;
  }
  warn(
    'API clients will be revoked',
    `This apply revokes, at once and for good, on "${domo.label()}" (${domo.address()}):\n${found.map((each) => `- ${describeHolder(each)}\n`).join('')}\nWhoever uses them loses access. Access tokens already issued to them stay valid until they expire, after about an hour.${missing && `\n\n${missing}`}`,
  );
}

/** A sentence about those that the list lacks; "" if it has all. */
async function missingIn(
  listing: Listing,
  named: readonly NamedClient[],
  clients: ApiClients,
  signal: AbortSignal,
): Promise<string> {
  const missing = named.filter(({ id }) => !listing.byId(id));
  if (missing.length === 0) return '';
  const isWhole = listing.part === undefined && (await clients.seesOthers(listing, signal));
  const why = isWhole
    ? 'They have been revoked already, or never existed there.'
    : 'The list may not have every client, so they may exist all the same.';
  return `Not in the list of API clients: ${describeAll(missing)}. ${why}`;
}

function requireNames(found: readonly ListedClient[], named: readonly NamedClient[]): void {
  const names = new Map(named.map((each) => [each.id, each]));
  const others = found.flatMap((client) => {
    const meant = names.get(client.id);
    if (!meant || hasNameOf(client, referenceTo(meant, true))) return [];
    return [`- ${describeHolder(client)}, not to "${meant.name}"\n`];
  });
  if (others.length === 0) return;
  throw failure(
    'The id belongs to another API client',
    `An action may only revoke clients by their own names. In Domo, these ids belong to:\n${others.join('')}\nNo API client was revoked. Check ids and names, and that the provider is configured for the right instance.`,
  );
}

const describeAll = (named: readonly NamedClient[]) => named.map(describeClient).join(', ');
