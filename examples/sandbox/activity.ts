import { maySee, maySeeAll } from './grants';
import type { User } from './users';

/**
 * Something that happened: who did what to which client (by name, or by what was asked for).
 * `at` and `expiresAt` are milliseconds since 1970. No token and no secret is ever part of it.
 */
export type Change = {
  at: number;
  kind: 'created' | 'revoked' | 'refused' | 'token-issued';
  /** The name of a user, of a client that asks for a token, or `sandbox`. */
  actor: string;
  subject: string;
  /** The user who did it, if it was a user. */
  actorId?: number;
  /** The client concerned, if there is one. */
  clientId?: number;
  /** The owner of that client. */
  ownerId?: number;
  /** Why it was refused. */
  reason?: string;
  /** When the issued token ends. */
  expiresAt?: number;
};

/** How many changes are remembered: the latest. */
export const changesKept = 500;

/** Whether the user is shown the change: a manager every one, others with a grant what concerns them. */
export const mayKnow = (user: User, { actorId, ownerId }: Change) =>
  maySeeAll(user) || [actorId, ownerId].some((id) => id !== undefined && maySee(user, id));

/**
 * The change as the user may know it: an attempt at a client that the user may not see is the user's own
 * event, but the client's name is not the user's to know.
 */
export function asKnownTo(user: User, change: Change): Change {
  const { clientId, ownerId, ...known } = change;
  if (ownerId === undefined || maySee(user, ownerId)) return change;
  return { ...known, subject: `id ${clientId}` };
}

/** Remembers what happened and tells it to listeners. `kept` is the array that it works on. */
export function createActivity(kept: Change[]) {
  const listeners = new Set<(change: Change) => void>();
  return {
    tell(change: Omit<Change, 'at'>) {
      const told = { at: Date.now(), ...change };
      kept.push(told);
      if (kept.length > changesKept) kept.splice(0, kept.length - changesKept);
      for (const listener of listeners) listener(told);
    },
    /** Calls the listener at every change; returns what ends that. */
    onChange(listener: (change: Change) => void) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    /** What the user may know, the latest first. */
    known: (user: User): Change[] =>
      kept
        .filter((change) => mayKnow(user, change))
        .map((change) => asKnownTo(user, change))
        .reverse(),
  };
}
