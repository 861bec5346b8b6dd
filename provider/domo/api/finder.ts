import type { Agreement } from './client-ids';
import type { Delays } from './delays';
import type { Listing } from './listing';
import type { Lists } from './lists';
import { type ClientReference, type Match, match } from './matching';
import type { OwnSignIn, SignInResult } from './own-sign-in';
import type { ListedClient } from './records';
import { pauseUntil } from './transport/timers';

/**
 * A client that is not in the list:
 * - `gone`: proven. `stranger` now has its id.
 * - `alive`: its own credentials sign in, or (`itself` is false) those of another client that the list lacks as well.
 * - `unproven`: the caller may just not be shown it. `signIn` is what its own credentials have shown.
 * - `part`: Domo says that the list is only a part.
 * - `unseen`: at this address it has never been seen.
 */
export type Absence =
  | { readonly kind: 'gone'; readonly stranger?: ListedClient }
  | { readonly kind: 'alive'; readonly itself: boolean }
  | { readonly kind: 'unproven'; readonly caller: string; readonly signIn: SignInResult }
  | { readonly kind: 'part'; readonly says: string }
  | { readonly kind: 'unseen' };

/**
 * What a look at the list has shown, beside an {@link Absence}:
 * - `found`: the client, and how far its client id proves that.
 * - `stranger`: the id belongs to another client; `signIn` is what the credentials of the one that is meant have shown.
 * - `renamed`: the id belongs to a client with another name, and nothing shows whether it is the right one.
 * - `doubtful`: a client has the name of an open creation, and is not clearly what has come of it.
 */
export type FindResult =
  | { readonly kind: 'found'; readonly client: ListedClient; readonly agreement: Agreement }
  | { readonly kind: 'stranger'; readonly client: ListedClient; readonly signIn: SignInResult }
  | { readonly kind: 'renamed' | 'doubtful'; readonly client: ListedClient }
  | Absence;

export interface FinderNeeds {
  readonly lists: Lists;
  readonly signIn: OwnSignIn | undefined;
  readonly delays: Delays;
  whoAmI(signal: AbortSignal): Promise<string>;
  seesOthers(listing: Listing, signal: AbortSignal): Promise<boolean>;
}

export interface Finder {
  find(reference: ClientReference, signal: AbortSignal): Promise<FindResult>;
  /** The same for a client that has been seen a moment ago: its absence is no matter of what the caller may see. */
  findAgain(reference: ClientReference, listing: Listing, signal: AbortSignal): Promise<FindResult>;
}

/** Finds clients in the list, and proves that one is gone: one answer without it is no proof. */
export function createFinder({ lists, signIn, delays, whoAmI, seesOthers }: FinderNeeds): Finder {
  async function find(known: ClientReference, signal: AbortSignal): Promise<FindResult> {
    // Nothing but the spec is known: then only a client of the caller's own can be meant.
    const hasOnlySpec = known.id === null && known.clientId === null && known.ownerId === null;
    const reference = hasOnlySpec ? { ...known, ownerId: await whoAmI(signal) } : known;
    const { matched, listing } = await look(await lists.current(signal), reference, signal);
    if (matched) return judge(matched, reference, signal);
    if (listing.part !== undefined) return { kind: 'part', says: listing.part };
    const maySee = await seesOthers(listing, signal);
    const caller = maySee ? undefined : await whoAmI(signal);
    return absent(reference, caller === reference.ownerId ? undefined : caller, signal);
  }

  async function findAgain(
    reference: ClientReference,
    listing: Listing,
    signal: AbortSignal,
  ): Promise<FindResult> {
    const last = await look(listing, reference, signal);
    if (last.matched) return judge(last.matched, reference, signal);
    if (last.listing.part !== undefined) return { kind: 'part', says: last.listing.part };
    return absent({ ...reference, seenHere: true }, undefined, signal);
  }

  /**
   * What the list has for a client. If nothing, it must be missing in a second one that was begun after the first was
   * there. One that has just been made can appear late, so its absence must last: all who wait look at the same moments.
   */
  async function look(listing: Listing, reference: ClientReference, signal: AbortSignal) {
    const made = lists.madeAt(reference.id ?? '') ?? Number.NEGATIVE_INFINITY;
    const earliest =
      [lists.first(), lists.previous()].find(
        (each) => each && each.part === undefined && each.startedAt >= made && !match(each, reference),
      ) ?? listing;
    const since = earliest.startedAt;
    const again = earliest.answeredAt;
    const patience = patienceWith(reference);
    const moments = patience > 0 ? [since + patience / 2, Math.max(again, since + patience)] : [again];
    let latest = listing;
    let matched = match(latest, reference);
    for (const moment of moments) {
      if (matched || latest.part !== undefined || latest.startedAt >= (moments.at(-1) ?? 0)) break;
      await pauseUntil(() => moment, signal);
      latest = await lists.after(moment, signal);
      matched = match(latest, reference);
    }
    return { matched, listing: latest };
  }

  /**
   * How long an absence must last, in ms. What came of a creation without an answer is looked for as long after an
   * interrupt as without one: once its entry is gone, nobody looks for the client any more.
   */
  function patienceWith({ age, isOpenCreation }: ClientReference): number {
    if (age >= delays.young) return 0;
    return isOpenCreation ? Math.max(delays.absence, delays.openCreation - age) : delays.absence;
  }

  async function judge(matched: Match, reference: ClientReference, signal: AbortSignal): Promise<FindResult> {
    if (matched.kind === 'same') return { ...matched, kind: 'found' };
    if (matched.kind !== 'stranger') return { kind: matched.kind, client: matched.client };
    const result = await ask(reference, signal);
    if (result === 'refused' && reference.seenHere) return { kind: 'gone', stranger: matched.client };
    return { kind: 'stranger', client: matched.client, signIn: result };
  }

  /** `stranger` is the caller, if it is neither the owner nor somebody who sees other owners' clients. */
  async function absent(
    reference: ClientReference,
    stranger: string | undefined,
    signal: AbortSignal,
  ): Promise<Absence> {
    const result = await ask(reference, signal);
    if (stranger !== undefined) return { kind: 'unproven', caller: stranger, signIn: result };
    if (result === 'works') return { kind: 'alive', itself: true };
    if (await signIn?.anyAlive(signal)) return { kind: 'alive', itself: false };
    return reference.seenHere ? { kind: 'gone' } : { kind: 'unseen' };
  }

  async function ask(
    { clientId, secretToSignIn }: ClientReference,
    signal: AbortSignal,
  ): Promise<SignInResult> {
    if (!signIn || clientId === null || secretToSignIn === null) return 'unknown';
    return signIn.ask({ clientId, clientSecret: secretToSignIn }, signal);
  }

  return { find, findAgain };
}
