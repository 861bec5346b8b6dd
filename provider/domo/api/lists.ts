import type { Period } from './field-values';
import { createListing, type Listing, type MutableListing } from './listing';
import type { ClientList, ListedClient } from './records';
import { plainForm } from './spelling';
import { type Shared, share } from './transport/single-flight';

/** The list that all operations of a configured provider share: a thousand of them cost one call. */
export interface Lists {
  /** The latest listing; asks for one if this is the first call. */
  current(signal: AbortSignal): Promise<Listing>;
  /** The latest listing, if there is one. */
  latest(): Listing | undefined;
  /** A listing requested at `moment` (not in the future) or later, for what an older one cannot answer. */
  after(moment: number, signal: AbortSignal): Promise<Listing>;
  /** A listing requested after this call. */
  fresh(signal: AbortSignal): Promise<Listing>;
  /** The very first listing: how things were when the run began. */
  first(): Listing | undefined;
  /** The last whole listing before the latest, as it was then. */
  previous(): Listing | undefined;
  /** The highest id that a listing of this run has shown, or that it has made itself: ids count upwards. "0" if none. */
  highestId(): string;
  /** Whether, before `moment`, a listing with this client had arrived or this run had created it. */
  sawBefore(id: string, moment: number): boolean;
  /** Adds a client that this run has created. */
  add(client: ListedClient): void;
  /** Removes a client that this run has revoked. */
  remove(client: { readonly id: string; readonly name: string }): void;
  /** Whether this run has revoked a client of this name, however Domo spells it: Domo may take a moment to release the name. */
  revoked(name: string): boolean;
  /** Whether this run has revoked the client of this id; false for null. */
  hasRevoked(id: string | null): boolean;
  /** When we made a client, in ms of `performance.now()`, if it is one that we made and did not revoke. */
  madeAt(id: string): number | undefined;
  /** Whether we have made or revoked any. */
  hasChanged(): boolean;
  /** The clients that we made and did not revoke. */
  made(): Iterable<string>;
}

/** The answer to one request for the list, and Domo's clock according to its `Date` header. */
export interface LoadedList extends ClientList {
  readonly date: string | undefined;
}

/** How long a failure is reported to everybody who asks for the current list, in ms: that spares Domo. */
const failureIsKept = 30_000;

export function lists(load: (signal: AbortSignal) => Promise<LoadedList>): Lists {
  let first: Listing | undefined;
  let previous: Listing | undefined;
  let latest: MutableListing | undefined;
  let running: Shared<Listing> | undefined;
  let runningSince = 0;
  let waiting: Shared<Listing> | undefined;
  let failed: { readonly error: unknown; readonly at: number } | undefined;
  /** What this run did while a list was on its way, which that list may have missed. */
  let meanwhile: ((listing: MutableListing) => void)[] = [];
  const firstSeen = new Map<string, number>();
  let highestId = 0n;
  const released = new Set<string>();
  const revoked = new Set<string>();
  const made = new Map<string, number>();

  async function request(signal: AbortSignal): Promise<Listing> {
    const startedAt = performance.now();
    runningSince = startedAt;
    meanwhile = [];
    try {
      const startedOn = Date.now();
      const { clients, part, date } = await load(signal);
      const answeredAt = performance.now();
      for (const { id } of clients) see(id, answeredAt);
      const facts = {
        startedAt,
        answeredAt,
        part,
        clock: clockOf(date, startedOn, Date.now()),
        // A list that lags can still show what we have revoked.
        clients: clients.filter(({ id }) => !revoked.has(id)),
      };
      const listing = createListing(facts);
      first ??= createListing(facts);
      for (const change of meanwhile) change(listing);
      failed = undefined;
      if (latest?.part === undefined) previous = latest;
      latest = listing;
      return listing;
    } catch (error) {
      if (!signal.aborted) failed = { error, at: performance.now() };
      throw error;
    }
  }

  function see(id: string, moment: number): void {
    if (firstSeen.has(id)) return;
    firstSeen.set(id, moment);
    const number = BigInt(id);
    if (number > highestId) highestId = number;
  }

  function start(after?: Shared<Listing>): Shared<Listing> {
    const shared = share(async (signal) => {
      if (after) {
        await after.settled;
        running = shared;
        waiting = undefined;
      }
      return request(signal);
    });
    void shared.settled.then(() => {
      if (running === shared) running = undefined;
    });
    return shared;
  }

  function change(apply: (listing: MutableListing) => void): void {
    if (latest) apply(latest);
    meanwhile.push(apply);
  }

  async function after(moment: number, signal: AbortSignal): Promise<Listing> {
    signal.throwIfAborted();
    if (latest && latest.startedAt >= moment) return latest;
    if (!running || running.abandoned) running = start();
    if (runningSince >= moment) return running.join(signal);
    if (!waiting || waiting.abandoned) waiting = start(running);
    return waiting.join(signal);
  }

  return {
    async current(signal) {
      if (latest) return latest;
      if (failed && performance.now() - failed.at < failureIsKept) throw failed.error;
      if (!running || running.abandoned) running = start();
      return running.join(signal);
    },
    latest: () => latest,
    after,
    fresh: (signal) => after(performance.now(), signal),
    first: () => first,
    previous: () => previous,
    highestId: () => String(highestId),
    sawBefore: (id, moment) => (firstSeen.get(id) ?? Number.POSITIVE_INFINITY) < moment,
    add(client) {
      see(client.id, performance.now());
      made.set(client.id, performance.now());
      change((listing) => listing.add(client));
    },
    remove({ id, name }) {
      released.add(plainForm(name));
      revoked.add(id);
      made.delete(id);
      change((listing) => listing.remove(id));
    },
    revoked: (name) => released.has(plainForm(name)),
    hasRevoked: (id) => id !== null && revoked.has(id),
    madeAt: (id) => made.get(id),
    hasChanged: () => made.size + revoked.size > 0,
    made: () => made.keys(),
  };
}

/** How far Domo's clock is ahead of ours: its `Date` has no milliseconds and is from between the two moments. */
function clockOf(date: string | undefined, startedOn: number, answeredOn: number): Period | undefined {
  const second = Date.parse(date ?? '');
  if (Number.isNaN(second)) return undefined;
  return { from: second - answeredOn, until: second + 999 - startedOn };
}
