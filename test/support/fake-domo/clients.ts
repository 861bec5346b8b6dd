import { randomBytes, randomUUID } from 'node:crypto';
import { keepClientId } from '../leaks';

/** Where Domo may differ from one instance or day to the next; the defaults are the plain case. */
export type Quirks = {
  /** The list as a bare array, or wrapped as it was until June 2025. */
  list: 'array' | 'entries';
  /** How much of a client id the list shows; a function for any other mask. */
  clientIds: 'full' | 'stars' | 'ellipsis' | 'first-8' | ((clientId: string) => string);
  /** How the list shows a description that is empty. */
  emptyDescription: 'empty' | 'null' | 'absent';
  /** How the list shows scopes. */
  scopes: 'as-created' | 'upper-case' | 'reversed';
  /** Whether the list names the owners. */
  owners: 'shown' | 'absent';
  /** How Domo keeps, and so shows, a name or a description. */
  spelling: (text: string) => string;
  /** Which scopes Domo grants of those that are asked for. */
  granted: (scopes: string[]) => string[];
  /** How the list tells when a client was made. */
  times: 'absent' | 'null' | 'ms' | 'seconds' | 'iso';
  /** The status of a DELETE whose id is not there. */
  absentDelete: 400 | 404;
  /** What is odd about the answer to a creation; several may be. */
  created: ('extra-fields' | 'no-owner' | 'no-secret' | 'no-client-id' | 'no-id' | 'id-as-text')[];
  /** How long a new client is missing from the list, in milliseconds. */
  lateMs: number;
  /** From how many lists, after its creation, a new client is missing. */
  lateLists: number;
  /** Whether a sign-in without the Origin header is refused. */
  origin: 'required' | 'ignored';
};

/** A client as Domo keeps it. All fields may be changed at any time. */
export type FakeClient = {
  id: number;
  name: string;
  description: string;
  scopes: string[];
  clientId: string;
  secret: string;
  userId: number;
  /** When it was made, in milliseconds since 1970. */
  madeAt: number;
  /** The moment, in milliseconds, from which it is listed. */
  listedFrom: number;
  /** How many more lists leave it out; `Infinity` hides it for good. */
  hiddenLists: number;
};

/** Domo without any quirk, as a fresh object. */
export const plainQuirks = (): Quirks => ({
  list: 'array',
  clientIds: 'full',
  emptyDescription: 'empty',
  scopes: 'as-created',
  owners: 'shown',
  spelling: (text) => text,
  granted: (scopes) => scopes,
  times: 'absent',
  absentDelete: 400,
  created: [],
  lateMs: 0,
  lateLists: 0,
  origin: 'required',
});

/** A client that is listed at once, with made-up credentials. */
export function newClient(fields: Partial<FakeClient> & { id: number; userId: number }): FakeClient {
  const client = {
    name: `client ${fields.id}`,
    description: '',
    scopes: ['data'],
    clientId: randomUUID(),
    secret: `fake-secret-${randomBytes(32).toString('hex')}`,
    madeAt: Date.now(),
    listedFrom: 0,
    hiddenLists: 0,
    ...fields,
  };
  keepClientId(client.clientId);
  return client;
}

/** The body of a list. Counts as one list for every client that is still hidden. */
export function listAnswer(clients: FakeClient[], quirks: Quirks): unknown {
  const entries = clients.filter(isListed).map((client) => listed(client, quirks));
  return quirks.list === 'entries' ? { entries } : entries;
}

/** The body of the answer to a creation. */
export function createAnswer(client: FakeClient, quirks: Quirks): Record<string, unknown> {
  const { id, name, description, scopes, clientId, secret, userId } = client;
  const odd = new Set(quirks.created);
  return {
    ...(odd.has('no-id') ? {} : { id: odd.has('id-as-text') ? String(id) : id }),
    name,
    description,
    scopes,
    ...(odd.has('no-client-id') ? {} : { clientId }),
    ...(odd.has('no-secret') ? {} : { clientSecret: secret }),
    ...(odd.has('no-owner') ? {} : { userId }),
    ...(odd.has('extra-fields') ? { createdAt: 1760000000000, links: { self: null }, tags: [] } : {}),
  };
}

function isListed(client: FakeClient): boolean {
  if (Date.now() < client.listedFrom) return false;
  if (client.hiddenLists <= 0) return true;
  client.hiddenLists -= 1;
  return false;
}

function listed(client: FakeClient, quirks: Quirks): Record<string, unknown> {
  const { id, name, description, userId } = client;
  return {
    id,
    name,
    ...shownDescription(description, quirks.emptyDescription),
    clientId: maskClientId(client.clientId, quirks.clientIds),
    scopes: shownScopes(client.scopes, quirks.scopes),
    ...shownTime(client.madeAt, quirks.times),
    ...(quirks.owners === 'shown' ? { userId } : {}),
  };
}

function maskClientId(clientId: string, mask: Quirks['clientIds']): string {
  if (typeof mask === 'function') return mask(clientId);
  const start = clientId.slice(0, 8);
  return { full: clientId, stars: `${start}****`, ellipsis: `${start}…`, 'first-8': start }[mask];
}

function shownDescription(
  description: string,
  empty: Quirks['emptyDescription'],
): { description?: string | null } {
  if (description !== '' || empty === 'empty') return { description };
  return empty === 'null' ? { description: null } : {};
}

function shownTime(madeAt: number, how: Quirks['times']): { created?: number | string | null } {
  if (how === 'absent') return {};
  const seconds = Math.floor(madeAt / 1000);
  return { created: { null: null, ms: madeAt, seconds, iso: new Date(seconds * 1000).toISOString() }[how] };
}

function shownScopes(scopes: string[], how: Quirks['scopes']): string[] {
  if (how === 'upper-case') return scopes.map((scope) => scope.toUpperCase());
  return how === 'reversed' ? [...scopes].reverse() : scopes;
}
