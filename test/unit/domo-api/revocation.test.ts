import { failureOf } from '../../support/failure';
import { type FakeClient, type FakeDomo, fakeDomo, paths } from '../../support/fake-domo';
import { until } from '../../support/until';
import { clientsOf, counts, never, reference } from './support';

let domo: FakeDomo;
beforeEach(async () => {
  domo = await fakeDomo();
});
afterEach(() => domo.close());

const mine = (fields: Partial<FakeClient> = {}) =>
  domo.add({ name: 'reports', userId: domo.me.id, ...fields });
const deletes = { method: 'DELETE', path: paths.client };
const revoke = ({ id, name, userId }: FakeClient, api = clientsOf(domo)) =>
  api.revoke(reference(domo, { id: String(id), name, ownerId: String(userId) }), never);

describe('a client that is there', () => {
  it('is revoked with one list and one DELETE', async () => {
    expect(await revoke(mine())).toEqual({ kind: 'revoked' });
    expect(domo.clients.size).toBe(0);
    expect(counts(domo)).toEqual({ list: 1, revoke: 1, create: 0, me: 0 });
  });

  it('is struck out of the list that everybody shares', async () => {
    const client = mine();
    const api = clientsOf(domo);
    await revoke(client, api);
    expect((await api.list(never)).byName('reports')).toEqual([]);
    expect(counts(domo).list).toBe(1);
  });

  it('is left alone at an address where it was never seen, unless its client id agrees', async () => {
    domo.quirks.clientIds = () => '****';
    const client = mine();
    const api = clientsOf(domo);
    const known = reference(domo, {
      id: String(client.id),
      name: client.name,
      ownerId: String(client.userId),
    });
    const outcome = await api.revoke({ ...known, seenHere: false }, never);
    expect(outcome).toMatchObject({ kind: 'unclear', client: { id: String(client.id) } });
    expect(counts(domo).revoke).toBe(0);
    expect(await api.revoke({ ...known, seenHere: true }, never)).toEqual({ kind: 'revoked' });
  });

  it('is left alone if its id carries another name', async () => {
    const client = mine({ name: 'somebody else' });
    const outcome = await revoke({ ...client, name: 'reports' });
    expect(outcome).toMatchObject({ kind: 'renamed', client: { name: 'somebody else' } });
    expect(counts(domo).revoke).toBe(0);
    expect(domo.clients.has(client.id)).toBe(true);
  });

  it.each([400, 403, 404, 409, 500, 503])('and stays there after a %i: an error', async (status) => {
    const client = mine();
    domo.fail({ ...deletes, status });
    expect(await failureOf(revoke(client))).toMatchObject({ kind: 'refused', status });
    expect(domo.clients.has(client.id)).toBe(true);
    expect(counts(domo)).toMatchObject({ revoke: 1, me: 0 });
  });

  it('is not revoked without the grant', async () => {
    domo.me.may.revoke = 'own';
    const client = mine({ userId: domo.me.id + 1 });
    expect(await failureOf(revoke(client))).toMatchObject({ status: 403 });
    expect(domo.clients.has(client.id)).toBe(true);
  });

  it.each([
    ['silence', { hang: true }],
    ['a broken connection', { drop: 'before' as const }],
  ])('and stays there after %s: an error', async (_, fault) => {
    const client = mine();
    domo.fail({ ...deletes, ...fault });
    const api = clientsOf(domo, { requestTimeout: 500 });
    expect(await failureOf(revoke(client, api))).toMatchObject({ kind: 'no-answer' });
  });
});

describe.each(['its owner', 'an administrator'])('an answer that was lost, seen by %s', (who) => {
  const client = () => {
    if (who === 'an administrator') domo.add();
    return mine(who === 'its owner' ? {} : { userId: domo.me.id + 1 });
  };

  it.each([
    ['500', { status: 500, afterWork: true }],
    ['503', { status: 503, afterWork: true }],
    ['silence', { hang: true, afterWork: true }],
    ['a broken connection', { drop: 'after' as const }],
  ])('to %s after the work is a success', async (_, fault) => {
    const lost = client();
    domo.fail({ ...deletes, ...fault });
    expect(await revoke(lost, clientsOf(domo, { requestTimeout: 500 }))).toEqual({ kind: 'gone' });
    expect(domo.clients.has(lost.id)).toBe(false);
  });

  it.each([400, 404] as const)('and repeated with a %i is a success', async (absentDelete) => {
    domo.quirks.absentDelete = absentDelete;
    const lost = client();
    domo.fail({ ...deletes, drop: 'after' });
    expect(await revoke(lost, clientsOf(domo, { maxRetries: 2 }))).toEqual({ kind: 'gone' });
    expect(counts(domo)).toMatchObject({ revoke: 2, list: 3 });
  });
});

it('an administrator may lose the answer for the only client that there is', async () => {
  const client = mine({ userId: domo.me.id + 1 });
  domo.fail({ ...deletes, drop: 'after' });
  // The caller was shown the client in the list before, so it is not missing now for want of a grant.
  expect(await revoke(client)).toEqual({ kind: 'gone' });
});

