import { createListing, type Listing } from '../api/listing';
import type { NotedClient } from '../api/records';

/** A name, and the clients that may have it: more than one only if Domo shows two that cannot be told apart by it. */
export interface Holders {
  readonly name: string;
  readonly clients: readonly NotedClient[];
}

/** The listed clients that have none of the names, however Domo may spell them. */
export function strangers(listing: Listing, names: readonly string[]): readonly NotedClient[] {
  const known = idsOf(listing, names);
  return [...listing.all()].filter(({ id }) => !known.has(id));
}

/**
 * The clients whose names are in the set before and not after, by the name that goes. One that may be meant by a name
 * that stays is never among them.
 */
export function leaving(
  before: readonly string[],
  after: readonly string[],
  noted: readonly NotedClient[],
): readonly Holders[] {
  const listing = listingOf(noted);
  const staying = new Set(after);
  const taken = new Set(idsOf(listing, after));
  return before
    .filter((name) => !staying.has(name))
    .flatMap((name) => {
      const exact = listing.byName(name);
      const all = exact.length > 0 ? exact : listing.bySpelling(name);
      const clients = all.filter(({ id }) => !taken.has(id));
      for (const { id } of clients) taken.add(id);
      return clients.length === 0 ? [] : [{ name, clients }];
    });
}

/** The names that more than one client may have, if the others are not clearly meant by names of their own. */
export function shared(names: readonly string[], noted: readonly NotedClient[]): readonly Holders[] {
  const listing = listingOf(noted);
  const owners = new Map(names.flatMap((name) => listing.byName(name).map(({ id }) => [id, name] as const)));
  return names.flatMap((name) => {
    const clients = listing.bySpelling(name).filter(({ id }) => (owners.get(id) ?? name) === name);
    return clients.length > 1 ? [{ name, clients }] : [];
  });
}

function idsOf(listing: Listing, names: readonly string[]): ReadonlySet<string> {
  return new Set(names.flatMap((name) => listing.bySpelling(name).map(({ id }) => id)));
}

/** Noted clients, to be looked up by their names as in a list of Domo's. */
function listingOf(noted: readonly NotedClient[]): Listing {
  const unknown = { description: '', scopes: null, created: null };
  const clients = noted.map((client) => ({ ...unknown, ...client }));
  return createListing({ clients, startedAt: 0, answeredAt: 0, part: undefined, clock: undefined });
}
