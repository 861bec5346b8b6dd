import type { Delays } from './delays';
import type { Finder, FindResult } from './finder';
import type { Listing } from './listing';
import type { Lists } from './lists';
import { type ClientReference, hasNameOf } from './matching';
import type { ListedClient } from './records';
import { DomoError, unsuccessful } from './transport/errors';
import type { Answer, Request } from './transport/request';
import type { Session } from './transport/session';
import { pause } from './transport/timers';

/**
 * What became of a revocation. Nothing was revoked if it is neither `revoked` nor `gone`. `other`: the id belongs to a
 * client of another name. `unclear`: id and name are the same, but too little of the client id is shown, and at this
 * address the client has never been seen.
 */
export type Revocation =
  | { readonly kind: 'revoked' }
  | { readonly kind: 'other'; readonly client: ListedClient }
  | { readonly kind: 'unclear'; readonly client: ListedClient }
  | Exclude<FindResult, { kind: 'found' }>;

export interface RevokerNeeds {
  readonly session: Session;
  readonly lists: Lists;
  readonly finder: Finder;
  readonly delays: Delays;
  readonly path: string;
}

/** Domo answers 400 for an id that is not there; 404 and 410 would say the same. */
const notThere = [400, 404, 410];

/**
 * What an answer to a DELETE leaves open.
 * - `claimed`: it says that it was done, in a form that is not Domo's own.
 * - `refused`: it says that there is no such client.
 */
interface OpenRemoval {
  readonly claimed: boolean;
  readonly refused: boolean;
  /** What to report if the client turns out to be still there. */
  readonly error: DomoError;
}

/** Revokes API clients: each is looked up just before, and what an answer leaves open is settled by the list. */
export function createRevoker({ session, lists, finder, delays, path }: RevokerNeeds) {
  return async (reference: ClientReference, signal: AbortSignal): Promise<Revocation> => {
    // Whoever else wanted it gone was first: what a list shows this caller need not prove it again.
    if (lists.hasRevoked(reference.id)) return gone;
    const before = await finder.find(reference, signal);
    if (before.kind === 'found') {
      const { client, agreement } = before;
      if (!hasNameOf(client, reference)) return { kind: 'other', client };
      // Another Domo counts its ids from the start, too, and a team gives its clients the same names everywhere.
      if (agreement === 'unclear' && !reference.seenHere) return { kind: 'unclear', client };
      const open = await remove(client, signal);
      return open ? settle(open, client, reference, signal) : { kind: 'revoked' };
    }
    const { id, name } = reference;
    if (id === null || !isLate(before, reference)) return before;
    const open = await remove({ id, name }, signal);
    if (!open) return { kind: 'revoked' };
    // Whether one that lives has been revoked no list will tell, since it shows it in neither case.
    if (before.kind === 'alive' && !open.refused) throw open.error;
    return before;
  };

  /** One that was made a moment ago may only be late in the list, and must not survive its revocation. */
  function isLate(before: FindResult, { age }: ClientReference): boolean {
    const isMissing = before.kind === 'alive' || (before.kind === 'gone' && before.stranger === undefined);
    return isMissing && age < delays.young;
  }

  /** Undefined if Domo has revoked the client. */
  async function remove(client: Named, signal: AbortSignal): Promise<OpenRemoval | undefined> {
    const request: Request = { method: 'DELETE', path: `${path}/${client.id}` };
    let answer: Answer;
    try {
      answer = await session.send(request, signal);
    } catch (error) {
      if (error instanceof DomoError && error.kind === 'no-answer' && !signal.aborted)
        return { claimed: false, refused: false, error };
      throw error;
    }
    const { status, body } = answer;
    if (status === 204 && body === '') {
      lists.remove(client);
      return undefined;
    }
    const error = unsuccessful(request, answer);
    const claimed = status >= 200 && status < 300;
    const refused = notThere.includes(status);
    if (claimed || refused || status >= 500) return { claimed, refused, error };
    throw error;
  }

  async function settle(
    { claimed, error }: OpenRemoval,
    client: ListedClient,
    reference: ClientReference,
    signal: AbortSignal,
  ): Promise<Revocation> {
    const known = { ...reference, id: client.id };
    const until = performance.now() + delays.absence;
    for (;;) {
      const listing = claimed ? await lists.fresh(signal) : await withoutIt();
      const result = isSettled(listing) ? gone : await finder.findAgain(known, listing, signal);
      if (result.kind === 'gone') lists.remove(client);
      if (result.kind !== 'found') return result;
      if (!claimed || performance.now() > until) throw error;
      await pause(delays.poll, signal);
    }

    /** The latest list, if the client is missing in it already. */
    async function withoutIt(): Promise<Listing> {
      const latest = lists.latest();
      const lacksIt = latest?.part === undefined && !latest?.byId(client.id);
      return latest && lacksIt ? latest : lists.fresh(signal);
    }

    /** A claim needs one more witness; an empty list does not count. */
    function isSettled(listing: Listing): boolean {
      const isWhole = listing.part === undefined && [...listing.all()].length > 0;
      return claimed && isWhole && !listing.byId(client.id);
    }
  }
}

type Named = Pick<ListedClient, 'id' | 'name'>;

const gone: Revocation & { readonly kind: 'gone' } = { kind: 'gone' };
