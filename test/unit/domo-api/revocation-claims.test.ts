import { apiClients } from '../../../provider/domo/api/api-clients';
import type { ClientReference } from '../../../provider/domo/api/matching';
import type { Answer } from '../../../provider/domo/api/transport/request';
import { failureOf } from '../../support/failure';
import { type FakeClient, type FakeDomo, type Fault, fakeDomo, paths } from '../../support/fake-domo';
import { until } from '../../support/until';
import { brief, clientsOf, counts, never, quick, reference, referenceTo, signInAt, signIns } from './support';

let domo: FakeDomo;
beforeEach(async () => {
  domo = await fakeDomo();
});
afterEach(() => domo.close());

const deletes = { method: 'DELETE', path: paths.client };
const lists = { method: 'GET', path: paths.clients };
const always = { times: Number.POSITIVE_INFINITY };
const hidden = { hiddenLists: Number.POSITIVE_INFINITY };
const young = { age: 1_000 };

const mine = (fields: Partial<FakeClient> = {}) =>
  domo.add({ name: 'reports', userId: domo.me.id, ...fields });
const api = (delays = {}) => clientsOf(domo, { signIn: signInAt(domo), delays });
const revoke = (client: FakeClient, fields: Partial<ClientReference> = {}, clients = api()) =>
  clients.revoke(referenceTo(domo, client, fields), never);

/** Answers that claim a success, and are not Domo's own. */
const claims: [string, Fault][] = [
  ['200 and nothing', { status: 200, body: '' }],
  ['200 and a sign-in page', { status: 200, body: '<html>fake-login</html>' }],
  ['200 and an error', { status: 200, body: { status: 403, message: 'Forbidden' } }],
  ['200 and the client', { status: 200, body: { id: 1001 } }],
  ['202', { status: 202, body: '' }],
];

describe.each(claims)('a DELETE answered %s', (_, claim) => {
  beforeEach(() => {
    domo.add();
  });

  it('is settled by a fresh list: the client is gone', async () => {
    const client = mine();
    domo.fail({ ...deletes, ...claim, afterWork: true });
    expect(await revoke(client)).toEqual({ kind: 'gone' });
    expect(counts(domo)).toEqual({ list: 2, revoke: 1, create: 0, me: 0 });
    expect(signIns(domo)).toBe(0);
  });

  it('is settled by a list that lags: the client is gone once it says so', async () => {
    const client = mine();
    const clients = api({ absence: 20_000 });
    await clients.list(never);
    const shown = [...domo.clients.values()].map(({ id, name, userId }) => ({
      id,
      name,
      userId,
      scopes: ['data'],
    }));
    domo.fail({ ...deletes, ...claim, afterWork: true });
    domo.fail({ ...lists, status: 200, body: shown, times: 2 });
    expect(await revoke(client, { clientId: null }, clients)).toEqual({ kind: 'gone' });
    expect(counts(domo)).toMatchObject({ list: 4, revoke: 1 });
  });

  it('and has done nothing: an error once the list has had its time, and no second DELETE', async () => {
    const client = mine();
    domo.fail({ ...deletes, ...claim });
    const absence = 250;
    const started = performance.now();
    expect(await failureOf(revoke(client, {}, api({ absence })))).toMatchObject({
      status: claim.status,
      endpoint: `DELETE ${paths.clients}/${client.id}`,
    });
    expect(performance.now() - started).toBeGreaterThanOrEqual(absence - 5);
    expect(counts(domo).revoke).toBe(1);
    expect(counts(domo).list).toBeGreaterThan(2);
    expect(domo.clients.has(client.id)).toBe(true);
  });

  it('is not settled by a list that says that it is a part', async () => {
    const client = mine();
    const clients = api();
    await clients.list(never);
    domo.fail({ ...deletes, ...claim });
    domo.fail({ ...lists, status: 200, body: { entries: [], hasMore: true } });
    const outcome = await revoke(client, {}, clients);
    expect(outcome).toEqual({ kind: 'part', says: 'hasMore is true' });
  });

  it('is not settled by a list that fails', async () => {
    const client = mine();
    const clients = api();
    await clients.list(never);
    domo.fail({ ...deletes, ...claim, afterWork: true });
    domo.fail({ ...lists, status: 403 });
    expect(await failureOf(revoke(client, {}, clients))).toMatchObject({ status: 403 });
  });
});

