import type { Context, ReadonlyPrivateState } from '../../framework';
import type { CreationAttempt } from '../api/matching';
import type { ListedClient } from '../api/records';
import { sameText } from '../api/spelling';
import type { Domo } from '../connection';

/** What the provider remembers of a client beside its state, in Terraform's private state. */
export interface Memory {
  /** When it was created, in ms since 1970. */
  readonly createdAt: number | undefined;
  /** An address at which it has been seen. */
  readonly address: string | undefined;
  /** The configured token endpoint when it was created or imported: its secret may go there. */
  readonly apiUrl: string | undefined;
  /** How Domo listed its client id. */
  readonly listedClientId: string | undefined;
  /** How Domo showed its name. */
  readonly shownName: string | undefined;
  readonly attempt: CreationAttempt | undefined;
}

export function recall(stored: ReadonlyPrivateState): Memory {
  const text = (key: string) => {
    const value = stored.get(key);
    return typeof value === 'string' ? value : undefined;
  };
  const createdAt = Date.parse(text('created_at') ?? '');
  const highestId = text('attempt_highest_id');
  const [from, until] = [stored.get('attempt_from'), stored.get('attempt_until')];
  const period = typeof from === 'number' && typeof until === 'number' ? { from, until } : null;
  return {
    createdAt: Number.isNaN(createdAt) ? undefined : createdAt,
    address: text('address'),
    apiUrl: text('api_url'),
    listedClientId: text('listed_client_id'),
    shownName: text('shown_name'),
    attempt: highestId !== undefined && /^\d+$/.test(highestId) ? { highestId, period } : undefined,
  };
}

/**
 * Whether the state may have Domo's own spelling: it came from an import, or is older than this memory, when each
 * refresh took what Domo showed.
 */
export function mayHaveDomosSpelling(stored: ReadonlyPrivateState): boolean {
  return stored.get('imported') !== false;
}

/** What a moved client was requested with, as far as its state tells; null where it does not. */
export interface RememberedRequest {
  readonly description: string | null;
  readonly scopes: readonly string[] | null;
}

/** Remembers with what another provider requested a client: Domo may have granted or kept something else. */
export function rememberRequest(
  stored: Pick<Context<never>, 'private'>['private'],
  { description, scopes }: RememberedRequest,
): void {
  stored.set('requested_description', description ?? '');
  if (scopes !== null) stored.set('requested_scopes', scopes);
}

/** All null for a client that this provider has created since. */
export function recallRequest(stored: ReadonlyPrivateState): RememberedRequest {
  if (!mayHaveDomosSpelling(stored)) return { description: null, scopes: null };
  const [description, scopes] = [stored.get('requested_description'), stored.get('requested_scopes')];
  return {
    description: typeof description === 'string' ? description : null,
    scopes: Array.isArray(scopes) ? scopes.filter((each) => typeof each === 'string') : null,
  };
}

type Writer = Pick<Context<Domo>, 'private' | 'client'>;

/**
 * Remembers that the client is now managed: where it is, and where its secret may go.
 *
 * @param age ms since its creation
 */
export function rememberOrigin(
  { private: stored, client: domo }: Writer,
  origin: 'created' | 'imported',
  age = 0,
): void {
  stored.set('imported', origin === 'imported');
  stored.set('address', domo.address());
  const apiUrl = domo.apiUrl();
  if (apiUrl !== undefined) stored.set('api_url', apiUrl);
  if (origin === 'created') stored.set('created_at', new Date(Date.now() - age).toISOString());
}

/** Remembers what a client that comes of a creation without an answer must fit. */
export function rememberAttempt({ private: stored }: Writer, { highestId, period }: CreationAttempt): void {
  stored.set('attempt_highest_id', highestId);
  if (!period) return;
  stored.set('attempt_from', period.from);
  stored.set('attempt_until', period.until);
}

/** The revocation must know the client under the name that Domo gives it, if that is another than in the state. */
export function rememberShownName(
  { private: stored }: Pick<Writer, 'private'>,
  name: string,
  shown: string,
): void {
  const known = recall(stored).shownName ?? name;
  if (!sameText(known, shown)) stored.set('shown_name', shown);
}

/**
 * Remembers how and where the list showed the client, if that was proven to be the same client. What the state says
 * already is left out: engines compare these bytes, and call any difference drift (-refresh-only -detailed-exitcode).
 */
export function rememberSeen(
  { private: stored, client: domo }: Writer,
  state: { readonly name: string; readonly client_id: string | null },
  { name, clientId }: ListedClient,
  isProven: boolean,
): void {
  if (isProven) stored.set('address', domo.address());
  rememberShownName({ private: stored }, state.name, name);
  if (clientId !== null && state.client_id === null) stored.set('listed_client_id', clientId);
}
