import type { FindResult } from '../../../provider/domo/api/finder';
import type { ClientReference } from '../../../provider/domo/api/matching';
import { failureOf } from '../../support/failure';
import { type FakeClient, type FakeDomo, fakeDomo, paths } from '../../support/fake-domo';
import { until } from '../../support/until';
import { clientsOf, counts, never, reference, referenceTo, signInAt, signIns } from './support';

let domo: FakeDomo;
beforeEach(async () => {
  domo = await fakeDomo();
});
afterEach(() => domo.close());

const lists = { method: 'GET', path: paths.clients };
const tokens = { method: 'GET', path: paths.token };
const always = { times: Number.POSITIVE_INFINITY };
const empty = { ...lists, status: 200, body: [] };

const mine = (fields: Partial<FakeClient> = {}) =>
  domo.add({ name: 'reports', userId: domo.me.id, ...fields });
const hidden = { hiddenLists: Number.POSITIVE_INFINITY };
/** Clients that can be asked for a sign-in of their own. */
const withSignIn = (delays = {}) => clientsOf(domo, { signIn: signInAt(domo), delays });
const find = (client: FakeClient, fields: Partial<ClientReference> = {}, api = withSignIn()) =>
  api.find(referenceTo(domo, client, fields), never);
const gone = (fields: Partial<FakeClient> = {}): FakeClient => {
  const client = mine(fields);
  domo.revoke(client.id);
  return client;
};

describe('two whole lists', () => {
  it('are needed for an absence, the second begun after the first was there', async () => {
    const client = gone();
    domo.fail({ ...lists, delay: 200 });
    expect(await find(client)).toEqual({ kind: 'gone' });
    const [first, second, ...more] = domo.requests.filter(({ path }) => path === paths.clients);
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(195);
    expect(more).toEqual([]);
  });

  it('tell an empty answer before a good one', async () => {
    const client = mine();
    domo.fail(empty);
    expect(await find(client)).toMatchObject({ kind: 'found' });
    expect(counts(domo)).toMatchObject({ list: 2, me: 0 });
    expect(signIns(domo)).toBe(0);
  });

  it('tell an empty answer between good ones', async () => {
    const client = mine();
    const api = withSignIn();
    await api.list(never);
    domo.fail(empty);
    expect([...(await api.upToDate(never)).all()]).toEqual([]);
    expect(await find(client, {}, api)).toMatchObject({ kind: 'found' });
    expect(counts(domo)).toMatchObject({ list: 3, me: 0 });
  });

  it('may be lists that the run has anyway', async () => {
    const client = gone();
    const api = withSignIn();
    await api.list(never);
    await api.upToDate(never);
    expect(await find(client, {}, api)).toEqual({ kind: 'gone' });
    expect(counts(domo).list).toBe(2);
  });

  it('may be the latest two, if the first showed the client', async () => {
    const client = mine();
    const api = withSignIn();
    await api.list(never);
    domo.revoke(client.id);
    await api.upToDate(never);
    await api.upToDate(never);
    expect(await find(client, {}, api)).toEqual({ kind: 'gone' });
    expect(counts(domo).list).toBe(3);
  });

  it('are not one from before the client was made by this run and one that is late', async () => {
    const api = withSignIn({ absence: 400 });
    await api.list(never);
    const outcome = await api.create({ name: 'reports', description: '', scopes: ['data'] }, never);
    expect(outcome).toMatchObject({ kind: 'created' });
    const [client] = domo.clients.values();
    if (!client) throw new Error('It was not made.');
    await new Promise((resolve) => setTimeout(resolve, 450));
    // Another creation asks for another list, which lacks the client; the next one shows it.
    client.hiddenLists = 1;
    domo.fail({ ...lists, status: 200, body: [] });
    await api.upToDate(never);
    expect(await find(client, { age: 1_000 }, api)).toMatchObject({ kind: 'found' });
  });

  it('are not there if the second fails', async () => {
    const client = gone();
    const api = withSignIn();
    await api.list(never);
    domo.fail({ ...lists, status: 403 });
    expect(await failureOf(find(client, {}, api))).toMatchObject({ kind: 'refused', status: 403 });
  });
});

