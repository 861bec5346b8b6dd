/**
 * A fake Domo for tests: real HTTP on loopback, in the test's own process, so that a test can change anything at any
 * moment and read every request.
 *
 * It is the second one. The sandbox in examples/ is a product that people run; this one is written from
 * docs/domo-facts.md alone, and shares no code with the sandbox or the provider. A provider that misreads a fact in
 * the same way as the sandbox still fails here.
 */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { createAnswer, type FakeClient, listAnswer, newClient, plainQuirks, type Quirks } from './clients';
import { type FakeToken, type FakeUser, searchAnswer, tokensAnswer } from './directory';
import {
  type Answer,
  answerWithFault,
  type Fault,
  matches,
  type SeenRequest,
  send,
  takeFault,
} from './faults';

export type { FakeClient, Quirks } from './clients';
export type { FakeToken, FakeUser } from './directory';
export type { Fault, SeenRequest } from './faults';

/** The paths that the fake Domo serves, for `count` and `fail`. */
export const paths = {
  clients: '/api/identity/v1/developer-tokens',
  client: '/api/identity/v1/developer-tokens/*',
  me: '/api/content/v2/users/me',
  signIn: '/api/content/v2/authentication',
  token: '/oauth/token',
  users: '/api/identity/v1/users/search',
  accessTokens: '/api/data/v1/accesstokens',
} as const;

/** The user whom every credential belongs to, and what this user may see and do. */
export type Me = {
  id: number;
  displayName: string;
  roleId: number;
  /** The list: everyone's clients, one's own, 403, or an empty one although there are clients. */
  sees: 'all' | 'own' | 'none-403' | 'none-empty';
  may: { create: boolean; revoke: 'any' | 'own' | 'none' };
};

/** A running fake Domo: what it has been asked, what it holds, and what it is to do wrong. */
export type FakeDomo = {
  url: string;
  /** The access token that is accepted; assign another one to make it wrong. */
  token: string;
  /** What signs in, and why even that is refused; null refuses only wrong credentials. */
  signIn: { username: string; password: string; refusal: 'INVALID_CREDENTIALS' | 'ACCOUNT_LOCKED' | null };
  me: Me;
  /** The name of the instance, as the token endpoint calls it. */
  customer: string;
  quirks: Quirks;
  /** The scopes that a creation may name. */
  scopes: Set<string>;
  /** All clients by id, whoever sees them. */
  clients: Map<number, FakeClient>;
  /** The people of the instance, and their access tokens. */
  users: FakeUser[];
  accessTokens: FakeToken[];
  /** How many users an answer to a search has at most. */
  usersAtOnce: number;
  requests: SeenRequest[];
  /** How many requests came of a method and path, such as `DELETE ${paths.client}`. */
  count(call: string): number;
  /** Forgets the requests and the faults that are still to come; clients, quirks and sessions stay. */
  reset(): void;
  /** Puts a client in behind Terraform's back; by default one of another user. */
  add(fields?: Partial<FakeClient>): FakeClient;
  /** Takes a client out behind Terraform's back; throws if it is not there. */
  revoke(id: number | string): void;
  /** Makes the next matching requests go wrong. Faults wait in the order in which they were given. */
  fail(fault: Fault): void;
  /** Makes every session token invalid. */
  expireSessions(): void;
  close(): Promise<void>;
};

const unauthorized: Answer = { status: 401, body: 'Unauthorized' };
const forbidden: Answer = { status: 403, body: 'Forbidden' };
const badRequest = (message: string): Answer => ({
  status: 400,
  body: { status: 400, statusReason: 'Bad Request', message },
});

