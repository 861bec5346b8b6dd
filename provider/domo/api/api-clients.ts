import { type Creation, creator } from './creation';
import { type Delays, defaultDelays } from './delays';
import { createFinder, type FindResult } from './finder';
import type { Listing } from './listing';
import { lists } from './lists';
import type { ClientReference } from './matching';
import type { OwnSignIn } from './own-sign-in';
import { type ClientSpec, readList, readUserId } from './records';
import { createRevoker, type Revocation } from './revocation';
import { unsuccessful } from './transport/errors';
import type { Log, Request } from './transport/request';
import type { Session } from './transport/session';
import { oneAtATime } from './transport/single-flight';
import { pauseUntil } from './transport/timers';

/** The API clients of one instance, as one caller may see and change them. */
export interface ApiClients {
  /** The list that the run already has, or a new one. */
  list(signal: AbortSignal): Promise<Listing>;
  /** The same, if there is one already. */
  listed(): Listing | undefined;
  /** A list begun after this call. It waits for what the run has just created, for as long as lists lag. */
  upToDate(signal: AbortSignal): Promise<Listing>;
  /** Whether the run has made or revoked a client itself: it is an apply, and others may be changing clients as well. */
  hasChanged(): boolean;
  /** Whether that very list shows its caller another owner's client: then it holds all there are. */
  seesOthers(listing: Listing, signal: AbortSignal): Promise<boolean>;
  /** Looks for a client; `unproven` rather than `gone` if it may just be hidden from the caller. */
  find(reference: ClientReference, signal: AbortSignal): Promise<FindResult>;
  /** Creates a client. Throws if Domo refuses or was not reached: then nothing was created. */
  create(spec: ClientSpec, signal: AbortSignal): Promise<Creation>;
  /** Revokes a client that bears the name of the reference; settles with the list what an answer leaves open. */
  revoke(reference: ClientReference, signal: AbortSignal): Promise<Revocation>;
}

export interface ApiClientsOptions {
  /** Asks clients themselves whether they are alive; without it the list alone decides. */
  readonly signIn?: OwnSignIn | undefined;
  readonly delays?: Delays;
  /** Told why something takes long. */
  readonly log?: Log;
}

const path = '/api/identity/v1/developer-tokens';
const listRequest: Request = { method: 'GET', path };
const whoAmIRequest: Request = { method: 'GET', path: '/api/content/v2/users/me' };

export function apiClients(
  session: Session,
  { signIn, delays = defaultDelays, log = () => undefined }: ApiClientsOptions = {},
): ApiClients {
  const shared = lists(async (signal) => {
    const answer = await session.send(listRequest, signal);
    if (answer.status !== 200) throw unsuccessful(listRequest, answer);
    return { ...readList(listRequest, answer), date: answer.headers?.date };
  });
  let caller: string | undefined;
  const askWhoAmI = oneAtATime(async (signal) => {
    const answer = await session.send(whoAmIRequest, signal);
    if (answer.status !== 200) throw unsuccessful(whoAmIRequest, answer);
    caller = readUserId(whoAmIRequest, answer);
    return caller;
  });
  const whoAmI = async (signal: AbortSignal) => caller ?? askWhoAmI(signal);

  async function seesOthers(listing: Listing, signal: AbortSignal): Promise<boolean> {
    let one: string | undefined;
    for (const { ownerId } of listing.all()) {
      if (ownerId === null) continue;
      one ??= ownerId;
      // If there are two owners, one of them is not the caller, whoever that is.
      if (ownerId !== one) return true;
    }
    return one !== undefined && one !== (await whoAmI(signal));
  }

  async function upToDate(signal: AbortSignal): Promise<Listing> {
    // What is made later need not be waited for: while clients are being made, there would be no end.
    const made = [...shared.made()];
    let listing = await shared.fresh(signal);
    for (;;) {
      const late = made.flatMap((id) => (listing.byId(id) ? [] : (shared.madeAt(id) ?? [])));
      const expected = late.reduce((last, at) => Math.max(last, at + delays.absence), listing.startedAt);
      if (listing.startedAt >= expected) return listing;
      const moment = Math.min(listing.startedAt + delays.absence / 2, expected);
      await pauseUntil(() => moment, signal);
      listing = await shared.after(moment, signal);
    }
  }

  const finder = createFinder({ lists: shared, signIn, delays, whoAmI, seesOthers });
  return {
    list: (signal) => shared.current(signal),
    listed: shared.latest,
    upToDate,
    hasChanged: shared.hasChanged,
    seesOthers,
    find: finder.find,
    create: creator({ session, lists: shared, whoAmI, seesOthers, delays, path, log }),
    revoke: createRevoker({ session, lists: shared, finder, delays, path }),
  };
}
