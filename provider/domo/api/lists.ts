import type { ListedClient } from './records';
import { type Shared, share } from './single-flight';

/** One answer to a list request, kept up to date with what this run has created and revoked since. */
export interface Listing {
  /** When the request was sent, in ms of `performance.now()`. Nothing that happened before then is missing. */
  readonly startedAt: number;
  byId(id: string): ListedClient | undefined;
  byName(name: string): ListedClient | undefined;
  all(): Iterable<ListedClient>;
}

/** The list that all operations share, so that a thousand of them cost one request. */
export interface Lists {
  /** The latest listing, or a new one if there is none yet. */
  current(signal: AbortSignal): Promise<Listing>;
  /** The latest listing, if there is one. */
  latest(): Listing | undefined;
  /** A listing requested at `moment` (not in the future) or later, for what an older one cannot answer. */
  after(moment: number, signal: AbortSignal): Promise<Listing>;
  /** A listing requested after this call. */
  fresh(signal: AbortSignal): Promise<Listing>;
  /** The very first listing: how things were when the run began. */
  first(): Listing | undefined;
  /** Whether, before `moment`, a listing with this client had arrived or this run had created it. */
  sawBefore(id: string, moment: number): boolean;
  /** Adds a client that this run has created. */
  add(client: ListedClient): void;
  /** Removes a client that this run has revoked. */
  remove(client: { readonly id: string; readonly name: string }): void;
  /** Whether this run has revoked a client of this name: Domo may take a moment to release the name. */
  revoked(name: string): boolean;
}

/** For how long a failure is kept for everybody who asks for the current list, in ms, so that Domo is not hammered. */
const failureIsKept = 30_000;

export function lists(load: (signal: AbortSignal) => Promise<readonly ListedClient[]>): Lists {
  let first: Listing | undefined;
  let latest: MutableListing | undefined;
  let running: Shared<Listing> | undefined;
  let runningSince = 0;
  let waiting: Shared<Listing> | undefined;
  let failed: { readonly error: unknown; readonly at: number } | undefined;
  /** What this run did while a list was on its way, which that list may have missed. */
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
