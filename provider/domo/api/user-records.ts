import { idOf, momentIn, textOf } from './field-values';
import { parseJson, unreadable } from './transport/errors';
import { fieldsOf } from './transport/json';
import type { Answer, Request } from './transport/request';

/** A user as Domo's directory shows it; null for what it does not show. */
export interface User {
  readonly id: string;
  readonly name: string | null;
  readonly email: string | null;
  readonly isActive: boolean | null;
  /** In ms since 1970. */
  readonly lastActivity: number | null;
}

/**
 * The users in one answer of the directory: each has a list of attributes, and each of those a key and a list of values.
 *
 * @throws `unreadable` if the answer has no users, one of them has no id, or one id has two of them that differ
 */
export function readUsers(request: Request, answer: Answer): readonly User[] {
  const expected = 'a JSON object with the field "users" (array)';
  const entries = fieldsOf(parseJson(request, answer, expected)).get('users');
  if (!Array.isArray(entries)) throw unreadable(request, answer, expected);
  const users = new Map<string, User>();
  for (const entry of entries) {
    const user = userIn(entry);
    if (user === undefined) throw unreadable(request, answer, 'the attribute "id" of every user');
    const same = users.get(user.id) ?? user;
    if (JSON.stringify(same) !== JSON.stringify(user)) {
      throw unreadable(request, answer, `one user for each id, but ${user.id} appears with two of them`);
    }
    users.set(user.id, user);
  }
  return [...users.values()];
}

function userIn(entry: unknown): User | undefined {
  const attributes = fieldsOf(entry).get('attributes');
  if (!Array.isArray(attributes)) return undefined;
  const values = new Map(
    attributes.map(fieldsOf).map((fields) => [fields.get('key'), firstOf(fields.get('values'))]),
  );
  const id = idOf(values.get('id'));
  if (id === null) return undefined;
  const isActive = String(values.get('isActive'));
  return {
    id,
    name: textOf(values.get('displayName')),
    email: textOf(values.get('emailAddress')),
    isActive: isActive === 'true' || (isActive === 'false' ? false : null),
    lastActivity: momentIn(values.get('lastActivity')),
  };
}

const firstOf = (values: unknown): unknown => (Array.isArray(values) ? values[0] : undefined);