describe('a claim and an empty list', () => {
  const claim = { ...deletes, status: 200, body: '' };

  it('are settled by a second list and the sign-in of the client', async () => {
    const client = mine();
    domo.fail({ ...claim, afterWork: true });
    expect(await revoke(client)).toEqual({ kind: 'gone' });
    expect(counts(domo)).toMatchObject({ list: 3, revoke: 1 });
    expect(signIns(domo)).toBe(1);
  });

  it('do not make a client that signs in gone', async () => {
    const client = mine();
    const clients = api();
    await clients.list(never);
    domo.fail(claim);
    domo.fail({ ...lists, status: 200, body: [], ...always });
    expect(await revoke(client, {}, clients)).toEqual({ kind: 'alive', itself: true });
    expect(counts(domo).revoke).toBe(1);
  });
});

describe('many claims at once', () => {
  it('are settled by lists that they share', async () => {
    domo.add();
    const clients = Array.from({ length: 50 }, (_, n) => mine({ name: `reports ${n}` }));
    domo.fail({ ...deletes, status: 202, afterWork: true, ...always });
    domo.fail({ ...lists, delay: 100, ...always });
    const shared = api();
    for (const outcome of await Promise.all(clients.map((client) => revoke(client, {}, shared))))
      expect(outcome).toEqual({ kind: 'gone' });
    // Were each to ask for its own, 50 and more; a slow machine sends the revocations in several portions.
    expect(counts(domo).list).toBeLessThanOrEqual(25);
    expect(counts(domo)).toMatchObject({ revoke: 50, me: 0 });
  });
});

/** Clients of a session that answers as it is told: Node.js itself drops the body of a 204. */
function stubbed(answerToDelete: Answer, listed: { now: unknown[] }) {
  const asked: string[] = [];
  const clients = apiClients(
    {
      async send({ method, path }) {
        asked.push(`${method} ${path}`);
        return method === 'DELETE' ? answerToDelete : { status: 200, body: JSON.stringify(listed.now) };
      },
    },
    { delays: { ...quick, ...brief } },
  );
  return { clients, asked };
}

describe('a 204', () => {
  const entry = { id: 7, name: 'reports', scopes: ['data'], userId: 11 };

  it("without a body is Domo's own: no list is asked for", async () => {
    const { clients, asked } = stubbed({ status: 204, body: '' }, { now: [entry] });
    expect(await clients.revoke(reference(domo, { id: '7' }), never)).toEqual({ kind: 'revoked' });
    expect(asked.filter((each) => each.startsWith('GET'))).toHaveLength(1);
  });

  it('with a body is a claim like any other', async () => {
    const { clients } = stubbed({ status: 204, body: '<html>' }, { now: [entry] });
    const error = await failureOf(clients.revoke(reference(domo, { id: '7' }), never));
    expect(error).toMatchObject({ status: 204 });
  });
});

