import { randomBytes } from 'node:crypto';
import type { Grant } from './grants';

/** Someone who signs in to the sandbox with a password, or uses an access token. */
export type User = {
  id: number;
  name: string;
  email: string;
  password: string;
  token: string;
  grants: Grant[];
};

/** Someone whom the directory knows. Only a {@link User} can sign in. */
export type Person = {
  id: number;
  name: string;
  email: string;
  isActive: boolean;
  isDeleted: boolean;
  /** Milliseconds since 1970. */
  lastActivity?: number;
};

/** The users, one for each combination of the two grants. */
export const roster: readonly { id: number; name: string; grants: Grant[] }[] = [
  { id: 1001, name: 'admin', grants: ['create', 'manage'] },
  { id: 1002, name: 'creator', grants: ['create'] },
  { id: 1003, name: 'manager', grants: ['manage'] },
  { id: 1004, name: 'guest', grants: [] },
];

/** A random value that nobody can take for a real credential: `fake-<kind>-<32 hex digits>`. */
export const fakeCredential = (kind: string) => `fake-${kind}-${randomBytes(16).toString('hex')}`;

/**
 * The users of the roster. `SANDBOX_TOKEN_<NAME>` and `SANDBOX_PASSWORD_<NAME>` (ADMIN, CREATOR, MANAGER, GUEST) come
 * first, then what a data file kept, then a value made up for this start.
 *
 * @param fixed the values are not made up but the same at every start, and win over those of a data file
 */
export function createUsers(
  env: Record<string, string | undefined>,
  kept: readonly User[] = [],
  fixed = false,
): User[] {
  return roster.map(({ id, name, grants }) => {
    const known = kept.find((user) => user.id === id);
    const suffix = name.toUpperCase();
    const madeUp = (kind: 'password' | 'token') =>
      fixed ? `fake-${kind}-${name}` : known?.[kind] || fakeCredential(`${kind}-${name}`);
    return {
      id,
      name,
      email: `${name}@sandbox.example`,
      password: env[`SANDBOX_PASSWORD_${suffix}`] || madeUp('password'),
      token: env[`SANDBOX_TOKEN_${suffix}`] || madeUp('token'),
      grants,
    };
  });
}
