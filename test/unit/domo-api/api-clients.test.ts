import { apiClients } from '../../../provider/domo/api/api-clients';
import { defaultDelays } from '../../../provider/domo/api/delays';
import type { FindResult } from '../../../provider/domo/api/finder';
import type { ClientReference } from '../../../provider/domo/api/matching';
import { http } from '../../../provider/domo/api/transport/http';
import { session } from '../../../provider/domo/api/transport/session';
import { failureOf } from '../../support/failure';
import { type FakeDomo, fakeDomo, type Me, paths } from '../../support/fake-domo';
import { until } from '../../support/until';
import { brief, calls, clientsOf, counts, never, reference } from './support';

let domo: FakeDomo;
beforeEach(async () => {
  domo = await fakeDomo();
});
afterEach(() => domo.close());

const find = (fields: Partial<ClientReference> = {}): Promise<FindResult> =>
  clientsOf(domo).find(reference(domo, fields), never);
const lists = { method: 'GET', path: paths.clients };

it('has the delays that the documentation promises', () => {
  expect(defaultDelays).toMatchObject({
    absence: 5_000,
    young: 60_000,
    nameRelease: 10_000,
    recent: 5_000,
    openCreation: 30_000,
    lastLook: 5_000,
  });
});

describe('a client in the list', () => {
  it('is found with one list and without asking who is calling', async () => {
    const { id, name } = domo.add({ name: 'reports' });
    expect(await find({ id: String(id) })).toMatchObject({ kind: 'found', client: { id: String(id), name } });
    expect(counts(domo)).toMatchObject({ list: 1, me: 0 });
  });

  it('is found by its name if the state has no id', async () => {
    const { id } = domo.add({ name: 'reports', scopes: ['data'], userId: domo.me.id });
    expect(await find({ id: null })).toMatchObject({ kind: 'found', client: { id: String(id) } });
  });

  it.each([
    ['another owner', { userId: 22 }],
    ['other scopes', { scopes: ['audit'] }],
    ['another description', { description: 'somebody else needs it' }],
    ['another client id', { clientId: 'ffffffff-0000-4000-8000-000000000000' }],
  ])('is not found by its name alone if it has %s', async (_, differs) => {
    domo.add({ name: 'reports', scopes: ['data'], userId: domo.me.id, ...differs });
    domo.add({ name: 'of somebody else' });
    const clientId = '01234567-0000-4000-8000-000000000000';
    expect(await find({ id: null, clientId })).toEqual({ kind: 'gone' });
  });

  it('is not found by its spec alone if the caller does not own it', async () => {
    const { id } = domo.add({ name: 'reports', scopes: ['data'] });
    expect(await find({ id: null, ownerId: null })).toEqual({ kind: 'gone' });
    domo.clients.set(id, { ...domo.add({ name: 'reports', scopes: ['data'], userId: domo.me.id }), id });
    expect(await find({ id: null, ownerId: null })).toMatchObject({ kind: 'found' });
  });

  it('is found in a wrapped list', async () => {
    domo.quirks.list = 'entries';
    const { id } = domo.add({ name: 'reports' });
    expect(await find({ id: String(id) })).toMatchObject({ kind: 'found' });
  });
});

