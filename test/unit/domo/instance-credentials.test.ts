import { accessTokens } from '../../../provider/domo/access-tokens/data-source';
import { loadTransport } from '../../../provider/domo/api/transport/http';
import { checkApiClient } from '../../../provider/domo/api-client/action-check';
import { revokeApiClients } from '../../../provider/domo/api-client/action-revoke';
import { apiClient as apiClientData } from '../../../provider/domo/api-client/data-source';
import { apiClients } from '../../../provider/domo/api-client/data-source-plural';
import { accessToken } from '../../../provider/domo/api-client/ephemeral-access-token';
import { apiClientList } from '../../../provider/domo/api-client/list-resource';
import { apiClient } from '../../../provider/domo/api-client/resource';
import type { StoredClient } from '../../../provider/domo/api-client/schema';
import { apiClientsExclusive } from '../../../provider/domo/api-clients-exclusive/resource';
import type { Instances } from '../../../provider/domo/instances';
import { createCall } from '../../../provider/framework/operations/call';
import { type FakeDomo, fakeDomo, paths } from '../../support/fake-domo';
import { callOf, opened } from './connected';

const names = ['acme', 'emea', 'jp'] as const;
type Name = (typeof names)[number];

let domos: Record<Name, FakeDomo>;
// What is loaded when nothing else is to do must not come after the last test.
beforeAll(async () => void (await loadTransport()));
afterAll(() => new Promise(setImmediate));
beforeEach(async () => {
  domos = { acme: await fakeDomo(), emea: await fakeDomo(), jp: await fakeDomo() };
  for (const name of names) {
    domos[name].token = `fake-token-of-${name}`;
    domos[name].add({ name: 'kept' });
    domos[name].add({ name: 'of somebody else', userId: 77 });
  }
});
afterEach(() => Promise.all(names.map((name) => domos[name].close())));

/** `acme` is the default; `jp` signs in as a user. Each takes its clients' credentials itself. */
function provider(): Instances {
  const at = ({ url }: FakeDomo) => ({ base_url: url, api_url: url });
  const none = { access_token: null, username: null, password: null };
  const { acme, emea, jp } = domos;
  return opened(
    {
      instance: 'acme',
      ...at(acme),
      instances: { emea: { ...none, ...at(emea) }, jp: { ...none, ...at(jp) } },
    },
    {
      DOMO_ACCESS_TOKEN: acme.token,
      DOMO_DEVELOPER_TOKEN: 'fake-token-of-nobody',
      DOMO_DEVELOPER_TOKEN_EMEA: emea.token,
      DOMO_USERNAME_JP: jp.signIn.username,
      DOMO_PASSWORD_JP: jp.signIn.password,
      DOMO_API_URL: 'http://127.0.0.1:9',
    },
  );
}

/** Every credential that a fake Domo was sent, without those that are its own. */
function foreign(name: Name): string[] {
  const { requests, token, signIn, clients } = domos[name];
  const own = new Set([
    ...(name === 'jp' ? [] : [token]),
    ...[...clients.values(), ...lost[name]].map(({ clientId, secret }) => basic(clientId, secret)),
  ]);
  return requests.flatMap(({ path, headers, body }) => {
    const session = String(headers['x-domo-authentication'] ?? 'fake-session-');
    const password = (body as { password?: string } | undefined)?.password ?? signIn.password;
    const sent = [headers['x-domo-developer-token'], headers.authorization].filter(
      (each) => each !== undefined,
    );
    const others = sent.filter((each) => !own.has(String(each)));
    if (!session.startsWith('fake-session-')) others.push(session);
    if (password !== signIn.password) others.push(password);
    return others.map((each) => `${path}: ${each}`);
  });
}

let lost: Record<Name, { clientId: string; secret: string }[]>;
beforeEach(() => {
  lost = { acme: [], emea: [], jp: [] };
});

const basic = (id: string, secret: string) => `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`;
const nulls = (attributes: object) =>
  Object.fromEntries(Object.keys(attributes).map((attribute) => [attribute, null]));

it('no instance gets a credential of another, whatever is asked of it', async () => {
  const instances = provider();
  const { context } = callOf(instances);
  const given = { ...context, progress() {}, limit: 100 } as never;
  const asked = async (name: Name) => {
    const domo = domos[name];
    const instance = name === 'acme' ? null : name;
    for (const { definition } of [apiClients, accessTokens]) {
      await definition.read(given, { ...nulls(definition.attributes), instance } as never);
    }
    await apiClientData.definition.read(given, { instance, id: null, name: 'kept', owners: true } as never);
    for await (const _ of apiClientList.definition.list(given, {
      ...nulls(apiClientList.definition.attributes),
      instance,
    } as never));

    const config = { ...nulls(apiClient.definition.attributes), name: 'new', instance };
    const plan = { ...config, description: '', scopes: ['data'], instance: name };
    const creation = callOf(instances);
    const made = (await apiClient.definition.create(
      creation.context,
      plan as never,
      config as never,
    )) as StoredClient;
    const credentials = { client_id: made.client_id, client_secret: made.client_secret };
    await accessToken.definition.open(given, { instance, ...credentials, scopes: null } as never);
    await checkApiClient.definition.invoke(given, { instance, ...credentials, scopes: null } as never);

    const only = { names: ['kept'], max_revocations: 5, instance: name };
    await apiClientsExclusive.definition.create(
      callOf(instances).context,
      only as never,
      { instance } as never,
    );
    const { id } = domo.add({ name: 'rogue' });
    await revokeApiClients.definition.invoke(given, { instance, clients: { [id]: 'rogue' } } as never);

    // Revoked by somebody else long after: the next process asks its own credentials whether it is alive.
    const client = domo.clients.get(Number(made.id));
    if (client) lost[name].push(client);
    domo.revoke(Number(made.id));
    const { created_at: _, ...memory } = JSON.parse(Buffer.from(creation.stored()).toString());
    const stored = Buffer.from(JSON.stringify(memory));
    const { context: refresh } = createCall(provider(), new AbortController().signal, stored);
    expect(await apiClient.definition.read(refresh, made as never)).toBeNull();
  };
  await Promise.all(names.map(asked));
  for (const name of names) {
    const { requests } = domos[name];
    expect([name, foreign(name)]).toEqual([name, []]);
    expect(requests.filter(({ path }) => path === paths.token)).toHaveLength(3);
    expect(requests.filter(({ method }) => method === 'DELETE')).toHaveLength(1);
  }
}, 30_000);
