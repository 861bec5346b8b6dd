import type { Delays } from './delays';
import type { Lists } from './lists';
import { matchesSpec } from './matching';
import { type ClientSpec, type Created, type ListedClient, readCreated } from './records';
import { DomoError, unreadable, unsuccessful } from './transport/errors';
import type { Answer, Request } from './transport/request';
import type { Session } from './transport/session';
import { pause } from './transport/timers';

/**
 * What became of a creation:
 * - `created`: with its secret.
 * - `secret-lost`: there is exactly such a client, not seen before, but its secret never arrived.
 * - `taken`: another client holds the name.
 * - `unclear`: the creation had no answer, and the client that now holds the name is not clearly the one created.
 * - `open`: the creation had no answer, and the list did not show in time what became of it; `since` is the error
 *   of a second attempt that Domo refused, if any, and `ownerId` whose client it would be.
 */
export type Creation =
  | { readonly kind: 'created'; readonly created: Created }
  | { readonly kind: 'secret-lost'; readonly client: ListedClient; readonly why: DomoError }
  | { readonly kind: 'taken'; readonly holder: ListedClient }
  | { readonly kind: 'unclear'; readonly holder: ListedClient; readonly why: DomoError }
  | {
      readonly kind: 'open';
      readonly why: DomoError;
      readonly since: DomoError | undefined;
      readonly ownerId: string | null;
    };

/** One attempt: created, refused (perhaps because the name is taken), or without an answer that tells. */
type Attempt =
  | { readonly kind: 'created'; readonly created: Created }
  | { readonly kind: 'refused'; readonly error: DomoError }
  | { readonly kind: 'open'; readonly why: DomoError };

/** What {@link creator} works with; `path` is that of the clients, `whoAmI` the caller's user id. */
export interface CreatorNeeds {
  readonly session: Session;
  readonly lists: Lists;
  whoAmI(signal: AbortSignal): Promise<string>;
  readonly delays: Delays;
  readonly path: string;
}

/**
 * Creates API clients without ever creating one twice or losing track of one. Throws a {@link DomoError} if Domo
 * refuses or was not reached: then nothing was created.
 */