describe('a client that is not in the list', () => {
  const other = '77';
  const me = (sees: Me['sees']) => {
    domo.me.sees = sees;
  };

  it.each<[string, string | null, Me['sees'], 'others' | 'mine' | 'nobody', FindResult['kind']]>([
    ['its owner, who sees nobody', 'me', 'own', 'nobody', 'gone'],
    ['its owner, who sees an empty list', 'me', 'none-empty', 'others', 'gone'],
    ['its owner, who sees everybody', 'me', 'all', 'others', 'gone'],
    ["somebody who sees others' clients", other, 'all', 'others', 'gone'],
    ['somebody who sees only his own', other, 'own', 'mine', 'unproven'],
    ['somebody who sees only his own of many', other, 'own', 'others', 'unproven'],
    ['somebody who sees nobody', other, 'own', 'nobody', 'unproven'],
    ['somebody who sees an empty list', other, 'none-empty', 'others', 'unproven'],
    ["an unknown owner's, seen by somebody who sees others'", null, 'all', 'others', 'gone'],
    ["an unknown owner's, seen by somebody who sees his own", null, 'own', 'mine', 'unproven'],
  ])('looked for by %s', async (_, owner, sees, there, kind) => {
    me(sees);
    if (there === 'others') domo.add();
    if (there === 'mine') domo.add({ userId: domo.me.id });
    const ownerId = owner === 'me' ? String(domo.me.id) : owner;
    const found = await find({ ownerId });
    const signIn = 'unknown';
    expect(found).toEqual(kind === 'gone' ? { kind } : { kind, caller: String(domo.me.id), signIn });
    expect(counts(domo)).toEqual({ list: 2, me: 1, create: 0, revoke: 0 });
  });

  it('is not proven gone by a list that names no owners', async () => {
    domo.quirks.owners = 'absent';
    domo.add();
    expect(await find({ ownerId: other })).toMatchObject({ kind: 'unproven' });
  });

  it('costs two lists and one who-am-I, however many are missing', async () => {
    const api = clientsOf(domo);
    const missing = Array.from({ length: 50 }, (_, id) =>
      api.find(reference(domo, { id: String(id) }), never),
    );
    expect(new Set((await Promise.all(missing)).map(({ kind }) => kind))).toEqual(new Set(['gone']));
    expect(counts(domo)).toMatchObject({ list: 2, me: 1 });
  });

  it.each([
    ['401', { status: 401 }],
    ['403', { status: 403 }],
    ['500', { status: 500 }],
    ['503', { status: 503 }],
    ['a page', { status: 200, body: '<html>' }],
    ['no id', { status: 200, body: { displayName: 'Someone' } }],
    ['silence', { hang: true }],
    ['a broken connection', { drop: 'before' as const }],
  ])('is not proven gone if who-am-I answers with %s', async (answer, fault) => {
    domo.fail({ method: 'GET', path: paths.me, ...fault });
    const api = clientsOf(domo, { requestTimeout: 800 });
    expect((await failureOf(api.find(reference(domo), never))).message).toContain(`${calls.me}:`);
    // The next resource may ask again, but a token that was not accepted is not tried again.
    if (answer === '401') await expect(api.find(reference(domo), never)).rejects.toThrow(calls.me);
    else expect(await api.find(reference(domo), never)).toEqual({ kind: 'gone' });
  });
});

describe('a list that fails', () => {
  it.each([
    ['401', { status: 401 }, 'credentials'],
    ['403', { status: 403 }, 'refused'],
    ['404', { status: 404 }, 'refused'],
    ['302', { status: 302, headers: { Location: 'https://fake.example.com/' } }, 'refused'],
    ['500', { status: 500 }, 'refused'],
    ['503', { status: 503 }, 'refused'],
    ['204 and nothing', { status: 204, body: '' }, 'refused'],
    ['a page', { status: 200, body: '<html>' }, 'unreadable'],
    ['null', { status: 200, body: 'null' }, 'unreadable'],
    ['an entry without an id', { status: 200, body: [{ name: 'x', scopes: [] }] }, 'unreadable'],
    ['silence', { hang: true }, 'no-answer'],
    ['a broken connection', { drop: 'before' as const }, 'no-answer'],
    ['half an answer', { drop: 'middle' as const }, 'no-answer'],
  ])('with %s proves nothing', async (_, fault, kind) => {
    domo.fail({ ...lists, ...fault });
    const api = clientsOf(domo, { requestTimeout: 800 });
    expect(await failureOf(api.find(reference(domo), never))).toMatchObject({ kind });
    expect(counts(domo)).toMatchObject({ me: 0, revoke: 0 });
  });

  it.each([502, 503, 504])('with %i twice is tried again', async (status) => {
    domo.fail({ ...lists, status, times: 2 });
    const { id } = domo.add({ name: 'reports' });
    const api = clientsOf(domo, { maxRetries: 2 });
    expect(await api.find(reference(domo, { id: String(id) }), never)).toMatchObject({ kind: 'found' });
    expect(counts(domo).list).toBe(3);
  });
});

