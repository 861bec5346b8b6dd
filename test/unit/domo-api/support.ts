import { setMaxListeners } from 'node:events';
import { type ApiClients, apiClients } from '../../../provider/domo/api/api-clients';
import type { Delays } from '../../../provider/domo/api/delays';
import type { ClientReference } from '../../../provider/domo/api/matching';
import { http } from '../../../provider/domo/api/transport/http';
import { session } from '../../../provider/domo/api/transport/session';
import { type FakeDomo, paths } from '../../support/fake-domo';

/** The provider's delays, shrunk from seconds to hundredths of a second. */
export const quick: Delays = {
  poll: 10,
  absence: 80,
  young: 60_000,
  nameRelease: 300,
  openCreation: 400,
  owner: 200,
};

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
  }: { requestTimeout?: number; maxRetries?: number; delays?: Partial<Delays> } = {},
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
  return apiClients(signedOn, { ...quick, ...delays });
}

/** What a state would know of a client that the caller owns. */
export function reference(domo: FakeDomo, fields: Partial<ClientReference> = {}): ClientReference {
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
