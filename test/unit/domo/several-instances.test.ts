import { loadTransport } from '../../../provider/domo/api/transport/http';
import { apiClient } from '../../../provider/domo/api-client/resource';
import type { StoredClient } from '../../../provider/domo/api-client/schema';
import { openInstances } from '../../../provider/domo/instances';
import { domoProvider } from '../../../provider/domo/provider';
import type { Configuration } from '../../../provider/domo/provider-block/schema';
import { isUnknown, unknown, type WireValue } from '../../../provider/framework';
import { createOperations, type Operations } from '../../../provider/framework/operations';
import { type FakeClient, type FakeDomo, fakeDomo, paths } from '../../support/fake-domo';
import { emptyBlock } from './connected';

const type = 'domo_api_client';
const log = { hide() {}, debug() {}, info() {}, warn() {}, redact: (text: string) => text };
const nothing = new Uint8Array();
const path = [{ attribute: 'instance' }];

let acme: FakeDomo;
let emea: FakeDomo;
// What is loaded when nothing else is to do must not come after the last test.
beforeAll(async () => void (await loadTransport()));
afterAll(() => new Promise(setImmediate));
beforeEach(async () => {
  [acme, emea] = [
    await fakeDomo({ quirks: { clientIds: 'stars' } }),
    await fakeDomo({ quirks: { clientIds: 'stars' } }),
  ];
});
afterEach(() => Promise.all([acme.close(), emea.close()]));

const entry = { access_token: null, username: null, password: null, base_url: null, api_url: null };
const hostOf = ({ url }: FakeDomo) => new URL(url).host;

/** The provider with `acme` as its default, and `emea` in its instances, or with what replaces parts of that. */
function working(block: Record<string, unknown> = {}): Operations {
  const config = {
    ...emptyBlock,
    instance: 'acme',
    base_url: acme.url,
    access_token: acme.token,
    max_retries: 0,
    instances: { emea: { ...entry, base_url: emea.url, access_token: emea.token } },
    ...block,
  };
  const operations = createOperations(
    {
      ...domoProvider,
      configure: (_, values) =>
        openInstances(
          values as unknown as Configuration,
          {},
          { log: log as never, userAgent: 'test', mayApply: false },
        ),
    },
    log as never,
  );
  expect(operations.provider.configure(config as never, '1.11.0')).toEqual([]);
  return operations;
}

const stateOf = (client: FakeClient, instance: string): StoredClient => ({
  id: String(client.id),
  name: client.name,
  description: client.description,
  scopes: client.scopes,
  client_id: client.clientId,
  masked_client_id: `${client.clientId.slice(0, 8)}…`,
  client_secret: null,
  secret_public_key: null,
  encrypted_client_secret: null,
  owner_id: String(client.userId),
  instance,
  timeouts: null,
});

const configOf = ({ name, description, scopes }: StoredClient, instance: unknown) => ({
  ...Object.fromEntries(Object.keys(apiClient.definition.attributes).map((each) => [each, null])),
  ...{ name, description, scopes, instance },
});

/** Plans as an engine asks for it, of a state and what the configuration has as its instance. */
async function plan(operations: Operations, state: StoredClient, instance: unknown, more: object = {}) {
  const config = { ...configOf(state, instance), ...more };
  const proposed = { ...state, ...more, instance: instance ?? state.instance };
  const outcome = await operations.resource().plan(type, {
    config: config as unknown as WireValue,
    prior: state as unknown as WireValue,
    proposed: proposed as unknown as WireValue,
    private: nothing,
    deferralAllowed: false,
  });
  const { diagnostics, replace } = outcome;
  const planned = outcome.state as unknown as StoredClient | null;
  return {
    planned,
    replace,
    said: diagnostics.map(({ severity, summary }) => `${severity}: ${summary}`),
    diagnostics,
  };
}

const read = (operations: Operations, state: StoredClient) =>
  operations.resource().read(type, { state: state as never, private: nothing, deferralAllowed: false });

const otherInstance = 'error: The state belongs to another instance';

