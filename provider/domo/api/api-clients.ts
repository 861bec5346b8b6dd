import { type Creation, creator } from './creation';
import { type Delays, defaultDelays } from './delays';
import { type Listing, lists } from './lists';
import { type ClientReference, hasOnlySpec, select } from './matching';
import { type ClientSpec, type ListedClient, readList, readUserId } from './records';
import { oneAtATime } from './single-flight';
import { DomoError, unsuccessful } from './transport/errors';
import type { Request } from './transport/request';
import type { Session } from './transport/session';
import { pauseUntil } from './transport/timers';

/** A client that is not in the list. `unproven`: Domo may just not show it to the caller. */
export type Absence = { readonly kind: 'gone' } | { readonly kind: 'unproven'; readonly caller: string };

/** What became of a search in the list. */
export type FindResult = { readonly kind: 'found'; readonly client: ListedClient } | Absence;

/** What became of a revocation. `other`: the id belongs to a client of another name, and nothing was revoked. */
export type Revocation =
  | { readonly kind: 'revoked' }
  | { readonly kind: 'other'; readonly client: ListedClient }
  | Absence;

/** The API clients of one instance, as one caller can see and change them. */
export interface ApiClients {
  /** The list that the run already has, or a new one. */
  list(signal: AbortSignal): Promise<Listing>;
  /** The list that the run already has, if any. */
  listed(): Listing | undefined;
  /** Whether this very list shows the caller a client of another owner: then it is complete. */
  seesOthers(listing: Listing, signal: AbortSignal): Promise<boolean>;
  /** Looks for a client; `unproven` rather than `gone` if it may just be hidden from the caller. */
  find(reference: ClientReference, signal: AbortSignal): Promise<FindResult>;
  /** Creates a client. Throws if Domo refuses or was not reached: then nothing was created. */
  create(spec: ClientSpec, signal: AbortSignal): Promise<Creation>;
  /** Revokes a client that bears the name of the reference; settles with the list what an answer leaves open. */
  revoke(reference: ClientReference, signal: AbortSignal): Promise<Revocation>;
}

const path = '/api/identity/v1/developer-tokens';
const listRequest: Request = { method: 'GET', path };
const whoAmIRequest: Request = { method: 'GET', path: '/api/content/v2/users/me' };

/** Domo answers 400 for an id that is not there; 404 and 410 would say the same. */
const notThere = [400, 404, 410];

/** @param delays shorter in tests */
export function apiClients(session: Session, delays: Delays = defaultDelays): ApiClients {
  const shared = lists(async (signal) => {
    const answer = await session.send(listRequest, signal);
    if (answer.status !== 200) throw unsuccessful(listRequest, answer);
    return readList(listRequest, answer);
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
    const owners = new Set([...listing.all()].flatMap(({ ownerId }) => ownerId ?? []));
    // If there are two owners, one of them is not the caller, whoever that is.
    if (owners.size !== 1) return owners.size > 1;
    return !owners.has(await whoAmI(signal));
  }

  /** Absence proves something only to the owner and to those who see all clients: Domo hides it from others. */
  async function absent(listing: Listing, reference: ClientReference, signal: AbortSignal): Promise<Absence> {
    if (await seesOthers(listing, signal)) return { kind: 'gone' };
    const me = await whoAmI(signal);
    return reference.ownerId === me ? { kind: 'gone' } : { kind: 'unproven', caller: me };
  }

  /**
   * The client in this listing. One that was created a moment ago can appear late, so its absence must last. It is
   * checked half-way and at the end, at moments that everybody who waits has in common.
   */
  async function look(listing: Listing, reference: ClientReference, signal: AbortSignal) {
    const since = Math.min(listing.startedAt, firstAbsence(shared.first(), reference));
    let latest = listing;
    let client = select(latest, reference);
    for (const moment of [since + delays.absence / 2, since + delays.absence]) {
      if (client || reference.age >= delays.young || latest.startedAt >= since + delays.absence) break;
      await pauseUntil(() => moment, signal);
      latest = await shared.after(moment, signal);
      client = select(latest, reference);
    }
    return { client, listing: latest };
  }

  async function find(known: ClientReference, signal: AbortSignal): Promise<FindResult> {
    const reference = hasOnlySpec(known) ? { ...known, ownerId: await whoAmI(signal) } : known;
    const { client, listing } = await look(await shared.current(signal), reference, signal);
    return client ? { kind: 'found', client } : absent(listing, reference, signal);
  }

  async function revoke(reference: ClientReference, signal: AbortSignal): Promise<Revocation> {
    const before = await find(reference, signal);
    if (before.kind === 'found' && before.client.name !== reference.name) {
      return { kind: 'other', client: before.client };
    }
    if (before.kind === 'unproven') return before;
    const id = before.kind === 'found' ? before.client.id : reference.id;
    // A client created a moment ago may just not be listed yet, and must not survive its revocation.
    if (id === null || (before.kind === 'gone' && reference.age >= delays.young)) return { kind: 'gone' };

    const request: Request = { method: 'DELETE', path: `${path}/${id}` };
    const open = await remove(request, signal);
    if (open === undefined) {
      shared.remove({ id, name: reference.name });
      return { kind: 'revoked' };
    }
    if (before.kind === 'gone') return before;
    // It was listed a moment ago, so if it is missing now, that is not for want of a grant.
    const known = await shared.current(signal);
    const listing = known.byId(id) ? await shared.fresh(signal) : known;
    const { client } = await look(listing, { ...reference, id }, signal);
    if (client) throw open;
    return { kind: 'gone' };
  }

  /** Undefined if Domo has revoked the client; otherwise the error to report if it turns out to be still there. */
  async function remove(request: Request, signal: AbortSignal): Promise<DomoError | undefined> {
    try {
      const answer = await session.send(request, signal);
      if (answer.status >= 200 && answer.status < 300) return undefined;
      const error = unsuccessful(request, answer);
      if (notThere.includes(answer.status) || answer.status >= 500) return error;
      throw error;
    } catch (error) {
      if (error instanceof DomoError && error.kind === 'no-answer' && !signal.aborted) return error;
      throw error;
    }
  }

  return {
    list: (signal) => shared.current(signal),
    listed: shared.latest,
    seesOthers,
    find,
    revoke,
    create: creator({ session, lists: shared, whoAmI, delays, path }),
  };
}

function firstAbsence(first: Listing | undefined, reference: ClientReference): number {
  return first && !select(first, reference) ? first.startedAt : Number.POSITIVE_INFINITY;
}