/** Starts a fake Domo. Close it in `afterAll` or `afterEach`. */
export async function fakeDomo(options: { quirks?: Partial<Quirks> } = {}): Promise<FakeDomo> {
  const sessions = new Set<string>();
  const faults: Fault[] = [];
  let lastId = 1000;
  const nextId = () => {
    lastId += 1;
    return lastId;
  };

  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => {
      if (request.complete) console.error('The fake Domo failed:', error);
      response.destroy();
    });
  });
  // Never closing an idle connection keeps clients from meeting a reset that no test has asked for.
  server.keepAliveTimeout = 0;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  const domo: FakeDomo = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    token: `fake-token-${randomBytes(8).toString('hex')}`,
    signIn: {
      username: 'someone@example.com',
      password: `fake-password-${randomBytes(8).toString('hex')}`,
      refusal: null,
    },
    me: { id: 11, displayName: 'Someone', roleId: 1, sees: 'all', may: { create: true, revoke: 'any' } },
    customer: 'acme',
    quirks: { ...plainQuirks(), ...options.quirks },
    scopes: new Set(['account', 'audit', 'buzz', 'dashboard', 'data', 'user', 'workflow']),
    clients: new Map(),
    users: [],
    accessTokens: [],
    usersAtOnce: 1_000,
    requests: [],
    count(call) {
      const [method, path] = call.split(' ');
      return domo.requests.filter((request) => matches(request, method, path)).length;
    },
    reset() {
      domo.requests.length = 0;
      faults.length = 0;
    },
    add(fields = {}) {
      const client = newClient({ id: nextId(), userId: domo.me.id + 11, ...fields });
      domo.clients.set(client.id, client);
      return client;
    },
    revoke(id) {
      if (!domo.clients.delete(Number(id))) throw new Error(`The fake Domo has no client ${id}.`);
    },
    fail: (fault) => void faults.push(fault),
    expireSessions: () => sessions.clear(),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };

  async function serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url = '', headers } = incoming;
    const request: SeenRequest = { method, path: url.split('?')[0] ?? '', headers, at: Date.now() };
    domo.requests.push(request);
    const fault = takeFault(faults, request);
    if (method === 'POST') request.body = await json(incoming);
    const work = () => answer(request);
    if (fault) await answerWithFault(fault, work, response);
    else send(response, work());
  }

  function answer(request: SeenRequest): Answer {
    if (matches(request, 'POST', paths.signIn)) return signIn(request);
    if (matches(request, 'GET', paths.token)) return token(request);
    if (!isSignedIn(request)) return unauthorized;
    if (matches(request, 'GET', paths.me)) {
      const { id, displayName, roleId } = domo.me;
      return { status: 200, body: { id, displayName, roleId, emailAddress: domo.signIn.username } };
    }
    if (matches(request, 'GET', paths.clients)) return list();
    if (matches(request, 'POST', paths.clients)) return create(request.body);
    if (matches(request, 'DELETE', paths.client)) return revoke(request.path.split('/').at(-1) ?? '');
    if (matches(request, 'POST', paths.users)) {
      return { status: 200, body: searchAnswer(domo.users, request.body, domo.usersAtOnce) };
    }
    if (matches(request, 'GET', paths.accessTokens)) {
      return { status: 200, body: tokensAnswer(domo.accessTokens) };
    }
    return { status: 404, body: 'Not Found' };
  }

  function isSignedIn({ headers }: SeenRequest): boolean {
    const token = headers['x-domo-developer-token'];
    if (token !== undefined) return token === domo.token;
    return sessions.has(String(headers['x-domo-authentication']));
  }

  function signIn({ headers, body }: SeenRequest): Answer {
    const { method, emailAddress, password } = (body ?? {}) as Record<string, unknown>;
    if (method !== 'password') return badRequest('Unknown method');
    if (domo.quirks.origin === 'required' && headers.origin === undefined) return badRequest('No origin');
    const { username, password: right, refusal } = domo.signIn;
    const wrong = emailAddress !== username || password !== right;
    const reason = refusal ?? (wrong ? 'INVALID_CREDENTIALS' : undefined);
    if (reason) return { status: 200, body: { success: false, reason } };
    const sessionToken = `fake-session-${randomBytes(8).toString('hex')}`;
    sessions.add(sessionToken);
    return { status: 200, body: { userId: domo.me.id, success: true, sessionToken } };
  }

  /** Gives a client a token, whoever sees it in the list. */
  function token({ headers }: SeenRequest): Answer {
    const [, basic = ''] = /^Basic (.*)$/.exec(headers.authorization ?? '') ?? [];
    const [clientId, secret] = Buffer.from(basic, 'base64').toString().split(':');
    const client = [...domo.clients.values()].find(
      (each) => each.clientId === clientId && each.secret === secret,
    );
    if (!client) {
      return { status: 401, body: { error: 'invalid_client', error_description: 'Bad client credentials' } };
    }
    return {
      status: 200,
      body: {
        access_token: `fake-access-${randomBytes(8).toString('hex')}`,
        customer: domo.customer,
        expires_in: 3599,
        scope: client.scopes.join(' '),
        token_type: 'bearer',
        userId: client.userId,
      },
    };
  }

  function list(): Answer {
    const { sees, id } = domo.me;
    if (sees === 'none-403') return forbidden;
    const visible = [...domo.clients.values()].filter(
      ({ userId }) => sees === 'all' || (sees === 'own' && userId === id),
    );
    return { status: 200, body: listAnswer(visible, domo.quirks) };
  }

  function create(body: unknown): Answer {
    const { name, description = '', scopes } = (body ?? {}) as Record<string, unknown>;
    if (!domo.me.may.create) return forbidden;
    if (typeof name !== 'string' || name === '') return badRequest('A name is needed');
    if (typeof description !== 'string') return badRequest('The description must be text');
    if (!Array.isArray(scopes) || scopes.length === 0) return badRequest('Scopes are needed');
    const lower = scopes.map((scope) => String(scope).toLowerCase());
    if (!lower.every((scope) => domo.scopes.has(scope))) return badRequest('Unknown scope');
    const { spelling, granted } = domo.quirks;
    const kept = spelling(name);
    if ([...domo.clients.values()].some((other) => other.name === kept)) return badRequest('The name exists');
    const client = domo.add({
      name: kept,
      description: spelling(description),
      scopes: granted(lower),
      userId: domo.me.id,
      listedFrom: Date.now() + domo.quirks.lateMs,
      hiddenLists: domo.quirks.lateLists,
    });
    return { status: 201, body: createAnswer(client, domo.quirks) };
  }

  function revoke(id: string): Answer {
    const { may, id: me } = domo.me;
    if (may.revoke === 'none') return forbidden;
    const client = domo.clients.get(Number(id));
    if (!client) return { ...badRequest('No such client'), status: domo.quirks.absentDelete };
    if (may.revoke === 'own' && client.userId !== me) return forbidden;
    domo.clients.delete(client.id);
    return { status: 204 };
  }

  return domo;
}
