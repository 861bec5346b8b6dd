import { parseJson, unreadable } from './transport/errors';
import type { Answer, Request } from './transport/request';

/** An API client as the list shows it. */
export interface ListedClient {
  /** The number that Domo gives it, as text. */
  readonly id: string;
  readonly name: string;
  /** "" if there is none. */
  readonly description: string;
  readonly scopes: readonly string[];
  /** As listed: whole or masked; null if the list does not show it. */
  readonly clientId: string | null;
  /** The owner's user id, as text; null if the list does not show it. */
  readonly ownerId: string | null;
}

/** All that an API client has, from its creation to its end. */
export interface ClientSpec {
  readonly name: string;
  readonly description: string;
  readonly scopes: readonly string[];
}

/** What the answer to a creation tells; null for a field that is missing. The secret never is. */
export interface Created {
  readonly id: string | null;
  readonly clientId: string | null;
  readonly clientSecret: string;
  readonly ownerId: string | null;
}

type Fields = ReadonlyMap<string, unknown>;

/**
 * The clients in the answer to a list request: a bare array, or wrapped in `entries` as it was until June 2025.
 * Throws kind `unreadable` if it is neither, if an entry lacks its id, name or scopes, or if two share an id.
 */
export function readList(request: Request, answer: Answer): ListedClient[] {
  const expected = 'a JSON array of API clients';
  const body = parseJson(request, answer, expected);
  const entries = Array.isArray(body) ? body : fieldsOf(body).get('entries');
  if (!Array.isArray(entries)) throw unreadable(request, answer, expected);
  const names = new Map<string, string>();
  return entries.map((entry) => {
    const fields = fieldsOf(entry);
    const missing = (field: string) =>
      unreadable(request, answer, `the field "${field}" of every API client`);
    const id = idOf(fields.get('id'));
    const name = fields.get('name');
    const scopes = fields.get('scopes');
    if (id === null) throw missing('id');
    if (typeof name !== 'string') throw missing('name');
    if (!Array.isArray(scopes)) throw missing('scopes');
    if ((names.get(id) ?? name) !== name) {
      throw unreadable(request, answer, `one API client for each id, and ${id} is there with two names`);
    }
    names.set(id, name);
    return {
      id,
      // One spelling of each character, so that names that look the same are the same.
      name: name.normalize('NFC'),
      description: (textOf(fields.get('description')) ?? '').normalize('NFC'),
      scopes: scopes.filter((scope) => typeof scope === 'string'),
      clientId: textOf(fields.get('clientId')),
      ownerId: idOf(fields.get('userId')),
    };
  });
}

/** The answer to a creation; undefined if it has no secret. */
export function readCreated(answer: Answer): Created | undefined {
  let body: unknown;
  try {
    body = JSON.parse(answer.body);
  } catch {
    return undefined;
  }
  const fields = fieldsOf(body);
  const clientSecret = textOf(fields.get('clientSecret'));
  if (clientSecret === null) return undefined;
  return {
    id: idOf(fields.get('id')),
    clientId: textOf(fields.get('clientId')),
    clientSecret,
    ownerId: idOf(fields.get('userId')),
  };
}

/** The caller's own user id. */
export function readUserId(request: Request, answer: Answer): string {
  const id = idOf(fieldsOf(parseJson(request, answer, 'a JSON object')).get('id'));
  if (id === null) throw unreadable(request, answer, 'the field "id" (number)');
  return id;
}

function fieldsOf(value: unknown): Fields {
  return new Map(typeof value === 'object' && value !== null ? Object.entries(value) : []);
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

function idOf(value: unknown): string | null {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return String(value);
  return typeof value === 'string' && /^\d+$/.test(value) ? value : null;
}