describe('a client that was made a moment ago', () => {
  const young = { age: 1_000 };

  it('is waited for while its list is late', async () => {
    const { id } = domo.add({ name: 'reports', hiddenLists: 2 });
    expect(await find({ id: String(id), ...young })).toMatchObject({ kind: 'found' });
    expect(counts(domo)).toMatchObject({ list: 3, me: 0 });
  });

  it('is gone when its absence has lasted', async () => {
    const started = performance.now();
    const api = clientsOf(domo, { delays: brief });
    expect(await api.find(reference(domo, young), never)).toEqual({ kind: 'gone' });
    expect(performance.now() - started).toBeGreaterThanOrEqual(95);
    expect(counts(domo).me).toBe(1);
  });

  it('is looked for longer after an interrupt, if its creation has had no answer', async () => {
    const open = { id: null, isOpenCreation: true, attempt: { highestId: '0', period: null } };
    const listedFrom = Date.now() + 400;
    const { id } = domo.add({
      name: 'reports',
      description: '',
      scopes: ['data'],
      userId: domo.me.id,
      listedFrom,
    });
    const api = clientsOf(domo, { delays: { openCreation: 1_000 } });
    const found = await api.find(reference(domo, { ...open, age: 100 }), never);
    expect(found).toMatchObject({ kind: 'found', client: { id: String(id) } });
  });

  it('is not waited for once it is old enough', async () => {
    domo.add({ id: 1, hiddenLists: 3 });
    const api = clientsOf(domo, { delays: { absence: 60_000 } });
    const found = await api.find(reference(domo, { age: defaultDelays.young }), never);
    expect(found).toEqual({ kind: 'gone' });
    expect(counts(domo).list).toBe(2);
  });

  it('fails if a later list fails: that does not prove absence', async () => {
    const api = clientsOf(domo, { delays: { absence: 1_000 } });
    const found = failureOf(api.find(reference(domo, young), never));
    await until('the first list', () => counts(domo).list === 1);
    domo.fail({ ...lists, status: 403 });
    expect(await found).toMatchObject({ kind: 'refused', status: 403 });
  });

  it('shares its waiting with all others that are missing', async () => {
    const api = clientsOf(domo);
    const missing = Array.from({ length: 50 }, (_, id) =>
      api.find(reference(domo, { id: String(id), ...young }), never),
    );
    for (const found of await Promise.all(missing)) expect(found).toEqual({ kind: 'gone' });
    expect(counts(domo).list).toBeLessThanOrEqual(3);
  });

  it('ends its waiting at once when interrupted', async () => {
    const interrupt = new AbortController();
    const api = clientsOf(domo, { delays: { poll: 30_000, absence: 60_000 } });
    const found = failureOf(api.find(reference(domo, young), interrupt.signal));
    await until('a list', () => counts(domo).list === 1);
    interrupt.abort(new Error('fake interrupt'));
    expect((await found).message).toContain('fake interrupt');
    expect(counts(domo).list).toBe(1);
  });
});

describe('a sign-in that nobody waits for any more', () => {
  it('is not tried again if Domo refuses it after all', async () => {
    domo.fail({ method: 'POST', path: paths.signIn, delay: 200 });
    const transport = http({
      baseUrl: domo.url,
      requestTimeout: 5_000,
      maxRetries: 0,
      userAgent: 'fake-agent/1.0',
      redact: (text) => text,
      log: () => undefined,
    });
    const user = { username: domo.signIn.username, password: 'fake-wrong-password' };
    const api = apiClients(session(transport, user, domo.url, () => undefined));
    const impatient = new AbortController();
    const left = failureOf(api.list(impatient.signal));
    await until('the sign-in', () => domo.count(`POST ${paths.signIn}`) === 1);
    impatient.abort(new Error('no time'));
    await left;
    expect(await failureOf(api.list(never))).toMatchObject({ kind: 'credentials' });
    expect(domo.count(`POST ${paths.signIn}`)).toBe(1);
  });
});