describe('a list that says that it is a part', () => {
  const entry = { id: 7, name: 'reports', scopes: ['data'], userId: 11 };
  const parts: [string, object][] = [
    ['total is 9, but it holds 1', { body: { entries: [entry], total: 9 } }],
    [
      '_metaData.totalCount is 9, but it holds 1',
      { body: { entries: [entry], _metaData: { totalCount: 9 } } },
    ],
    ['hasMore is true', { body: { entries: [entry], hasMore: true } }],
    ['next names another page', { body: { entries: [entry], next: '/more' } }],
    ['X-Total-Count is 9, but it holds 1', { body: [entry], headers: { 'X-Total-Count': '9' } }],
    ['its Link header names a next page', { body: [entry], headers: { Link: '</more>; rel="next"' } }],
  ];

  it.each(parts)('answers for what it shows: %s', async (_, part) => {
    domo.fail({ ...lists, status: 200, ...part });
    expect(await withSignIn().find(reference(domo, { id: '7' }), never)).toMatchObject({ kind: 'found' });
    expect(counts(domo)).toMatchObject({ list: 1, me: 0 });
  });

  it.each(parts)('and for nothing else: %s', async (says, part) => {
    const client = gone();
    domo.fail({ ...lists, status: 200, ...part });
    expect(await find(client)).toEqual({ kind: 'part', says });
    expect(counts(domo)).toMatchObject({ list: 1, me: 0 });
    expect(signIns(domo)).toBe(0);
  });

  it('is no second witness', async () => {
    const client = gone();
    const api = withSignIn();
    await api.list(never);
    domo.fail({ ...lists, status: 200, body: { entries: [], hasMore: true } });
    expect(await find(client, {}, api)).toEqual({ kind: 'part', says: 'hasMore is true' });
  });

  it('is no first witness either', async () => {
    const client = mine();
    const api = withSignIn();
    domo.fail({ ...lists, status: 200, body: { entries: [], hasMore: true } });
    await api.list(never);
    domo.fail(empty);
    await api.upToDate(never);
    expect(await find(client, {}, api)).toMatchObject({ kind: 'found' });
    expect(counts(domo).list).toBe(3);
  });

  it('says nothing of a client that was made a moment ago', async () => {
    domo.fail({ ...lists, status: 200, body: { entries: [], hasMore: true }, ...always });
    expect(await find(gone(), { age: 1_000 })).toMatchObject({ kind: 'part' });
  });
});

