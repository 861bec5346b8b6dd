import { attributePath, type DataContext, optional, root, t, validator } from '../framework';
import type { User } from './api/user-records';
import type { Domo } from './connection';
import { rfc3339 } from './time';

/** What a data source shows of an owner. */
export const ownerType = t.object({
  name: t.string,
  email: t.string,
  active: t.bool,
  last_activity: t.string,
});

/** The values of {@link ownerType}; null if the owner is not known. */
export type Owner = {
  readonly name: string | null;
  readonly email: string | null;
  readonly active: boolean | null;
  readonly last_activity: string | null;
} | null;

/** The argument that asks for owners. */
export const ownersArgument = optional(t.bool, {
  description:
    'Whether to look up the owners among the users of the instance, in one more request. Defaults to `false`.',
});

/** What `owner` says, for descriptions. */
export const ownerDescription =
  'an object with `name`, `email`, `active` and `last_activity` (an RFC 3339 time). It is null without `owners = true`, if the caller may not read users, or if Domo shows no such user; null does not mean inactive. A value that Domo does not show is null.';

export const isUserId = validator<string>('must be a numeric user id', (text) =>
  /^\d+$/.test(text) ? undefined : `"${text}" is not a number.`,
);

/**
 * Looks owners up, if that is asked for. Whoever may not read users gets one warning for all.
 *
 * @returns the owner with an id; null if it is not known
 */
export async function ownersOf(
  { client: domo, warn }: Pick<DataContext<Domo>, 'client' | 'warn'>,
  isAskedFor: boolean | null,
  ids: Iterable<string | null>,
  signal: AbortSignal,
): Promise<(id: string | null) => Owner> {
  const wanted = [...ids].filter((id) => id !== null);
  if (!isAskedFor || wanted.length === 0) return () => null;
  const result = await domo.users().find(wanted, signal);
  if (result.kind === 'found') {
    const { users } = result;
    return (id) => shown(id === null ? undefined : users.get(id));
  }
  if (domo.once('hidden users')) {
    warn(
      'Domo does not show users to the caller',
      "Domo returned 403 to the search for users, so owner is null everywhere; owner_id is not affected. Null does not mean that an owner is inactive. Use a token of a user who may see the instance's users, such as an administrator, or remove owners = true.",
      attributePath(root, 'owners'),
    );
  }
  return () => null;
}

function shown(user: User | undefined): Owner {
  if (user === undefined) return null;
  const { name, email, isActive, lastActivity } = user;
  return {
    name,
    email,
    active: isActive,
    last_activity: lastActivity === null ? null : rfc3339(lastActivity),
  };
}
