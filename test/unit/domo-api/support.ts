import { setMaxListeners } from 'node:events';
import { type ApiClients, apiClients } from '../../../provider/domo/api/api-clients';
import type { Delays } from '../../../provider/domo/api/delays';
import type { ClientReference } from '../../../provider/domo/api/matching';
import { type OwnSignIn, ownSignIn } from '../../../provider/domo/api/own-sign-in';
import type { ClientSpec } from '../../../provider/domo/api/records';
import { type Http, http } from '../../../provider/domo/api/transport/http';
import type { Log } from '../../../provider/domo/api/transport/request';
import { type Session, session } from '../../../provider/domo/api/transport/session';
import { type FakeClient, type FakeDomo, paths } from '../../support/fake-domo';

/**
 * The provider's delays, shrunk from seconds to hundredths of a second. Those that end as soon as something is found out
 * stay long, since it can take a busy machine a second; {@link hasty} is for tests in which nothing is.
 */
export const quick: Delays = {
  poll: 10,
  absence: 500,
  young: 60_000,
  nameRelease: 300,
  recent: 5_000,
  openCreation: 5_000,
  lastLook: 5_000,
  owner: 5_000,
};

/** For tests that wait them out in full, and in which nothing has to happen before they end. */
export const brief: Partial<Delays> = { absence: 100, nameRelease: 60 };

/** Delays for what cannot be found out. */
export const hasty: Partial<Delays> = { openCreation: 400, lastLook: 200, owner: 200 };

/** What the tests of creations create. */
export const spec: ClientSpec = { name: 'reports', description: 'For reports', scopes: ['data', 'user'] };

/** The one client that there is. */
export function onlyClient({ clients }: FakeDomo): FakeClient {
  expect(clients.size).toBe(1);
  return [...clients.values()][0] as FakeClient;
}

/** A signal that nobody aborts. */
export const never = new AbortController().signal;
// Tests let fifty wait on it at once.
setMaxListeners(0, never);

/** The calls that tests count. */
export const calls = {
  list: `GET ${paths.clients}`,
  create: `POST ${paths.clients}`,
  revoke: `DELETE ${paths.client}`,
  me: `GET ${paths.me}`,
} as const;

/** A typed Domo client of a stand-in, with short delays. `requestTimeout` in ms. */
export function clientsOf(
  domo: FakeDomo,
  {
    requestTimeout = 5_000,
    maxRetries = 0,
    delays = {},
    signIn,
    log,
  }: {
    requestTimeout?: number;
    maxRetries?: number;
    delays?: Partial<Delays>;
    signIn?: OwnSignIn;
    log?: Log;
  } = {},
): ApiClients {
  return apiClients(sessionOf(domo, { requestTimeout, maxRetries }), {
    signIn,
    delays: { ...quick, ...delays },
    ...(log && { log }),
  });
}

/** A session at a stand-in, with its access token. `requestTimeout` in ms. */
export function sessionOf(
  domo: FakeDomo,
  { requestTimeout = 5_000, maxRetries = 0 }: { requestTimeout?: number; maxRetries?: number } = {},
): Session {
  const transport = transportTo(domo, requestTimeout, maxRetries);
  return session(transport, { token: domo.token }, domo.url, () => undefined);
}

/** Asks the stand-in whether clients can sign in. */
export function signInAt(domo: FakeDomo, instance = domo.customer): OwnSignIn {
  const transport = transportTo(domo, 5_000, 0);
  return ownSignIn({ http: () => transport, instance, hide: () => undefined, timeout: 5_000 });
}

function transportTo(domo: FakeDomo, requestTimeout: number, maxRetries: number): Http {
  return http({
    baseUrl: domo.url,
    requestTimeout,
    maxRetries,
    userAgent: 'fake-agent/1.0',
    redact: (text) => text,
    random: () => 0,
    log: () => undefined,
  });
}

/** What a state would know of a client that the caller owns. */
export function reference(domo: FakeDomo, fields: Partial<ClientReference> = {}): ClientReference {
  return {
    id: '1',
    name: 'reports',
    description: '',
    scopes: ['data'],
    clientId: null,
    listedClientId: null,
    secretToSignIn: null,
    ownerId: String(domo.me.id),
    shownName: null,
    age: Number.POSITIVE_INFINITY,
    seenHere: true,
    isOpenCreation: false,
    attempt: null,
    ...fields,
  };
}

/** What the state that made a client would know of it, its secret included. */
export function referenceTo(
  domo: FakeDomo,
  { id, name, description, scopes, clientId, secret, userId }: FakeClient,
  fields: Partial<ClientReference> = {},
): ClientReference {
  const known = { id: String(id), name, description, scopes, clientId, ownerId: String(userId) };
  return reference(domo, { ...known, secretToSignIn: secret, ...fields });
}

/** How often each of {@link calls} was made. */
export function counts(domo: FakeDomo): Record<keyof typeof calls, number> {
  const { list, create, revoke, me } = calls;
  return {
    list: domo.count(list),
    create: domo.count(create),
    revoke: domo.count(revoke),
    me: domo.count(me),
  };
}

/** How often clients have tried to sign in. */
export const signIns = (domo: FakeDomo): number => domo.count(`GET ${paths.token}`);