describe('what a run has revoked', () => {
  it.each<[string, Fault]>([
    ['204', {}],
    ['a claim', { status: 202, afterWork: true }],
  ])('by %s is struck out of every later list, also of one that lags', async (_, answer) => {
    const [client, other] = [mine(), domo.add()];
    const clients = api();
    domo.fail({ ...deletes, delay: 0, ...answer });
    await revoke(client, {}, clients);
    const shown = [client, other].map(({ id, name }) => ({ id, name, scopes: ['data'] }));
    domo.fail({ ...lists, status: 200, body: shown });
    const listing = await clients.upToDate(never);
    expect([...listing.all()].map(({ id }) => id)).toEqual([String(other.id)]);
    expect(listing.byName('reports')).toEqual([]);
  });

  it('does not hold its name, whatever a list says that lags: the creation waits for the release', async () => {
    domo.quirks.spelling = (text) => text.replaceAll('&', '&amp;');
    const [client] = [mine({ name: 'R&amp;D' }), domo.add()];
    const clients = api({ nameRelease: 5_000, poll: 50 });
    await revoke(client, { name: 'R&D' }, clients);
    const refusal = { status: 400, body: { status: 400, message: 'The name exists' } };
    domo.fail({ method: 'POST', path: paths.clients, ...refusal, times: 3 });
    const dead = { id: client.id, name: client.name, scopes: ['data'] };
    domo.fail({ ...lists, status: 200, body: [dead], ...always });
    const spec = { name: 'R&D', description: '', scopes: ['data'] };
    expect(await clients.create(spec, never)).toMatchObject({ kind: 'created' });
    expect(counts(domo).create).toBe(4);
  });
});

describe('a client that lives and is not listed', () => {
  it('is never sent a DELETE once it is a minute old', async () => {
    const client = mine(hidden);
    expect(await revoke(client, { age: 60_000 })).toEqual({ kind: 'alive', itself: true });
    expect(await revoke(client)).toEqual({ kind: 'alive', itself: true });
    expect(counts(domo).revoke).toBe(0);
  });

  it('is never sent one because another one lives', async () => {
    const [imported, other] = [mine(hidden), mine({ ...hidden, name: 'other' })];
    const clients = api();
    await Promise.all([revoke(imported, { secretToSignIn: null }, clients), revoke(other, {}, clients)]);
    expect(counts(domo).revoke).toBe(0);
  });

  it('is revoked if it was made a moment ago', async () => {
    const client = mine(hidden);
    expect(await revoke(client, young, api(brief))).toEqual({ kind: 'revoked' });
    expect(domo.clients.size).toBe(0);
  });

  it.each([400, 404] as const)(
    'was made a moment ago, and a %i says that it is not there: it lives',
    async (status) => {
      const client = mine(hidden);
      domo.fail({ ...deletes, status });
      expect(await revoke(client, young, api(brief))).toEqual({ kind: 'alive', itself: true });
      expect(counts(domo).revoke).toBe(1);
    },
  );

  it.each<[string, Fault, string]>([
    ['500', { status: 500 }, 'refused'],
    ['202', { status: 202, afterWork: true }, 'refused'],
    ['a broken connection', { drop: 'after' }, 'no-answer'],
  ])('was made a moment ago, and %s leaves open what became of it: an error', async (_, answer, kind) => {
    const client = mine(hidden);
    domo.fail({ ...deletes, ...answer });
    expect(await failureOf(revoke(client, young, api(brief)))).toMatchObject({
      kind,
      endpoint: `DELETE ${paths.clients}/${client.id}`,
    });
  });
});

describe('a client that is gone and was made a moment ago', () => {
  it('is sent a DELETE all the same, since the list may lag', async () => {
    const client = mine(hidden);
    expect(await revoke(client, { ...young, secretToSignIn: null }, api(brief))).toEqual({ kind: 'revoked' });
    expect(domo.clients.size).toBe(0);
  });

  it('is gone if Domo says so', async () => {
    const client = mine();
    domo.revoke(client.id);
    expect(await revoke(client, young, api(brief))).toEqual({ kind: 'gone' });
    expect(counts(domo).revoke).toBe(1);
  });
});

