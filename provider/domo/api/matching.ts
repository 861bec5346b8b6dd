import { type Agreement, agreement } from './client-ids';
import type { Period } from './field-values';
import type { Listing } from './listing';
import type { ClientSpec, ListedClient } from './records';
import { maybeMangled, maybeSameText, maybeShownAs } from './spelling';

/** What is known about the client to look for. */
export interface ClientReference extends ClientSpec {
  /** Null if Domo has not shown it: then everything else must match. */
  readonly id: string | null;
  /** Null if it is not known; never a masked one. */
  readonly clientId: string | null;
  /** The client id as it was listed earlier, whole or masked; null if that is not known. */
  readonly listedClientId: string | null;
  /** Null if it is not known, or must not be sent to the token endpoint. */
  readonly secretToSignIn: string | null;
  readonly ownerId: string | null;
  /** How Domo has shown the name before; null if that is not known. */
  readonly shownName: string | null;
  /** Ms since its creation; infinite if that is not known. */
  readonly age: number;
  /** Whether it has been seen at this address: elsewhere its absence says nothing. */
  readonly seenHere: boolean;
  /** Its creation had no answer, and nothing has been seen of it so far. */
  readonly isOpenCreation: boolean;
  /** For a creation without an answer; null otherwise, or if nothing is remembered of it. */
  readonly attempt: CreationAttempt | null;
}

/** A client of which no resource has anything in its state: only its id is certain. */
export function bareReference(known: {
  readonly id: string;
  readonly name: string;
  readonly seenHere: boolean;
}) {
  return {
    ...known,
    description: '',
    scopes: [],
    clientId: null,
    listedClientId: null,
    secretToSignIn: null,
    ownerId: null,
    shownName: null,
    age: Number.POSITIVE_INFINITY,
    isOpenCreation: false,
    attempt: null,
  } satisfies ClientReference;
}

/** What a client must fit that comes of a creation without an answer: it cannot be older. */
export interface CreationAttempt {
  /** The highest id that was listed before. */
  readonly highestId: string;
  /** From the sending to the end of the request, by Domo's clock; null if that is not known. */
  readonly period: Period | null;
}

/** For this long, in ms, an open creation takes up a client that looks like it. */
const longestLikeness = 24 * 60 * 60 * 1000;

/** What a list has for a reference. `stranger`: another client under its id. `doubtful`: its name, but not clearly it. */
export type Match =
  | { readonly kind: 'same'; readonly client: ListedClient; readonly agreement: Agreement }
  | { readonly kind: 'stranger' | 'renamed' | 'doubtful'; readonly client: ListedClient };

/**
 * Looks for a client in a list. Under its id, the client id decides; if too little of that is shown, the name must be
 * the same. Without an id, only a client that fits in everything is taken, and for an open creation it must be newer.
 */
export function match(listing: Listing, reference: ClientReference): Match | undefined {
  if (reference.id !== null) {
    const client = listing.byId(reference.id);
    if (!client) return undefined;
    const known = agreementWith(client, reference);
    if (known === 'contradicts') return { kind: 'stranger', client };
    if (known === 'unclear' && !hasNameOf(client, reference)) return { kind: 'renamed', client };
    return { kind: 'same', client, agreement: known };
  }
  const holders = listing.bySpelling(reference.name);
  const alike = holders.filter((each) => fits(each, reference));
  const client = alike.find((each) => !reference.isOpenCreation || isNewer(each, reference));
  if (client) return { kind: 'same', client, agreement: agreementWith(client, reference) };
  const doubtful =
    alike[0] ??
    [...holders, ...listing.byLetters(reference.name)].find((each) => mayBe(each, reference)) ??
    mangled(listing, reference);
  return doubtful && { kind: 'doubtful', client: doubtful };
}

/** Whether one that looks otherwise may still have come of an open creation: Domo may grant other scopes, for example. */
function mayBe(client: ListedClient, reference: ClientReference): boolean {
  const { isOpenCreation, attempt, description } = reference;
  const isNewer = attempt !== null && canComeOf(client, attempt);
  return (
    isOpenCreation && isOwnOf(client, reference) && isNewer && maybeShownAs(description, client.description)
  );
}

/** One that may have come of an open creation under a name that Domo changed beyond its usual spelling. */
function mangled(listing: Listing, reference: ClientReference): ListedClient | undefined {
  const { isOpenCreation, attempt } = reference;
  if (!isOpenCreation || attempt === null) return undefined;
  return newerAndMangled(listing, reference, attempt).find((each) => isOwnOf(each, reference));
}

/** Those that are not older than a creation without an answer, and may be what it asked for in a form beyond recognition. */
export function newerAndMangled(
  listing: Listing,
  { name, description }: Pick<ClientSpec, 'name' | 'description'>,
  attempt: CreationAttempt,
): readonly ListedClient[] {
  return [...listing.all()].filter(
    (each) =>
      canComeOf(each, attempt) &&
      maybeMangled(name, each.name) &&
      maybeMangled(description, each.description),
  );
}

const isOwnOf = ({ ownerId }: ListedClient, reference: ClientReference) =>
  ownerId === null || reference.ownerId === null || ownerId === reference.ownerId;

/** Whether a client is shown under the name in the reference, however Domo may spell it. */
export function hasNameOf({ name }: ListedClient, { name: wanted, shownName }: ClientReference): boolean {
  return maybeSameText(wanted, name) || (shownName !== null && maybeSameText(shownName, name));
}

function agreementWith({ clientId: listed }: ListedClient, reference: ClientReference): Agreement {
  const { clientId, listedClientId } = reference;
  if (clientId !== null) return agreement(listed, { whole: clientId });
  return agreement(listed, listedClientId === null ? null : { listed: listedClientId });
}

/** A name alone is no identity: it may have been given to another client since. */
function fits(client: ListedClient, reference: ClientReference): boolean {
  const { description, scopes } = reference;
  const known = agreementWith(client, reference);
  if (known !== 'unclear') return known === 'agrees';
  return looksLike(client, { name: reference.name, description, scopes }) && isOwnOf(client, reference);
}

/** Whether a client may be what was asked for, as Domo shows it. */
export function looksLike(client: ListedClient, { name, description, scopes }: ClientSpec): boolean {
  return (
    maybeShownAs(name, client.name) &&
    maybeShownAs(description, client.description) &&
    client.scopes !== null &&
    sameScopes(client.scopes, scopes)
  );
}

function isNewer(client: ListedClient, { attempt, age }: ClientReference): boolean {
  return attempt !== null && age <= longestLikeness && canComeOf(client, attempt);
}

/** Whether a client is not older than the request that may have made it. */
export function canComeOf({ id, created }: ListedClient, { highestId, period }: CreationAttempt): boolean {
  if (BigInt(id) <= BigInt(highestId)) return false;
  if (created === null) return true;
  return period !== null && created.until >= period.from && created.from <= period.until;
}

/** Whether two lists hold the same scopes: order, repetition and letter case mean nothing to Domo. */
export function sameScopes(a: readonly string[], b: readonly string[]): boolean {
  const canonical = (scopes: readonly string[]) =>
    [...new Set(scopes.map((scope) => scope.toLowerCase()))].sort().join();
  return canonical(a) === canonical(b);
}
