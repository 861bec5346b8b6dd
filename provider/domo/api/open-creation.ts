import type { CreationRequest } from './creation-request';
import type { Delays } from './delays';
import type { Listing } from './listing';
import type { Lists } from './lists';
import { type CreationAttempt, canComeOf, looksLike, newerAndMangled } from './matching';
import type { ClientSpec, Created, ListedClient } from './records';
import { DomoError } from './transport/errors';
import { pause } from './transport/timers';

/**
 * What is found out of a creation whose answer does not tell:
 * - `created`: a second attempt made it.
 * - `secret-lost`: there is exactly such a client, newer than the creation, but its secret never arrived.
 * - `unclear`: the name is held by a client that is not clearly what came of it.
 * - `open`: the list did not show within the time what became of it. `since` is the refusal of a second attempt, if
 *   there was one; `ownerId` whose client it would be; `attempt` what such a client must fit; `age` the ms since it was
 *   sent.
 */
export type OpenCreation =
  | { readonly kind: 'created'; readonly created: Created }
  | { readonly kind: 'secret-lost'; readonly client: ListedClient; readonly why: DomoError }
  | { readonly kind: 'unclear'; readonly holder: ListedClient; readonly why: DomoError }
  | {
      readonly kind: 'open';
      readonly why: DomoError;
      readonly since: DomoError | undefined;
      readonly ownerId: string | null;
      readonly attempt: CreationAttempt | null;
      readonly age: number;
    };

export interface SettlerNeeds {
  readonly lists: Lists;
  readonly delays: Delays;
  whoAmI(signal: AbortSignal): Promise<string>;
  /** The caller, who would own the client; null if Domo does not say it in time. */
  owner(): Promise<string | null>;
}

/** A creation whose answer does not tell what became of it, and the error that says so. */
export interface Unsettled {
  readonly spec: ClientSpec;
  readonly request: CreationRequest;
  readonly why: DomoError;
}

/** Finds out what became of creations, with the list and, since names are unique, by sending them again. */
export function createSettler({ lists, delays, whoAmI, owner }: SettlerNeeds) {
  /** It had no answer, or one without the secret. */
  async function settleOpen({ spec, request, why }: Unsettled, signal: AbortSignal): Promise<OpenCreation> {
    const until = performance.now() + delays.openCreation;
    let since: DomoError | undefined;
    while (!signal.aborted) {
      const listing = await lists.fresh(signal).catch(() => undefined);
      const found = await judge(listing, { spec, request, why }, signal);
      if (found) return found;
      if (isFree(listing, spec.name) && !since && !signal.aborted) {
        // A second creation cannot make a second client: 400 means that the first arrived.
        const again = await request.send(signal).catch(refusedAgain);
        if (again?.kind === 'created') return again;
        if (again?.kind === 'refused' || again?.kind === 'doubtful') since = again.error;
      }
      if (performance.now() > until) break;
      await pause(delays.poll, signal);
    }
    return lastLook({ spec, request, why }, since, signal);
  }

  /** It was refused, but not in Domo's own form: the list is watched for as long as it may lag. */
  async function settleDoubtful(unsettled: Unsettled, signal: AbortSignal): Promise<OpenCreation> {
    const { spec, why } = unsettled;
    const since = performance.now();
    for (const share of [0, 0.5, 1]) {
      await pause(since + share * delays.absence - performance.now(), signal);
      if (signal.aborted) break;
      const listing = await lists.fresh(signal).catch((error: unknown) => {
        // Who may not even see the list has been refused by the same gate.
        if (error instanceof DomoError && [401, 403].includes(error.status ?? 0)) throw why;
        return undefined;
      });
      const found = await judge(listing, unsettled, signal);
      if (found) return found;
      if (share === 1 && isFree(listing, spec.name)) throw why;
    }
    return lastLook(unsettled, undefined, signal);
  }

  /** What the clients with that name prove; undefined if no client has it, or while the caller is unknown. */
  async function judge(
    listing: Listing | undefined,
    { spec, request, why }: Unsettled,
    signal: AbortSignal,
  ): Promise<OpenCreation | undefined> {
    const attempt = request.attempt();
    const isNew = (each: ListedClient) =>
      attempt !== null && !lists.sawBefore(each.id, request.sentAt()) && canComeOf(each, attempt);
    const holders = listing?.bySpelling(spec.name) ?? [];
    // One that is older and has other letters need not be in the way.
    const holder =
      holders[0] ?? listing?.byLetters(spec.name).find(isNew) ?? (listing && mangled(listing, spec, attempt));
    if (!holder) return undefined;
    const client = holders.find((each) => each.ownerId !== null && isNew(each) && looksLike(each, spec));
    if (!client) return { kind: 'unclear', holder, why };
    // To leave ours alone would leave it behind.
    const caller = await whoAmI(signal).catch(() => undefined);
    if (caller === undefined) return undefined;
    return client.ownerId === caller
      ? { kind: 'secret-lost', client, why }
      : { kind: 'unclear', holder, why };
  }

  /** A client that can only have come of this creation, under a name that Domo changed. */
  function mangled(
    listing: Listing,
    spec: ClientSpec,
    attempt: CreationAttempt | null,
  ): ListedClient | undefined {
    if (attempt === null) return undefined;
    const isAnothers = (each: ListedClient) => lists.madeAt(each.id) !== undefined;
    return newerAndMangled(listing, spec, attempt).find((each) => !isAnothers(each));
  }

  /** An interrupt leaves time for one look: most creations are settled in the run that opened them. */
  async function lastLook(
    unsettled: Unsettled,
    since: DomoError | undefined,
    signal: AbortSignal,
  ): Promise<OpenCreation> {
    const { request, why } = unsettled;
    if (signal.aborted) {
      const limit = AbortSignal.timeout(delays.lastLook);
      const listing = await lists.fresh(limit).catch(() => undefined);
      const found = await judge(listing, unsettled, limit);
      if (found) return found;
    }
    // Without the owner, it would later be unclear whether the client is gone or just not shown.
    const ownerId = await owner();
    const age = performance.now() - request.sentAt();
    return { kind: 'open', why, since, ownerId, attempt: request.attempt(), age };
  }

  return { settleOpen, settleDoubtful };
}

/** Whether a complete list shows no client of that name. */
function isFree(listing: Listing | undefined, name: string): boolean {
  return listing !== undefined && listing.part === undefined && listing.bySpelling(name).length === 0;
}

/** A repeated attempt that failed: refused for good, or as open as the first. */
function refusedAgain(error: unknown): { readonly kind: 'refused'; readonly error: DomoError } | undefined {
  const isFinal = error instanceof DomoError && ['refused', 'credentials'].includes(error.kind);
  return isFinal ? { kind: 'refused', error } : undefined;
}