describe('nothing is ever revoked', () => {
  it.each<[string, Partial<ClientReference>, object]>([
    [
      'under an id that has another client id',
      { clientId: '00000000-1111-4222-8333-444444444444' },
      { kind: 'stranger' },
    ],
    [
      'under an id that has another client id than was listed',
      { clientId: null, listedClientId: '00000000-1111…' },
      { kind: 'stranger' },
    ],
    ['that has another name and no client id to compare', { clientId: null, name: 'x' }, { kind: 'renamed' }],
    ['that has another name, whatever its client id', { name: 'x' }, { kind: 'other' }],
  ])('%s', async (_, fields, expected) => {
    const client = mine();
    for (const age of [1_000, Number.POSITIVE_INFINITY])
      expect(await revoke(client, { secretToSignIn: null, ...fields, age })).toMatchObject(expected);
    expect(counts(domo).revoke).toBe(0);
    expect(domo.clients.has(client.id)).toBe(true);
  });

  it('of a stranger, also if the client in the state is gone', async () => {
    const client = mine();
    domo.revoke(client.id);
    const stranger = mine({ id: client.id });
    for (const age of [1_000, Number.POSITIVE_INFINITY])
      expect(await revoke(client, { age })).toMatchObject({ kind: 'gone' });
    expect(counts(domo).revoke).toBe(0);
    expect(domo.clients.get(client.id)).toBe(stranger);
  });

  it('that a part of the list does not show', async () => {
    const client = mine(hidden);
    domo.fail({ ...lists, status: 200, body: { entries: [], total: 1 }, ...always });
    expect(await revoke(client, young)).toMatchObject({ kind: 'part' });
    expect(counts(domo).revoke).toBe(0);
  });

  it('at an address where it has never been seen', async () => {
    const client = mine();
    domo.revoke(client.id);
    expect(await revoke(client, { ...young, seenHere: false }, api(brief))).toEqual({ kind: 'unseen' });
    expect(counts(domo).revoke).toBe(0);
  });

  it('that may only be hidden from the caller', async () => {
    domo.me.sees = 'own';
    const client = mine({ userId: 22 });
    expect(await revoke(client, young, api(brief))).toMatchObject({ kind: 'unproven', signIn: 'works' });
    expect(counts(domo).revoke).toBe(0);
  });

  it('of an open creation that is not clearly what came of it', async () => {
    const client = mine();
    const open = { id: null, clientId: null, secretToSignIn: null, isOpenCreation: true };
    expect(
      await revoke(client, { ...open, attempt: { highestId: String(client.id), period: null } }),
    ).toMatchObject({
      kind: 'doubtful',
    });
    expect(counts(domo).revoke).toBe(0);
  });
});

describe("Domo's spelling of a name", () => {
  const given = ' R&D  export \u{1f680}\n';

  it.each<[string, (text: string) => string]>([
    ['stripped', (text) => text.trim()],
    ['collapsed', (text) => text.replace(/\s+/g, ' ')],
    ['escaped', (text) => text.replaceAll('&', '&amp;')],
    ['marked', (text) => text.replace(/[^\0-\x7f]+/g, '?')],
  ])('does not keep a client from being revoked: %s', async (_, spelling) => {
    for (const clientIds of ['full', () => 'XXXX'] as const) {
      domo.quirks.clientIds = clientIds;
      expect(await revoke(mine({ name: spelling(given) }), { name: given })).toEqual({ kind: 'revoked' });
    }
  });

  it('may be any if it is the one that was shown before', async () => {
    const client = mine({ name: 'R_D' });
    expect(await revoke(client, { name: given })).toMatchObject({ kind: 'other' });
    expect(await revoke(client, { name: given, shownName: 'R_D' })).toEqual({ kind: 'revoked' });
  });
});

it('a DELETE that was lost is no proof if the client still signs in', async () => {
  const client = mine();
  const clients = api();
  await clients.list(never);
  domo.fail({ ...deletes, status: 500, delay: 100 });
  const outcome = revoke(client, {}, clients);
  await until('the DELETE', () => counts(domo).revoke === 1);
  Object.assign(client, hidden);
  expect(await outcome).toEqual({ kind: 'alive', itself: true });
  expect(domo.clients.has(client.id)).toBe(true);
});