describe('a client stays where it is', () => {
  it.each<[string, () => string, unknown]>([
    ['acme', () => 'acme', null],
    ['acme', () => 'acme', 'acme'],
    ['acme', () => 'acme', 'https://ACME.domo.com/'],
    ['the address of the default', () => hostOf(acme), null],
    ['the address of the default', () => hostOf(acme), 'acme.domo.com'],
    ['emea', () => 'emea', 'EMEA'],
    ['the address of emea', () => hostOf(emea), 'emea'],
  ])('if the state has %s and the configuration another text for it: %#', async (_, was, now) => {
    const state = stateOf(acme.add(), was());
    const { planned, replace, said } = await plan(working(), state, now);
    expect([replace, said, planned]).toEqual([[], [], state]);
  });

  it('as an error if no argument says so, and it is not on the default', async () => {
    const state = stateOf(emea.add(), 'emea');
    const { said, diagnostics } = await plan(working(), state, null);
    expect(said).toEqual([otherInstance]);
    expect(diagnostics[0]?.detail).toContain('is on "emea" according to the state');
    expect(diagnostics[0]?.detail).toContain('which means the default, "acme"');
  });

  it('as an error while the argument is unknown', async () => {
    const { diagnostics } = await plan(working(), stateOf(emea.add(), 'emea'), unknown);
    expect(diagnostics).toMatchObject([
      { summary: 'The instance of an existing client is not known yet', path },
    ]);
  });

  it('as an error while nobody knows whether it is on an entry: nothing replaces it by one on the default', async () => {
    const state = stateOf(emea.add(), 'emea');
    const { diagnostics } = await plan(working({ instances: unknown }), state, null, { description: 'new' });
    expect(diagnostics).toMatchObject([
      { severity: 'error', summary: 'The provider is not fully configured yet', path },
    ]);
    expect(acme.requests).toEqual([]);
  });

  it('as an error whatever else the default lacks', async () => {
    const operations = working({ access_token: unknown });
    expect((await plan(operations, stateOf(emea.add(), 'emea'), null)).said).toEqual([otherInstance]);
  });

  it.each([['emea'], ['acme']])('as an error if the argument names nothing, on %s', async (was) => {
    const { diagnostics } = await plan(working(), stateOf(emea.add(), was), 'emae');
    expect(diagnostics).toMatchObject([{ summary: 'The instance is not configured', path }]);
    expect(diagnostics[0]?.detail).toContain('It has "acme", "emea".');
  });

  it('as an error if there is no default and no argument', async () => {
    const operations = working({ instance: null, base_url: null, access_token: null });
    const { diagnostics } = await plan(operations, stateOf(emea.add(), 'emea'), null);
    expect(diagnostics).toMatchObject([{ summary: 'The instance must be set', path }]);
    expect((await plan(operations, stateOf(emea.add(), 'emea'), 'emea')).said).toEqual([]);
  });

  it.each([[null], ['acme'], ['emea']])(
    'as an error if its instance is configured no more, whatever the argument: %s',
    async (now) => {
      // Another Domo has the same id and name.
      const state = stateOf(emea.add({ name: 'a' }), 'gone');
      acme.add({ id: Number(state.id), name: 'a' });
      expect((await plan(working(), state, now)).said).toEqual([otherInstance]);
      expect(emea.requests).toEqual([]);
    },
  );
});

it('another instance by name replaces the client, and the plan says what that means', async () => {
  const state = stateOf(emea.add({ name: 'a' }), 'emea');
  const { planned, replace, said, diagnostics } = await plan(working(), state, 'acme');
  expect(replace).toEqual([path]);
  expect(planned).toMatchObject({ instance: 'acme', name: 'a' });
  expect(said).toEqual([
    'warning: A client is replaced by one on another instance',
    'warning: Revoking does not end access tokens already issued',
  ]);
  expect(diagnostics[0]?.detail).toContain('on "emea" will be revoked');
  expect(diagnostics[0]?.detail).toContain('with a new client id and a new secret, is created on "acme"');
  // The name is free there, although it is taken where the client is.
  expect([acme.count(`GET ${paths.clients}`), emea.requests]).toEqual([1, []]);
});

it('so does one whose token is known after an apply alone, as far as the plan can tell', async () => {
  const state = stateOf(acme.add({ name: 'a' }), 'acme');
  const jp = { ...entry, base_url: 'http://127.0.0.1:9', access_token: unknown };
  const { replace, said, diagnostics } = await plan(working({ instances: { jp } }), state, 'jp');
  expect([replace, said[0]]).toEqual([[path], 'warning: A client is replaced by one on another instance']);
  expect(diagnostics[0]?.detail).toContain('is created on "jp"');
});

