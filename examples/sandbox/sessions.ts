import { fakeCredential, type User } from './users';

/** How many wrong passwords in a row an account takes; after them it is locked until the sandbox restarts. */
export const wrongPasswordsAllowed = 5;

export type SignIn =
  | { success: true; userId: number; sessionToken: string }
  | { success: false; reason: 'INVALID_CREDENTIALS' | 'ACCOUNT_LOCKED' };

/** Signing in with a password. Sessions live in memory: until the sandbox ends, or `end` is called. */
export function createSessions(users: readonly User[]) {
  const sessions = new Map<string, User>();
  const wrong = new Map<number, number>();
  return {
    signIn(email: unknown, password: unknown): SignIn {
      const user = users.find((each) => each.email === email);
      if (!user) return { success: false, reason: 'INVALID_CREDENTIALS' };
      const tries = wrong.get(user.id) ?? 0;
      if (tries >= wrongPasswordsAllowed) return { success: false, reason: 'ACCOUNT_LOCKED' };
      if (user.password !== password) {
        wrong.set(user.id, tries + 1);
        return { success: false, reason: 'INVALID_CREDENTIALS' };
      }
      wrong.delete(user.id);
      const sessionToken = fakeCredential('session');
      sessions.set(sessionToken, user);
      return { success: true, userId: user.id, sessionToken };
    },

    /** The user of a session token, if it is one. */
    userOf: (sessionToken: string) => sessions.get(sessionToken),

    /** Ends all sessions and unlocks all accounts. */
    reset() {
      sessions.clear();
      wrong.clear();
    },

    /** Ends all sessions, as if they had expired. */
    end: () => sessions.clear(),
  };
}
