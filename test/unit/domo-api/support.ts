import { setMaxListeners } from 'node:events';
import { type ApiClients, apiClients, type Sought } from '../../../provider/domo/api/api-clients';
import { http } from '../../../provider/domo/api/http';
import type { Patience } from '../../../provider/domo/api/patience';
import { session } from '../../../provider/domo/api/session';
import { type FakeDomo, paths } from '../../support/fake-domo';

/** What the provider does in seconds, in a few hundredths of a second. */
export const quick: Patience = {
  poll: 10,
  absence: 80,
  young: 60_000,
  nameRelease: 300,
  openCreation: 400,
  owner: 200,
};

/** For signals that nobody aborts. */
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

/** A typed Domo client of a fake Domo, quick to lose its patience. `requestTimeout` in ms. */
export function clientsOf(
  domo: FakeDomo,
  {
    requestTimeout = 5_000,
    maxRetries = 0,
    patience = {},
  }: { requestTimeout?: number; maxRetries?: number; patience?: Partial<Patience> } = {},
): ApiClients {
  const transport = http({
    baseUrl: domo.url,
    requestTimeout,
    maxRetries,
    userAgent: 'fake-agent/1.0',
    random: () => 0,
    log: () => undefined,
  });
  const signedOn = session(transport, { token: domo.token }, domo.url, () => undefined);
  return apiClients(signedOn, { ...quick, ...patience });
}

/** What a state would know of a client of the caller. */
export function sought(domo: FakeDomo, fields: Partial<Sought> = {}): Sought {
  return {
    id: '1',
    name: 'reports',
    description: '',
    scopes: ['data'],
    clientId: null,
    ownerId: String(domo.me.id),
    age: Number.POSITIVE_INFINITY,
    ...fields,
  };
}

/** How often each of {@link calls} came. */
export function counts(domo: FakeDomo): Record<keyof typeof calls, number> {
  const { list, create, revoke, me } = calls;
  return {
    list: domo.count(list),
    create: domo.count(create),
    revoke: domo.count(revoke),
    me: domo.count(me),
  };
}