describe('a refresh', () => {
  it.each<[string, () => FakeDomo, () => string]>([
    ['the name of the default', () => acme, () => 'acme'],
    ['its address', () => acme, () => hostOf(acme)],
    ['the name of an entry', () => emea, () => 'emea'],
    ['the address of an entry', () => emea, () => hostOf(emea)],
    ['an odd spelling', () => emea, () => 'EMEA'],
  ])('asks the instance that the state names, and keeps the text: %s', async (_, where, text) => {
    const state = stateOf(where().add(), text());
    const { state: now, identity, diagnostics } = await read(working(), state);
    expect(diagnostics).toEqual([]);
    expect(now).toEqual(state);
    expect(identity).toEqual({ id: state.id, instance: text() });
    expect((where() === acme ? emea : acme).requests).toEqual([]);
  });

  it.each<[string, object]>([
    ['with a default', {}],
    ['without', { instance: null, base_url: null, access_token: null }],
  ])('leaves a client of an instance that is not configured as it is: %s', async (_, block) => {
    const state = stateOf(emea.add({ name: 'a' }), 'gone');
    acme.add({ id: Number(state.id), name: 'a' });
    const { state: now, diagnostics } = await read(working({ ...block }), state);
    expect(now).toEqual(state);
    expect(diagnostics).toMatchObject([{ severity: 'warning', summary: 'An API client was not refreshed' }]);
    expect(emea.requests).toEqual([]);
  });

  it('finds a client by its client id if only the label of the default has changed', async () => {
    const state = stateOf(acme.add(), 'earlier.example');
    const { state: now, diagnostics } = await read(working(), state);
    expect([now, diagnostics]).toEqual([{ ...state, instance: 'acme' }, []]);
  });
});

describe('a destruction', () => {
  const destroy = async (operations: Operations, state: StoredClient) => {
    const request = { config: null, prior: state as never, proposed: null, private: nothing };
    const planned = await operations.resource().plan(type, { ...request, deferralAllowed: false });
    const applied = await operations
      .resource()
      .apply(type, { config: null, prior: state as never, planned: null, private: Buffer.from('{"a":1}') });
    return [planned, applied].map(({ diagnostics }) =>
      diagnostics.filter(({ severity }) => severity === 'error').map(({ summary }) => summary),
    );
  };

  it('is of the instance that the state names: there is no configuration then', async () => {
    const client = emea.add();
    acme.add({ id: client.id, name: client.name, clientId: client.clientId });
    expect(await destroy(working(), stateOf(client, 'emea'))).toEqual([[], []]);
    expect([acme.clients.size, emea.clients.size]).toEqual([1, 0]);
    expect(acme.requests).toEqual([]);
  });

  it.each<[string, object]>([
    ['with a default', {}],
    ['without', { instance: null, base_url: null, access_token: null }],
  ])('is refused if that is not configured: %s', async (_, block) => {
    const state = stateOf(emea.add({ name: 'a' }), 'gone');
    acme.add({ id: Number(state.id), name: 'a' });
    const title = 'The state belongs to another instance';
    expect(await destroy(working({ ...block }), state)).toEqual([[title], [title]]);
    expect([acme.clients.size, emea.clients.size]).toEqual([1, 1]);
  });
});

