import { type Creation, creator } from './creation';
import { DomoError, refusal } from './errors';
import type { Request } from './http';
import { type Listing, lists } from './lists';
import { type ListedClient, readList, readUserId, type Wanted } from './records';
import { pauseUntil } from './retry';
import type { Session } from './session';
import { oneAtATime } from './shared';

/** How long to be patient, in ms. */
export interface Patience {
  /** Between two looks at the list. */
  readonly poll: number;
  /** How long a client that has just been made must be missing in the list before it counts as gone. */
  readonly absence: number;
  /** How long after its creation a client counts as just made. */
  readonly young: number;
  /** For a parallel destroy to release a name. */
  readonly nameRelease: number;
  /** For finding out what became of a creation without an answer. */
  readonly openCreation: number;
}

export const patience: Patience = {
  poll: 1_000,
  absence: 5_000,
  young: 60_000,
  nameRelease: 10_000,
  openCreation: 30_000,
};

/** What is known of a client that is looked for. */
export interface Sought {
  /** Null where Domo did not tell it at the creation: then the name says which. */
  readonly id: string | null;
  readonly name: string;
  readonly ownerId: string | null;
  /** Ms since its creation; infinite where that is not known. */
  readonly age: number;
}

/** What a look at the list has shown. `unproven`: not in the list, but the caller may just not see it. */
export type Found =
  | { readonly kind: 'found'; readonly client: ListedClient }
  | { readonly kind: 'gone' }
  | { readonly kind: 'unproven'; readonly caller: string };

/** What became of a revocation. `other`: the id belongs to a client of another name, and nothing was revoked. */
export type Revocation =
  | { readonly kind: 'revoked' }
  | { readonly kind: 'gone' }
  | { readonly kind: 'other'; readonly client: ListedClient }
  | { readonly kind: 'unproven'; readonly caller: string };

/** The API clients of one instance, as one caller may see and change them. */
export interface ApiClients {
  /** The list as the run knows it. */
  list(signal: AbortSignal): Promise<Listing>;
  find(sought: Sought, signal: AbortSignal): Promise<Found>;
  create(wanted: Wanted, signal: AbortSignal): Promise<Creation>;
  revoke(sought: Sought, signal: AbortSignal): Promise<Revocation>;
}

const path = '/api/identity/v1/developer-tokens';
const listRequest: Request = { method: 'GET', path };
const whoAmIRequest: Request = { method: 'GET', path: '/api/content/v2/users/me' };

/** Domo answers 400 for an id that is not there; 404 and 410 would say the same. */
const notThere = [400, 404, 410];

export function apiClients(session: Session, wait: Patience = patience): ApiClients {
  const shared = lists(async (signal) => {
    const answer = await session.send(listRequest, signal);
    if (answer.status !== 200) throw refusal(listRequest, answer);
    return readList(listRequest, answer);
  });
  let caller: string | undefined;
  const askWhoAmI = oneAtATime(async (signal) => {
    const answer = await session.send(whoAmIRequest, signal);
    if (answer.status !== 200) throw refusal(whoAmIRequest, answer);
    caller = readUserId(whoAmIRequest, answer);
    return caller;
  });
  const whoAmI = async (signal: AbortSignal) => caller ?? askWhoAmI(signal);

  /**
   * Absence is proof only for the owner, or for someone who in that very list sees another owner's client:
   * everybody else may just not be shown it.
   */
  async function absent(listing: Listing, sought: Sought, signal: AbortSignal): Promise<Found> {
    const me = await whoAmI(signal);
    if (sought.ownerId === me) return { kind: 'gone' };
    for (const { ownerId } of listing.all()) {
      if (ownerId !== null && ownerId !== me) return { kind: 'gone' };
    }
    return { kind: 'unproven', caller: me };
  }

  /**
   * The client in this listing. One that has just been made can appear late: its absence must last, which is
   * looked at half-way and at the end, at moments that all who wait have in common.
   */
  async function look(listing: Listing, sought: Sought, signal: AbortSignal) {
    const since = Math.min(listing.startedAt, firstAbsence(shared.first(), sought));
    let latest = listing;
    let client = select(latest, sought);
    for (const moment of [since + wait.absence / 2, since + wait.absence]) {
      if (client || sought.age >= wait.young || latest.startedAt >= since + wait.absence) break;
      await pauseUntil(() => moment, signal);
      latest = await shared.after(moment, signal);
      client = select(latest, sought);
    }
    return { client, listing: latest };
  }

  async function find(sought: Sought, signal: AbortSignal): Promise<Found> {
    const { client, listing } = await look(await shared.current(signal), sought, signal);
    return client ? { kind: 'found', client } : absent(listing, sought, signal);
  }

  async function revoke(sought: Sought, signal: AbortSignal): Promise<Revocation> {
    const before = await find(sought, signal);
    if (before.kind === 'found' && before.client.name !== sought.name) {
      return { kind: 'other', client: before.client };
    }
    if (before.kind === 'unproven') return before;
    const id = before.kind === 'found' ? before.client.id : sought.id;
    if (id === null) return { kind: 'gone' };

    // Also where the list no longer has it: what the list shows late must not survive its revocation.
    const request: Request = { method: 'DELETE', path: `${path}/${id}` };
    const open = await remove(request, signal);
    if (open === undefined) {
      shared.remove(id);
      return { kind: 'revoked' };
    }
    if (before.kind === 'gone') return before;
    // It was shown to us a moment ago, so that its absence is no matter of what we may see.
    const known = await shared.current(signal);
    const listing = known.byId(id) ? await shared.fresh(signal) : known;
    const { client } = await look(listing, { ...sought, id }, signal);
    if (client) throw open;
    return { kind: 'gone' };
  }

  /** Undefined where Domo has revoked; else the error to report if the client turns out to be still there. */
  async function remove(request: Request, signal: AbortSignal): Promise<DomoError | undefined> {
    try {
      const answer = await session.send(request, signal);
      if (answer.status >= 200 && answer.status < 300) return undefined;
      const error = refusal(request, answer);
      if (notThere.includes(answer.status) || answer.status >= 500) return error;
      throw error;
    } catch (error) {
      if (error instanceof DomoError && error.kind === 'no-answer' && !signal.aborted) return error;
      throw error;
    }
  }

  return {
    list: (signal) => shared.current(signal),
    find,
    revoke,
    create: creator({ session, lists: shared, whoAmI, wait, path }),
  };
}

function select(listing: Listing, { id, name }: Sought): ListedClient | undefined {
  return id === null ? listing.byName(name) : listing.byId(id);
}

function firstAbsence(first: Listing | undefined, sought: Sought): number {
  return first && !select(first, sought) ? first.startedAt : Number.POSITIVE_INFINITY;
}
