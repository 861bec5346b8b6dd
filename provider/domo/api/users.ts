import { setImmediate as yieldToEventLoop } from 'node:timers/promises';
import { unsuccessful } from './transport/errors';
import type { Request } from './transport/request';
import type { Session } from './transport/session';
import { oneAtATime } from './transport/single-flight';
import { readUsers, type User } from './user-records';

/**
 * What the directory says:
 * - `found`: the users by their ids, without those that Domo does not know, or does not show this caller.
 * - `refused`: the caller may not ask.
 */
export type UsersResult =
  | { readonly kind: 'found'; readonly users: ReadonlyMap<string, User> }
  | { readonly kind: 'refused' };

/** The users of one instance, as one caller may see them. */
export interface Users {
  /** Asks for no user twice, and for those that several callers want in one request. */
  find(ids: Iterable<string>, signal: AbortSignal): Promise<UsersResult>;
}

/** How many are asked for at once. */
const most = 500;

const attributes = ['id', 'displayName', 'emailAddress', 'isActive', 'lastActivity'];

const requestFor = (ids: readonly string[]): Request => ({
  method: 'POST',
  path: '/api/identity/v1/users/search',
  onlyAsks: true,
  body: { ids, attributes, includeDeleted: true, limit: ids.length, offset: 0 },
});

export function createUsers(session: Session): Users {
  const known = new Map<string, User | undefined>();
  const wanted = new Set<string>();
  let isRefused = false;

  /** Undefined if the caller may not ask. */
  async function ask(ids: readonly string[], signal: AbortSignal): Promise<readonly User[] | undefined> {
    const request = requestFor(ids);
    const answer = await session.send(request, signal);
    if (answer.status === 403) return undefined;
    if (answer.status !== 200) throw unsuccessful(request, answer);
    return readUsers(request, answer);
  }

  const askForAll = oneAtATime(async (signal) => {
    // Whoever got the list at the same moment wants users now, too.
    await yieldToEventLoop();
    const open = new Set([...wanted].filter((id) => !known.has(id)));
    wanted.clear();
    // Not by pages: whatever `count` says, and however an answer is cut or sorted, what is missing is asked for again.
    while (open.size > 0 && !isRefused) {
      const ids = [...open].slice(0, most);
      const users = await ask(ids, signal);
      isRefused = users === undefined;
      const fresh = (users ?? []).filter(({ id }) => open.delete(id));
      for (const user of fresh) known.set(user.id, user);
      if (fresh.length > 0) continue;
      for (const id of ids) {
        open.delete(id);
        known.set(id, undefined);
      }
    }
  });

  return {
    async find(ids, signal) {
      const all = new Set(ids);
      for (;;) {
        const missing = [...all].filter((id) => !known.has(id));
        if (isRefused) return { kind: 'refused' };
        if (missing.length === 0) break;
        for (const id of missing) wanted.add(id);
        await askForAll(signal);
      }
      const users = [...all].flatMap((id) => known.get(id) ?? []);
      return { kind: 'found', users: new Map(users.map((user) => [user.id, user])) };
    },
  };
}
