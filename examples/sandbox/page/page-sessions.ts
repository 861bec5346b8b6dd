import { randomBytes } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Refusal } from '../refusal';
import type { User } from '../users';

/** Somebody who is signed in to the page. Whoever posts must know `csrf`, which only the page itself tells. */
export type PageSession = { user: User; csrf: string };

const random = () => randomBytes(24).toString('base64url');

/** Cookies ignore ports: without the port two sandboxes would sign each other's users out. */
const cookieName = (request: FastifyRequest) => `sandbox-session-${request.socket.localPort}`;

const attributes = 'Path=/; HttpOnly; SameSite=Strict';

/** The sessions of the page: in memory, until signing out or the end of the sandbox. */
export function createPageSessions() {
  const sessions = new Map<string, PageSession>();

  function idOf(request: FastifyRequest): string {
    const cookies = (request.headers.cookie ?? '').split(/; */);
    const prefix = `${cookieName(request)}=`;
    return cookies.find((cookie) => cookie.startsWith(prefix))?.slice(prefix.length) ?? '';
  }

  return {
    signIn(request: FastifyRequest, reply: FastifyReply, user: User): void {
      const id = random();
      sessions.delete(idOf(request));
      sessions.set(id, { user, csrf: random() });
      reply.header('set-cookie', `${cookieName(request)}=${id}; ${attributes}`);
    },

    signOut(request: FastifyRequest, reply: FastifyReply): void {
      sessions.delete(idOf(request));
      reply.header('set-cookie', `${cookieName(request)}=; ${attributes}; Max-Age=0`);
    },

    /** Who is signed in, if anybody. */
    of: (request: FastifyRequest): PageSession | undefined => sessions.get(idOf(request)),

    /** Who posts from the page itself; 401 for nobody, 403 for who does not know the session's `csrf`. */
    posting(request: FastifyRequest, csrf: unknown): PageSession {
      const session = sessions.get(idOf(request));
      if (!session) throw new Refusal(401, 'You are signed out. Reload the page.');
      if (csrf !== session.csrf) throw new Refusal(403, 'This page has expired. Reload it.');
      return session;
    },
  };
}