describe('a client that is gone already', () => {
  it.each([400, 404] as const)('is a success, also if Domo says %i', async (absentDelete) => {
    domo.quirks.absentDelete = absentDelete;
    const client = mine();
    domo.revoke(client.id);
    expect(await revoke(client)).toEqual({ kind: 'gone' });
    expect(counts(domo)).toMatchObject({ list: 2, me: 1 });
  });

  it.each([400, 404] as const)('between the list and the DELETE (%i) is a success', async (absentDelete) => {
    domo.quirks.absentDelete = absentDelete;
    const client = mine();
    const api = clientsOf(domo);
    await api.list(never);
    domo.revoke(client.id);
    expect(await revoke(client, api)).toEqual({ kind: 'gone' });
    expect(counts(domo)).toMatchObject({ list: 3, revoke: 1 });
  });

  it('is not proven so by somebody who sees only his own', async () => {
    domo.me.sees = 'own';
    const client = mine({ userId: domo.me.id + 1 });
    const caller = String(domo.me.id);
    expect(await revoke(client)).toEqual({ kind: 'unproven', caller, signIn: 'unknown' });
    expect(counts(domo).revoke).toBe(0);
    expect(domo.clients.has(client.id)).toBe(true);
  });

  it('is not proven so by a list that fails after the refusal', async () => {
    const client = mine();
    const api = clientsOf(domo);
    await api.list(never);
    domo.revoke(client.id);
    domo.fail({ method: 'GET', path: paths.clients, status: 403 });
    expect(await failureOf(revoke(client, api))).toMatchObject({ status: 403 });
  });

  it('is never revoked without an id', async () => {
    const api = clientsOf(domo);
    expect(await api.revoke(reference(domo, { id: null }), never)).toEqual({ kind: 'gone' });
    expect(counts(domo).revoke).toBe(0);
  });
});

describe('many at once', () => {
  it('cost one list', async () => {
    const clients = Array.from({ length: 60 }, (_, n) => mine({ name: `reports ${n}` }));
    const api = clientsOf(domo);
    await Promise.all(clients.map((client) => revoke(client, api)));
    expect(domo.clients.size).toBe(0);
    expect(counts(domo)).toEqual({ list: 1, revoke: 60, create: 0, me: 0 });
  });

  it('cost a few lists if all are gone since the first one', async () => {
    const clients = Array.from({ length: 60 }, (_, n) => mine({ name: `reports ${n}` }));
    const api = clientsOf(domo);
    await api.list(never);
    domo.clients.clear();
    const outcomes = await Promise.all(clients.map((client) => revoke(client, api)));
    for (const outcome of outcomes) expect(outcome).toEqual({ kind: 'gone' });
    expect(counts(domo).list).toBeLessThanOrEqual(6);
    expect(counts(domo).me).toBeLessThanOrEqual(1);
  });
});

describe('when interrupted', () => {
  it('awaits the answer to a DELETE that is on its way', async () => {
    const client = mine();
    const interrupt = new AbortController();
    domo.fail({ ...deletes, delay: 200 });
    const { id, name } = client;
    const target = reference(domo, { id: String(id), name });
    const outcome = clientsOf(domo).revoke(target, interrupt.signal);
    await until('the DELETE', () => counts(domo).revoke === 1);
    interrupt.abort(new Error('fake interrupt'));
    expect(await outcome).toEqual({ kind: 'revoked' });
  });

  it('does not send a DELETE any more', async () => {
    const client = mine();
    const interrupt = new AbortController();
    domo.fail({ method: 'GET', path: paths.clients, hang: true });
    const target = reference(domo, { id: String(client.id) });
    const outcome = failureOf(clientsOf(domo).revoke(target, interrupt.signal));
    await until('the list', () => counts(domo).list === 1);
    interrupt.abort(new Error('fake interrupt'));
    expect((await outcome).message).toContain('fake interrupt');
    expect(counts(domo).revoke).toBe(0);
  });
});

describe('retries', () => {
  it.each([502, 503, 504])('a DELETE answered %i is tried again', async (status) => {
    domo.fail({ ...deletes, status });
    expect(await revoke(mine(), clientsOf(domo, { maxRetries: 1 }))).toEqual({ kind: 'revoked' });
    expect(counts(domo)).toMatchObject({ revoke: 2, list: 1 });
  });

  it('a DELETE answered 500 is not, but the list decides', async () => {
    domo.fail({ ...deletes, status: 500 });
    const api = clientsOf(domo, { maxRetries: 3 });
    expect(await failureOf(revoke(mine(), api))).toMatchObject({ status: 500 });
    expect(counts(domo)).toMatchObject({ revoke: 1, list: 2 });
  });

  it('a 429 is waited out beyond max_retries', async () => {
    domo.fail({ ...deletes, status: 429, headers: { 'Retry-After': '0' }, times: 3 });
    expect(await revoke(mine())).toEqual({ kind: 'revoked' });
    expect(counts(domo).revoke).toBe(4);
  });
});
