import type { ListedClient } from './records';
import { type Shared, share } from './single-flight';

/** One answer of the list, kept up with what we ourselves have made and revoked since. */
export interface Listing {
  /** When its request was sent, in ms of `performance.now()`: nothing that happened before is missing in it. */
  readonly startedAt: number;
  byId(id: string): ListedClient | undefined;
  byName(name: string): ListedClient | undefined;
  all(): Iterable<ListedClient>;
}

/** The list that all operations of a configured provider share, so that a thousand of them cost one call. */
export interface Lists {
  /** The listing that is there, else a new one. */
  current(signal: AbortSignal): Promise<Listing>;
  /** The newest listing that there is. */
  latest(): Listing | undefined;
  /** A listing that was asked for at this moment (at the latest now) or later: what an older one cannot answer. */
  after(moment: number, signal: AbortSignal): Promise<Listing>;
  /** A listing that was asked for after this call. */
  fresh(signal: AbortSignal): Promise<Listing>;
  /** The first listing of all: how it was before. */
  first(): Listing | undefined;
  /** Whether a listing that held this client had arrived, or we had made it, before the given moment. */
  sawBefore(id: string, moment: number): boolean;
  /** Enters a client that we have made. */
  add(client: ListedClient): void;
  /** Strikes out a client that we have revoked. */
  remove(client: { readonly id: string; readonly name: string }): void;
  /** Whether we have revoked a client of this name: Domo may take a moment to release it. */
  revoked(name: string): boolean;
}

/** For this long a failure is given to everybody who asks for the current list, in ms: Domo is not hammered. */
const failureIsKept = 30_000;

export function lists(load: (signal: AbortSignal) => Promise<readonly ListedClient[]>): Lists {
  let first: Listing | undefined;
  let latest: MutableListing | undefined;
  let running: Shared<Listing> | undefined;
  let runningSince = 0;
  let waiting: Shared<Listing> | undefined;
  let failed: { readonly error: unknown; readonly at: number } | undefined;
  /** What we did while a list was on its way, which it may have missed. */
  let meanwhile: ((listing: MutableListing) => void)[] = [];
  const firstSeen = new Map<string, number>();
  const released = new Set<string>();

  async function request(signal: AbortSignal): Promise<Listing> {
    const startedAt = performance.now();
    runningSince = startedAt;
    meanwhile = [];
    try {
      const clients = await load(signal);
      const listing = mutableListing(startedAt, clients);
      const now = performance.now();
      for (const { id } of clients) if (!firstSeen.has(id)) firstSeen.set(id, now);
      first ??= mutableListing(startedAt, clients);
      for (const change of meanwhile) change(listing);
      failed = undefined;
      latest = listing;
      return listing;
    } catch (error) {
      if (!signal.aborted) failed = { error, at: performance.now() };
      throw error;
    }
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
    sawBefore: (id, moment) => (firstSeen.get(id) ?? Number.POSITIVE_INFINITY) < moment,
    add(client) {
      firstSeen.set(client.id, performance.now());
      change((listing) => listing.add(client));
    },
    remove({ id, name }) {
      released.add(name);
      change((listing) => listing.remove(id));
    },
    revoked: (name) => released.has(name),
  };
}

interface MutableListing extends Listing {
  add(client: ListedClient): void;
  remove(id: string): void;
}

function mutableListing(startedAt: number, clients: readonly ListedClient[]): MutableListing {
  const byId = new Map(clients.map((client) => [client.id, client]));
  const byName = new Map(clients.map((client) => [client.name, client]));
  return {
    startedAt,
    byId: (id) => byId.get(id),
    byName: (name) => byName.get(name),
    all: () => byId.values(),
    add(client) {
      byId.set(client.id, client);
      byName.set(client.name, client);
    },
    remove(id) {
      const client = byId.get(id);
      if (!client) return;
      byId.delete(id);
      if (byName.get(client.name)?.id === id) byName.delete(client.name);
    },
  };
}
