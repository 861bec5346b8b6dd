import { agreement } from './client-ids';
import { type CreationRequest, creationRequest } from './creation-request';
import type { Delays } from './delays';
import type { Listing } from './listing';
import type { Lists } from './lists';
import { createSettler, type OpenCreation } from './open-creation';
import type { ClientSpec, Created, ListedClient } from './records';
import type { DomoError } from './transport/errors';
import type { Log } from './transport/request';
import type { Session } from './transport/session';
import { pause } from './transport/timers';

/**
 * What became of a creation, beside what an {@link OpenCreation} can come to:
 * - `created`: with its secret.
 * - `taken`: another client holds the name.
 * - `refused`: Domo says no more than that it refuses. `sees` is what a holder of the name would have been seen in:
 *   all clients, or only the caller's own; `nothing` if no complete list was available. `similar` has the name in another
 *   letter case.
 */
export type Creation =
  | OpenCreation
  | { readonly kind: 'taken'; readonly holder: ListedClient }
  | {
      readonly kind: 'refused';
      readonly error: DomoError;
      readonly sees: 'all' | 'own' | 'nothing';
      readonly similar: ListedClient | undefined;
    };

/** What {@link creator} works with; `path` is that of the clients, `whoAmI` the caller's user id. */
export interface CreatorNeeds {
  readonly session: Session;
  readonly lists: Lists;
  whoAmI(signal: AbortSignal): Promise<string>;
  seesOthers(listing: Listing, signal: AbortSignal): Promise<boolean>;
  readonly delays: Delays;
  readonly path: string;
  readonly log: Log;
}

/**
 * Creates API clients, without ever making one twice or losing track of one.
 *
 * @throws {@link DomoError} if Domo refuses, or was not reached. If it is `definite` or was not sent, nothing was made
 */
export function creator({ session, lists, whoAmI, seesOthers, delays, path, log }: CreatorNeeds) {
  const inTurn = queues();
  const madeHere = new Map<string, ListedClient>();
  const { settleOpen, settleDoubtful } = createSettler({ lists, delays, whoAmI, owner });

  async function create(spec: ClientSpec, signal: AbortSignal): Promise<Creation> {
    const request = creationRequest({ session, lists, path, delays }, spec);
    const until = performance.now() + delays.nameRelease;
    for (let refusals = 1; ; refusals++) {
      const sent = await request.send(signal);
      if (sent.kind === 'created') return made(spec, request, sent.created, signal);
      if (sent.kind !== 'refused') {
        const unsettled = { spec, request, why: sent.error };
        const settle = sent.kind === 'open' ? settleOpen : settleDoubtful;
        const found = await settle(unsettled, signal);
        return found.kind === 'created' ? made(spec, request, found.created, signal) : found;
      }
      const listing = await lists.fresh(signal).catch(() => undefined);
      const own = madeAndKept(spec.name);
      const holder = listing?.bySpelling(spec.name)[0] ?? own;
      if (holder) {
        const hopeless = own?.id === holder.id;
        if (hopeless) return { kind: 'taken', holder };
        const seconds = Math.ceil(Math.max(0, until - performance.now()) / 1000);
        if (seconds > 0)
          log('The name is taken; waiting in case a revocation releases it', { holder: holder.id, seconds });
        if (!(await released(spec.name, until, signal))) return { kind: 'taken', holder };
      } else if (listing && lists.revoked(spec.name) && performance.now() < until) {
        await pause(delays.poll, signal);
      } else if (!listing || refusals > 1) {
        const [similar] = listing?.byLetters(spec.name) ?? [];
        return { kind: 'refused', error: sent.error, sees: await seen(listing, signal), similar };
      }
      // Otherwise nobody holds the name: it was just released, or Domo has another reason and will repeat it.
    }
  }

  /** What this run itself has made under a name, and not revoked since. */
  function madeAndKept(name: string): ListedClient | undefined {
    const client = madeHere.get(name);
    return client && lists.madeAt(client.id) !== undefined ? client : undefined;
  }

  async function seen(listing: Listing | undefined, signal: AbortSignal) {
    if (!listing || listing.part !== undefined) return 'nothing';
    return (await seesOthers(listing, signal).catch(() => false)) ? 'all' : 'own';
  }

  /** A revocation that runs in parallel may be about to release the name. */
  async function released(name: string, until: number, signal: AbortSignal): Promise<boolean> {
    while (performance.now() < until) {
      await pause(delays.poll, signal);
      const listing = await lists.fresh(signal).catch((thrown: unknown) => {
        // Domo has refused the creation already, so an interruption leaves nothing open.
        if (signal.aborted) return undefined;
        throw thrown;
      });
      if (listing === undefined) return false;
      if (listing.bySpelling(name).length === 0) return true;
    }
    return false;
  }

  async function made(
    spec: ClientSpec,
    request: CreationRequest,
    created: Created,
    signal: AbortSignal,
  ): Promise<Creation> {
    const [id, ownerId] = await Promise.all([
      created.id ?? locate(spec.name, created.clientId, request.sentAt(), signal),
      created.ownerId ?? owner(signal),
    ]);
    if (id !== null) {
      const client = { ...spec, id, clientId: created.clientId, ownerId, created: null };
      madeHere.set(spec.name, client);
      lists.add(client);
    }
    return { kind: 'created', created: { ...created, id, ownerId } };
  }

  /** The owner, if the answer to a creation lacks it: without it, drift could not be told from a missing grant. */
  function owner(signal?: AbortSignal): Promise<string | null> {
    const limit = AbortSignal.timeout(delays.owner);
    return whoAmI(signal ? AbortSignal.any([signal, limit]) : limit).catch(() => null);
  }

  /** The id of a client whose creation did not tell it. The secret is in our hands: nothing may fail any more. */
  async function locate(
    name: string,
    clientId: string | null,
    sentAt: number,
    signal: AbortSignal,
  ): Promise<string | null> {
    const known = clientId === null ? null : { whole: clientId };
    const until = performance.now() + delays.nameRelease;
    while (!signal.aborted && performance.now() < until) {
      const listing = await lists.fresh(signal).catch(() => undefined);
      const client = listing
        ?.bySpelling(name)
        .find(
          (each) => !lists.sawBefore(each.id, sentAt) && agreement(each.clientId, known) !== 'contradicts',
        );
      if (client) return client.id;
      await pause(delays.poll, signal);
    }
    return null;
  }

  /** Creations of one name come one after the other: the second must see what became of the first. */
  return (spec: ClientSpec, signal: AbortSignal) => inTurn(spec.name, () => create(spec, signal));
}

/** Work waits for earlier work with the same key. */
function queues() {
  const last = new Map<string, Promise<unknown>>();
  return async <T>(key: string, work: () => Promise<T>): Promise<T> => {
    const earlier = last.get(key) ?? Promise.resolve();
    const mine = earlier.then(work, work);
    last.set(key, mine);
    try {
      return await mine;
    } finally {
      if (last.get(key) === mine) last.delete(key);
    }
  };
}