describe('an import', () => {
  const bring = async (target: Parameters<ReturnType<Operations['resource']>['import']>[1], block = {}) => {
    const outcome = await working(block).resource().import(type, target, false);
    const errors = outcome.diagnostics.filter(({ severity }) => severity === 'error');
    return { state: outcome.state as unknown as StoredClient | null, errors };
  };

  it('takes the instance before an id or a name', async () => {
    const [here, there] = [acme.add({ name: 'export' }), emea.add({ name: 'export' })];
    for (const [id, client, instance] of [
      [`emea/id:${there.id}`, there, 'emea'],
      ['emea/name:export', there, 'emea'],
      ['EMEA/name:export', there, 'emea'],
      [`${hostOf(emea)}/name:export`, there, 'emea'],
      ['acme.domo.com/name:export', here, 'acme'],
      ['name:export', here, 'acme'],
      [String(here.id), here, 'acme'],
    ] as const) {
      const { state, errors } = await bring({ id });
      expect([id, errors, state?.instance, state?.masked_client_id]).toEqual([
        id,
        [],
        instance,
        `${client.clientId.slice(0, 8)}…`,
      ]);
    }
  });

  it.each([
    ['emea/x', 'emea/x'],
    ['us/name:a', 'us/name:a'],
    ['name:emea/name:a', 'emea/name:a'],
    ['a/b/name:c', 'a/b/name:c'],
  ])('takes a name with a slash for a name: %s', async (id, name) => {
    acme.add({ name });
    expect(await bring({ id })).toMatchObject({ errors: [], state: { name, instance: 'acme' } });
  });

  it('takes it from an identity, and lists those that there are', async () => {
    const client = emea.add();
    const identity = { id: String(client.id), instance: 'emea.domo.com' };
    expect((await bring({ identity })).state?.instance).toBe('emea');
    const { errors } = await bring({ identity: { ...identity, instance: 'us' } });
    expect(errors).toMatchObject([{ summary: 'The identity belongs to another instance' }]);
    expect(errors[0]?.detail).toContain('configured for "acme", "emea"');
  });

  it.each([
    [{ id: '1' }, 'as in acme-emea/id:1234'],
    [{ identity: { id: '1', instance: null } }, 'set instance in the identity'],
  ])('needs it if there is no default: %j', async (target, advice) => {
    const block = { instance: null, base_url: null, access_token: null };
    const { errors } = await bring(target as never, block);
    expect(errors).toMatchObject([{ summary: 'The instance must be set' }]);
    expect(errors[0]?.detail).toContain(advice);
    expect(errors[0]?.path ?? []).toEqual([]);
  });

  it('says if what may have been meant as an instance is none', async () => {
    const { errors } = await bring({ id: 'emae/id:1' });
    expect(errors).toMatchObject([{ summary: 'There is no such API client to import' }]);
    expect(errors[0]?.detail).toContain('"emae" is no instance of the provider, which has "acme", "emea".');
  });
});

it('names that may exist of an instance that is not configured are refused as such, with a default or without', async () => {
  const state = { names: ['a'], max_revocations: 5, instance: 'gone' };
  for (const block of [{}, { instance: null, base_url: null, access_token: null }]) {
    const request = { state, private: nothing, deferralAllowed: false };
    const { diagnostics } = await working(block).resource().read('domo_api_clients_exclusive', request);
    expect(diagnostics).toMatchObject([{ summary: 'The state belongs to another instance' }]);
    expect(diagnostics[0]?.detail).toMatch(/is about "gone".* "(acme|emea)"/);
  }
});

it.each([
  ['acme', null],
  ['emea', 'emea'],
  ['gone', 'gone'],
])('generated configuration has the instance only if it is not the default: %s', (instance, generated) => {
  const { config, diagnostics } = working()
    .resource()
    .generateConfig(type, stateOf(acme.add(), instance) as never);
  expect(diagnostics).toEqual([]);
  expect(config).toMatchObject({ instance: generated });
  const names = { names: ['a'], max_revocations: 5, instance };
  const other = working().resource().generateConfig('domo_api_clients_exclusive', names);
  expect(other).toMatchObject({ config: { names: ['a'], instance: generated }, diagnostics: [] });
});

it('a creation whose instance is unknown is planned without a request, and asks for what it needs then', async () => {
  const config = { ...configOf(stateOf(acme.add(), 'acme'), unknown), name: 'new', scopes: ['dat'] };
  const create = async (given: object) => {
    const wire = { ...config, ...given } as unknown as WireValue;
    const request = { config: wire, proposed: wire, prior: null, private: nothing, deferralAllowed: false };
    return working().resource().plan(type, request);
  };
  expect((await create({})).diagnostics).toMatchObject([{ summary: 'Unknown scope' }]);
  const { state, diagnostics } = await create({ scopes: ['data'] });
  expect(diagnostics).toEqual([]);
  expect(isUnknown((state as Record<string, unknown>).instance)).toBe(true);
  expect([...acme.requests, ...emea.requests]).toEqual([]);
  expect((await create({ scopes: ['data'], instance: 'nowhere' })).diagnostics).toMatchObject([
    { summary: 'The instance is not configured', path },
  ]);
});