export function creator({ session, lists, whoAmI, delays, path }: CreatorNeeds) {
  const byName = queues();
  const madeHere = new Map<string, ListedClient>();

  async function attempt(spec: ClientSpec, signal: AbortSignal): Promise<Attempt> {
    const request: Request = { method: 'POST', path, body: spec };
    let answer: Answer;
    try {
      answer = await session.send(request, signal);
    } catch (error) {
      if (error instanceof DomoError && error.kind === 'no-answer') return { kind: 'open', why: error };
      throw error;
    }
    const { status } = answer;
    if (status >= 500) return { kind: 'open', why: unsuccessful(request, answer) };
    if (status === 400 || status === 409) return { kind: 'refused', error: unsuccessful(request, answer) };
    if (status < 200 || status > 299) throw unsuccessful(request, answer);
    const created = readCreated(answer);
    if (created) return { kind: 'created', created };
    return { kind: 'open', why: unreadable(request, answer, 'the field "clientSecret" (text)') };
  }

  async function create(spec: ClientSpec, signal: AbortSignal): Promise<Creation> {
    const started = performance.now();
    const until = started + delays.nameRelease;
    for (let refusals = 1; ; refusals++) {
      const result = await attempt(spec, signal);
      if (result.kind === 'created') return made(spec, result.created, signal);
      if (result.kind === 'open') return settle(spec, result.why, started, signal);
      const listing = await lists.fresh(signal).catch(() => undefined);
      const holder = listing?.byName(spec.name) ?? madeHere.get(spec.name);
      if (holder) {
        const hopeless = madeHere.get(holder.name)?.id === holder.id;
        if (hopeless || !(await released(spec.name, until, signal))) return { kind: 'taken', holder };
      } else if (listing && lists.revoked(spec.name) && performance.now() < until) {
        await pause(delays.poll, signal);
      } else if (!listing || refusals > 1) {
        throw result.error;
      }
      // Otherwise nobody holds the name: it was released a moment ago, or Domo has another reason and will repeat it.
    }
  }

  /** A revocation that runs in parallel may be about to release the name. */
  async function released(name: string, until: number, signal: AbortSignal): Promise<boolean> {
    while (performance.now() < until) {
      await pause(delays.poll, signal);
      if (!(await lists.fresh(signal)).byName(name)) return true;
    }
    return false;
  }

  /** Finds out what became of a creation whose answer never came or came without the secret. */
  async function settle(
    spec: ClientSpec,
    why: DomoError,
    started: number,
    signal: AbortSignal,
  ): Promise<Creation> {
    const until = performance.now() + delays.openCreation;
    let since: DomoError | undefined;
    while (!signal.aborted) {
      const listing = await lists.fresh(signal).catch(() => undefined);
      const holder = listing?.byName(spec.name);
      if (holder) {
        const ours = await mostLikelyOurs(spec, holder, started, signal);
        if (ours !== undefined) {
          return ours ? { kind: 'secret-lost', client: holder, why } : { kind: 'unclear', holder, why };
        }
      }
      if (listing && !holder && !since && !signal.aborted) {
        // Names are unique, so a second creation cannot make a second client: 400 means that the first arrived.
        const again = await attempt(spec, signal).catch(refusedAgain);
        if (again?.kind === 'created') return made(spec, again.created, signal);
        if (again?.kind === 'refused') since = again.error;
      }
      if (performance.now() > until) break;
      await pause(delays.poll, signal);
    }
    // Also after an abort: without the owner, nobody could tell later whether the client is gone or just hidden.
    return { kind: 'open', why, since, ownerId: await owner() };
  }

  /** Undefined while Domo does not say who the caller is: a wrong "no" would abandon a client just created. */
  async function mostLikelyOurs(
    spec: ClientSpec,
    holder: ListedClient,
    started: number,
    signal: AbortSignal,
  ): Promise<boolean | undefined> {
    if (lists.sawBefore(holder.id, started)) return false;
    if (!matchesSpec(holder, spec) || holder.ownerId === null) return false;
    const caller = await whoAmI(signal).catch(() => undefined);
    return caller === undefined ? undefined : holder.ownerId === caller;
  }

  async function made(spec: ClientSpec, created: Created, signal: AbortSignal): Promise<Creation> {
    const [id, ownerId] = await Promise.all([
      created.id ?? locate(spec.name, signal),
      created.ownerId ?? owner(signal),
    ]);
    if (id !== null) {
      const client = { ...spec, id, clientId: created.clientId, ownerId };
      madeHere.set(spec.name, client);
      lists.add(client);
    }
    return { kind: 'created', created: { ...created, id, ownerId } };
  }

  /** The owner, if the answer to a creation lacks it: without it, nobody could tell drift from a missing grant. */
  function owner(signal?: AbortSignal): Promise<string | null> {
    const limit = AbortSignal.timeout(delays.owner);
    return whoAmI(signal ? AbortSignal.any([signal, limit]) : limit).catch(() => null);
  }

  /** The id, if the answer to a creation lacks it. The secret has arrived, so nothing may fail any more. */
  async function locate(name: string, signal: AbortSignal): Promise<string | null> {
    const until = performance.now() + delays.nameRelease;
    while (!signal.aborted && performance.now() < until) {
      const listing = await lists.fresh(signal).catch(() => undefined);
      const client = listing?.byName(name);
      if (client) return client.id;
      await pause(delays.poll, signal);
    }
    return null;
  }

  /** Creations of the same name run one after another: the second must see what became of the first. */
  return (spec: ClientSpec, signal: AbortSignal) => byName(spec.name, () => create(spec, signal));
}

/** An attempt to repeat a creation failed: refused for good, or (undefined) as open as the first. */
function refusedAgain(error: unknown): Extract<Attempt, { kind: 'refused' }> | undefined {
  const definite = error instanceof DomoError && ['refused', 'credentials'].includes(error.kind);
  return definite ? { kind: 'refused', error } : undefined;
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
