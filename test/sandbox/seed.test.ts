import { readFileSync } from 'node:fs';
import { parseSeed } from '../../examples/sandbox/seed';
import { developerTokens, field, names, sandbox, type TestSandbox } from './test-sandbox';

const example = () => JSON.parse(readFileSync('examples/sandbox/seed.example.json', 'utf8')) as unknown;

let domo: TestSandbox | undefined;
afterEach(() => domo?.close());

const start = async (seed: unknown) => {
  domo = await sandbox({ seed: parseSeed(seed), fixedTokens: true });
  return domo;
};

it('has the clients of the seed, whoever owns them', async () => {
  const { list, user, oauth, call } = await start(example());
  expect((await list('admin')).json).toMatchObject([
    { id: 101, name: 'nightly-export', userId: user('creator').id },
    { id: 102, name: 'directory-sync', userId: user('manager').id },
    { id: 103, name: 'quarterly-report', userId: 2001 },
    { id: 104, name: 'test 2', description: '', userId: 2002 },
  ]);
  expect(names(await list('creator'))).toEqual(['nightly-export']);
  const known = await oauth('0f8fad5b-d9cb-469f-a165-70867728950e', 'fake-secret-directory-sync');
  expect([known.status, field(known, 'scope')]).toEqual([200, 'user']);
  await call('PUT', '/_sandbox/quirks', { body: { created: true } });
  expect((await list('creator')).json).toMatchObject([{ created: Date.parse('2026-03-14T09:00:00Z') }]);
});

it('says that it is healthy, and takes up its first state again', async () => {
  const { call, create, list, revoke, seed, signIn, oauth, as, user } = await start({
    ...Object(example()),
    quirks: { wrapped: true },
  });
  expect(await call('GET', '/_sandbox/health')).toMatchObject({ status: 200, json: { status: 'ok' } });

  await revoke('admin', 101);
  const { clientId, secret } = await seed('admin', 'one more');
  const token = field(await oauth(clientId, secret), 'access_token');
  const sessionToken = field(await signIn('admin'), 'sessionToken');
  for (let tries = 0; tries < 6; tries++) await signIn('guest', 'fake-password-wrong');
  await call('PUT', '/_sandbox/quirks', { body: { fullIds: true } });
  await call('PUT', '/_sandbox/chaos', { body: { share: 1, delay: 1 } });
  await call('POST', '/_sandbox/faults', { body: { status: 500 } });

  expect((await call('POST', '/_sandbox/reset')).status).toBe(204);
  expect((await call('GET', '/_sandbox/requests')).json).toEqual({});
  expect((await call('GET', '/_sandbox/faults')).json).toEqual([]);
  expect((await call('GET', '/_sandbox/chaos')).json).toMatchObject({ requests: 0 });
  expect((await list('admin')).json).toMatchObject({
    entries: [{ id: 101 }, { id: 102 }, { id: 103, clientId: expect.stringMatching(/X{12}$/) }, { id: 104 }],
  });
  expect((await call('GET', '/v1/datasets', { headers: { Authorization: `Bearer ${token}` } })).status).toBe(
    401,
  );
  expect(
    (await call('GET', developerTokens, { headers: { 'X-DOMO-Authentication': sessionToken } })).status,
  ).toBe(401);
  expect((await signIn('guest')).json).toMatchObject({ success: true });
  expect(as('admin')).toEqual({ 'X-DOMO-Developer-Token': 'fake-token-admin' });
  expect(user('admin').password).toBe('fake-password-admin');
  expect((await create('admin', { name: 'next', scopes: ['data'] })).json).toMatchObject({ id: 105 });
});

it('tells who watches that everything has changed', async () => {
  const { store, seed, call } = await start({});
  await seed('creator', 'one');
  const seen: string[] = [];
  const stop = store.onChange(({ kind, subject }) => seen.push(`${kind} ${subject}`));
  await call('POST', '/_sandbox/reset');
  stop();
  expect(seen).toEqual(['revoked one']);
  expect(store.listActivity(store.users[0] as never)).toEqual([]);
});

it.each<[unknown, string]>([
  [[], 'the seed must be a JSON object'],
  [{ client: [] }, 'the seed has "client"; known are people, clients, accessTokens, quirks'],
  [{ clients: {} }, 'clients must be an array'],
  [{ clients: [{ owner: 'nobody', name: 'x', scopes: ['data'] }] }, 'clients[0].owner must be the name'],
  [{ clients: [{ owner: 'admin', name: 'x', scopes: ['datas'] }] }, 'clients[0]: Unknown scope "datas"'],
  [{ clients: [{ owner: 'admin', name: 'x', scopes: ['data'], secret: 'x' }] }, 'clients[0] has "secret"'],
  [
    { clients: [{ owner: 'admin', name: 'x', scopes: ['data'], clientId: 7 }] },
    'clients[0].clientId must be text',
  ],
  [
    { clients: [{ owner: 'admin', name: 'x', scopes: ['data'], created: 'soon' }] },
    'clients[0].created must be a date',
  ],
  [{ clients: [1, 2].map(() => ({ owner: 'admin', name: 'x', scopes: ['data'] })) }, 'two have the name "x"'],
  [{ people: [{ id: 1001, name: 'x' }] }, 'people[0].id must be a positive whole number'],
  [{ people: [{ id: 5, name: 'admin' }] }, 'people[0].id must be a positive whole number'],
  [{ people: [{ id: 5, name: 'x', isActive: 'no' }] }, 'people[0].isActive'],
  [{ people: [1, 2].map(() => ({ id: 5, name: 'x' })) }, 'two have the id 5'],
  [{ people: [{ id: 5, name: 'x', lastActivity: 7 }] }, 'people[0].lastActivity must be a date'],
  [{ accessTokens: [{ owner: 'nobody', name: 'x' }] }, 'accessTokens[0].owner must be the name'],
  [{ accessTokens: [{ owner: 'admin' }] }, 'accessTokens[0].name must be text'],
  [
    { accessTokens: [{ owner: 'admin', name: 'x', expires: 'soon' }] },
    'accessTokens[0].expires must be a date',
  ],
  [{ accessTokens: [{ owner: 'admin', name: 'x', token: 'y' }] }, 'accessTokens[0] has "token"'],
  [{ quirks: { wraped: true } }, '"wraped" is not a quirk'],
])('refuses the seed %j', (seed, sentence) => {
  expect(() => parseSeed(seed)).toThrow(sentence);
});