describe("the client's own sign-in", () => {
  it('proves that it lives, however long the list lags', async () => {
    const client = mine(hidden);
    expect(await find(client)).toEqual({ kind: 'alive', itself: true });
    expect(await find(client, { age: 1_000 })).toEqual({ kind: 'alive', itself: true });
    expect(signIns(domo)).toBe(2);
  });

  it('is asked for last: not if the caller shows up in a list, or it fails', async () => {
    const client = mine();
    await find(client);
    domo.fail({ ...lists, status: 500 });
    await failureOf(find(client));
    domo.fail({ method: 'GET', path: paths.me, status: 500 });
    domo.clients.clear();
    await failureOf(find(client));
    expect(signIns(domo)).toBe(0);
  });

  it.each([
    ['the state has no secret', { secretToSignIn: null }],
    ['the state has no client id', { clientId: null }],
  ])('is not asked for if %s: then the lists decide', async (_, fields) => {
    expect(await find(gone(), fields)).toEqual({ kind: 'gone' });
    expect(signIns(domo)).toBe(0);
  });

  it('of another missing client proves that the list is a part', async () => {
    const [imported, other] = [mine(hidden), mine({ ...hidden, name: 'other' })];
    const api = withSignIn();
    const found = [find(imported, { secretToSignIn: null }, api), find(other, {}, api)];
    expect(await Promise.all(found)).toEqual([
      { kind: 'alive', itself: false },
      { kind: 'alive', itself: true },
    ]);
  });

  it('means one sign-in for a list of [] over 700 clients, of whom nobody is gone', async () => {
    const clients = Array.from({ length: 700 }, (_, n) => mine({ name: `reports ${n}` }));
    domo.fail({ ...empty, ...always });
    const api = withSignIn();
    const found = await Promise.all(clients.map((client) => find(client, {}, api)));
    expect(found[0]).toEqual({ kind: 'alive', itself: true });
    for (const other of found.slice(1)) expect(other).toEqual({ kind: 'alive', itself: false });
    expect(signIns(domo)).toBe(1);
    expect(counts(domo)).toMatchObject({ list: 2, me: 1 });
  });

  it('keeps also those whose own is refused, if another one works', async () => {
    const [revoked, other] = [gone(), mine({ ...hidden, name: 'other' })];
    const api = withSignIn();
    expect(await Promise.all([find(revoked, {}, api), find(other, {}, api)])).toEqual([
      { kind: 'alive', itself: false },
      { kind: 'alive', itself: true },
    ]);
  });

  it.each<[string, object]>([
    ['is down', { status: 500 }],
    ['breaks', { drop: 'before' }],
    ['answers oddly', { status: 401, body: 'Unauthorized' }],
    ['answers with a page', { status: 200, body: '<html>fake-page</html>' }],
  ])('is not asked over and over if its endpoint %s: then the lists decide', async (_, fault) => {
    domo.fail({ ...tokens, ...fault, ...always });
    const api = withSignIn();
    const clients = Array.from({ length: 50 }, (_, n) => gone({ name: `reports ${n}` }));
    const found = await Promise.all(clients.map((client) => find(client, {}, api)));
    for (const each of found) expect(each).toEqual({ kind: 'gone' });
    expect(signIns(domo)).toBe(2);
  });

  it('does not shorten the patience with a young client', async () => {
    const client = gone();
    const started = performance.now();
    expect(await find(client, { age: 1_000 }, withSignIn({ absence: 300 }))).toEqual({ kind: 'gone' });
    expect(performance.now() - started).toBeGreaterThanOrEqual(295);
  });

  it('of another instance is an error that names it', async () => {
    domo.customer = 'other-corp';
    const client = mine(hidden);
    const api = clientsOf(domo, { signIn: signInAt(domo, 'acme') });
    const error = await failureOf(find(client, {}, api));
    expect(error).toMatchObject({ kind: 'other-instance' });
    expect(error.message).toContain('"other-corp"');
    expect(error.message).not.toContain(client.secret);
  });

  it('that is interrupted proves nothing', async () => {
    const client = gone();
    const interrupt = new AbortController();
    domo.fail({ ...tokens, hang: true });
    const found = failureOf(withSignIn().find(referenceTo(domo, client), interrupt.signal));
    await until('the sign-in', () => signIns(domo) === 1);
    interrupt.abort(new Error('fake interrupt'));
    expect((await found).message).toContain('fake interrupt');
  });
});

describe('a client that its owner alone may see', () => {
  const theirs = (fields: Partial<FakeClient> = {}) => mine({ userId: 22, ...fields });
  beforeEach(() => {
    domo.me.sees = 'own';
  });

  it.each<[string, FindResult, () => FakeClient, Partial<ClientReference>]>([
    ['lives', unproven('works'), () => theirs(), {}],
    ['was revoked', unproven('refused'), () => gone({ userId: 22 }), {}],
    ['cannot be asked', unproven('unknown'), () => theirs(), { secretToSignIn: null }],
  ])('is unproven, and it is told if it %s', async (_, expected, client, fields) => {
    expect(await find(client(), fields)).toEqual(expected);
  });

  it('is unproven also if another one has signed in', async () => {
    const api = withSignIn();
    const [first, second] = [theirs(), theirs({ name: 'other' })];
    expect(await Promise.all([find(first, {}, api), find(second, {}, api)])).toEqual([
      unproven('works'),
      unproven('not-asked'),
    ]);
  });

  function unproven(signIn: 'works' | 'refused' | 'unknown' | 'not-asked'): FindResult {
    return { kind: 'unproven', caller: '11', signIn };
  }
});

