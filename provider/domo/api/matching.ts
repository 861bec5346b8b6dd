import type { Listing } from './lists';
import type { ClientSpec, ListedClient } from './records';

/** What is known of the client that is meant. */
export interface ClientReference extends ClientSpec {
  /** Null if Domo did not tell it at the creation: then everything else must match. */
  readonly id: string | null;
  /** The whole one; null if it is not known. */
  readonly clientId: string | null;
  readonly ownerId: string | null;
  /** Ms since its creation; infinite if that is not known. */
  readonly age: number;
}

/** The client that is meant, as a listing has it. */
export function select(listing: Listing, reference: ClientReference): ListedClient | undefined {
  if (reference.id !== null) return listing.byId(reference.id);
  const client = listing.byName(reference.name);
  return client && fits(client, reference) ? client : undefined;
}

/** A name alone identifies nothing: it may have been given to another client since. */
function fits(client: ListedClient, reference: ClientReference): boolean {
  const { clientId, ownerId } = reference;
  return (
    matchesSpec(client, reference) &&
    (client.ownerId === null || ownerId === null || client.ownerId === ownerId) &&
    (client.clientId === null || clientId === null || showsClientId(client.clientId, clientId))
  );
}

/** Whether nothing but the spec is known: then only a client that the caller owns can be meant. */
export const hasOnlySpec = ({ id, clientId, ownerId }: ClientReference) =>
  id === null && clientId === null && ownerId === null;

/** Whether a client with the right name is otherwise as specified. */
export function matchesSpec(client: ListedClient, { description, scopes }: ClientSpec): boolean {
  return client.description === description && sameScopes(client.scopes, scopes);
}

/** Whether two lists hold the same scopes: order, repetition and letter case mean nothing to Domo. */
export function sameScopes(a: readonly string[], b: readonly string[]): boolean {
  const canonical = (scopes: readonly string[]) =>
    [...new Set(scopes.map((scope) => scope.toLowerCase()))].sort().join();
  return canonical(a) === canonical(b);
}

/** Whether a listed client id is only part of the real one: too short, or with characters in place of hidden ones. */
export function isMasked(clientId: string): boolean {
  return clientId.length < 16 || /[^A-Za-z0-9_-]|[xX]{4}/.test(clientId);
}

/** The beginning of a listed client id, up to the characters in place of hidden ones. */
export function visiblePart(listed: string): string {
  return listed.split(/[^A-Za-z0-9_-]|[xX]{4}/)[0] ?? '';
}

/** Whether a client id as listed, whole or in part, can be this whole one. */
export function showsClientId(listed: string, whole: string): boolean {
  return isMasked(listed) ? whole.startsWith(visiblePart(listed)) : listed === whole;
}
