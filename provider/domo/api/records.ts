import { composed } from './composed';
import { idOf, type Period, periodOf, scopesOf, textOf } from './field-values';
import { partOf } from './list-parts';
import { parseJson, unreadable } from './transport/errors';
import { type Fields, fieldsOf, parseExactly } from './transport/json';
import type { Answer, Request } from './transport/request';

/** An API client as the list shows it. */
export interface ListedClient {
  /** The number that Domo gives it, as text. */
  readonly id: string;
  readonly name: string;
  /** "" if Domo has none. */
  readonly description: string;
  /** Null if the list does not tell them. */
  readonly scopes: readonly string[] | null;
  /** As listed: whole or masked; null if the list has none. */
  readonly clientId: string | null;
  /** The owner's user id, as text; null if the list does not say. */
  readonly ownerId: string | null;
  /** When Domo made it, by Domo's clock; null if the list does not tell. */
  readonly created: Period | null;
}

/** A client that no resource has in its state, as a list has shown it. */
export type NotedClient = Pick<ListedClient, 'id' | 'name' | 'clientId' | 'ownerId'>;

/** One answer to the list. */
export interface ClientList {
  readonly clients: readonly ListedClient[];
  /** What Domo says of clients that this list does not hold; undefined if it is whole, as far as Domo says. */
  readonly part: string | undefined;
}

/** All that an API client has, from its creation to its end. */
export interface ClientSpec {
  readonly name: string;
  readonly description: string;
  readonly scopes: readonly string[];
}

/** What the answer to a creation says; null for a missing field. The secret is never missing. */
export interface Created {
  readonly id: string | null;
  readonly clientId: string | null;
  readonly clientSecret: string;
  readonly ownerId: string | null;
  /** The name and the scopes as Domo has taken them. */
  readonly name: string | null;
  readonly scopes: readonly string[] | null;
}

/** What any text of Domo's may say of one client; null for a missing field. */
export interface Described extends Omit<Created, 'clientSecret'> {
  readonly description: string | null;
  readonly clientSecret: string | null;
}

/**
 * The clients of a list: a bare array, or wrapped in `entries` as it was until June 2025.
 *
 * @throws `unreadable` if the answer is neither, an entry lacks its id or name, or two of other names share an id
 */
export function readList(request: Request, answer: Answer): ClientList {
  const expected = 'a JSON array of API clients';
  const body = parseJson(request, answer, expected);
  const entries = Array.isArray(body) ? body : fieldsOf(body).get('entries');
  if (!Array.isArray(entries)) throw unreadable(request, answer, expected);
  const names = new Map<string, string>();
  const clients = entries.map((entry): ListedClient => {
    const fields = fieldsOf(entry);
    const missing = (field: string) =>
      unreadable(request, answer, `the field "${field}" of every API client`);
    const id = idOf(fields.get('id'));
    const name = fields.get('name');
    if (id === null) throw missing('id');
    if (typeof name !== 'string') throw missing('name');
    if ((names.get(id) ?? name) !== name) {
      throw unreadable(request, answer, `one API client for each id, but ${id} appears with two names`);
    }
    names.set(id, name);
    return {
      id,
      // One spelling of each character: names that look the same are the same.
      name: composed(name),
      description: composed(textOf(fields.get('description')) ?? ''),
      scopes: scopesOf(fields.get('scopes')),
      clientId: textOf(fields.get('clientId')),
      ownerId: idOf(fields.get('userId')),
      created: periodOf(fields.get('created')),
    };
  });
  const envelope = Array.isArray(body) ? new Map() : fieldsOf(body);
  return { clients, part: partOf(envelope, answer.headers ?? {}, entries.length) };
}

/** The answer to a creation, in the spelling of this endpoint or of Domo's older one; undefined if it has no secret. */
export function readCreated({ body }: Answer): Created | undefined {
  for (const described of descriptionsIn(body)) {
    const { clientSecret, description: _, ...rest } = described;
    if (clientSecret !== null) return { ...rest, clientSecret };
  }
  return undefined;
}

/** What a JSON text says of one client, in either spelling. A text that is not JSON says nothing. */
export function readDescribed(text: string): Described | undefined {
  return descriptionsIn(text).find(({ id, name }) => id !== null || name !== null);
}

function descriptionsIn(text: string): Described[] {
  let body: unknown;
  try {
    body = parseExactly(text);
  } catch {
    return [];
  }
  return [...objectsIn(body)].map((fields) => ({
    id: idOf(fields.get('id')),
    name: textOf(fields.get('name')),
    description: textOf(fields.get('description')),
    scopes: scopesOf(fields.get('scopes') ?? fields.get('scope')),
    clientId: textOf(fields.get('clientid')),
    clientSecret: textOf(fields.get('clientsecret')),
    ownerId: idOf(fields.get('userid')),
  }));
}

/**
 * An object, or what wraps one: lists have been wrapped, and a secret must not be lost over that. The names of the
 * fields are in small letters and without `_`.
 */
function* objectsIn(body: unknown): Generator<Fields> {
  const outer = fieldsOf(body);
  const inner = Array.isArray(body) ? body.slice(0, 1) : [...outer.values()].slice(0, 20);
  for (const each of [outer, ...inner.map(fieldsOf)])
    yield new Map([...each].map(([name, value]) => [name.replaceAll('_', '').toLowerCase(), value]));
}

/** The caller's own user id. */
export function readUserId(request: Request, answer: Answer): string {
  const id = idOf(fieldsOf(parseJson(request, answer, 'a JSON object')).get('id'));
  if (id === null) throw unreadable(request, answer, 'the field "id" (number)');
  return id;
}