describe('at an address where the client has never been seen', () => {
  it('its absence proves nothing', async () => {
    expect(await find(gone(), { seenHere: false })).toEqual({ kind: 'unseen' });
  });

  it('it is found if it is there, and alive if it signs in', async () => {
    expect(await find(mine(), { seenHere: false })).toMatchObject({ kind: 'found', agreement: 'agrees' });
    expect(await find(mine({ ...hidden, name: 'other' }), { seenHere: false })).toMatchObject({
      kind: 'alive',
    });
  });

  it('its sign-in that is refused is not enough if its id belongs to another client', async () => {
    const client = gone();
    const stranger = mine({ id: client.id });
    expect(await find(client, { seenHere: false })).toMatchObject({
      kind: 'stranger',
      client: { clientId: stranger.clientId },
      signIn: 'refused',
    });
  });
});

describe('another client under the same id and name', () => {
  /** One that is gone, and one that has its id and name since. */
  function replaced(): FakeClient {
    const client = gone();
    mine({ id: client.id, clientId: '00000000-1111-4222-8333-444444444444' });
    return client;
  }

  it('means that the one in the state is gone, if its own sign-in is refused', async () => {
    expect(await find(replaced())).toMatchObject({
      kind: 'gone',
      stranger: { clientId: '00000000-1111-4222-8333-444444444444' },
    });
    expect(signIns(domo)).toBe(1);
  });

  it.each<[string, Partial<ClientReference>]>([
    ['there is no secret to ask with', { secretToSignIn: null }],
    ['only the client id of an earlier list is known', { clientId: null, listedClientId: '7c9e6679-XXXX' }],
  ])('means nothing if %s', async (_, fields) => {
    expect(await find(replaced(), fields)).toMatchObject({ kind: 'stranger', signIn: 'unknown' });
    expect(signIns(domo)).toBe(0);
  });

  it('means nothing if the endpoint does not say', async () => {
    domo.fail({ ...tokens, status: 503 });
    expect(await find(replaced())).toMatchObject({ kind: 'stranger', signIn: 'unknown' });
  });

  it('means that the state is of another Domo, if its own sign-in works', async () => {
    const client = mine();
    domo.clients.set(99, { ...client, id: 99 });
    client.clientId = '00000000-1111-4222-8333-444444444444';
    const original = domo.clients.get(99);
    if (!original) throw new Error('It is not there.');
    const found = await find({ ...original, id: client.id });
    expect(found).toMatchObject({ kind: 'stranger', signIn: 'works' });
  });

  it.each(['stars', 'ellipsis', 'first-8'] as const)('is seen through a mask: %s', async (mask) => {
    const client = replaced();
    domo.quirks.clientIds = mask;
    expect(await find(client)).toMatchObject({ kind: 'gone', stranger: { id: String(client.id) } });
  });
});

describe('the name under the same id', () => {
  it.each(['full', 'stars', 'ellipsis', 'first-8'] as const)(
    'may be any if the client id agrees: %s',
    async (mask) => {
      domo.quirks.clientIds = mask;
      const client = mine({ name: 'something else' });
      expect(await find({ ...client, name: 'reports' })).toMatchObject({
        kind: 'found',
        agreement: 'agrees',
      });
    },
  );

  it.each<[string, Partial<ClientReference>, string]>([
    ['as it is', {}, 'found'],
    ['as Domo respells it', { name: ' reports\n' }, 'found'],
    ['as it was shown before', { name: 'quarterly', shownName: 'reports' }, 'found'],
    ['any other', { name: 'quarterly' }, 'renamed'],
    ['any other, also than before', { name: 'quarterly', shownName: 'monthly' }, 'renamed'],
  ])('decides if too little of the client id is shown: %s', async (_, fields, kind) => {
    domo.quirks.clientIds = () => 'XXXX';
    expect(await find(mine(), fields)).toMatchObject({
      kind,
      ...(kind === 'found' && { agreement: 'unclear' }),
    });
    expect(signIns(domo)).toBe(0);
  });

  it('decides if the client id in the state is not known, and was not listed before', async () => {
    const client = mine();
    expect(await find(client, { clientId: null })).toMatchObject({ kind: 'found', agreement: 'unclear' });
    const other = { clientId: null, name: 'quarterly' };
    expect(await find(client, other)).toMatchObject({ kind: 'renamed' });
    expect(await find(client, { ...other, listedClientId: client.clientId })).toMatchObject({
      kind: 'found',
    });
  });
});
