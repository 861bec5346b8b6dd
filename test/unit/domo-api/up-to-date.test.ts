import { failureOf } from '../../support/failure';
import { type FakeDomo, fakeDomo, paths } from '../../support/fake-domo';
import { until } from '../../support/until';
import { clientsOf, counts, never, quick, reference } from './support';

let domo: FakeDomo;
beforeEach(async () => {
  domo = await fakeDomo();
});
afterEach(() => domo.close());

const get = { method: 'GET', path: paths.clients };
const spec = (name: string) => ({ name, description: '', scopes: ['data'] });

describe('a list that is up to date', () => {
  it('is begun after it was asked for', async () => {
    const api = clientsOf(domo);
    await api.list(never);
    domo.add({ name: 'of somebody else' });
    expect((await api.upToDate(never)).byName('of somebody else')).toHaveLength(1);
    expect(counts(domo).list).toBe(2);
  });

  it('costs two for all who ask while one is on its way', async () => {
    const api = clientsOf(domo);
    domo.fail({ ...get, delay: 100 });
    await Promise.all(Array.from({ length: 1_000 }, () => api.upToDate(never)));
    expect(counts(domo).list).toBe(2);
  });

  it('shows what the run itself has made, as soon as Domo lists it', async () => {
    const api = clientsOf(domo);
    await api.list(never);
    domo.quirks.lateLists = 1;
    await api.create(spec('reports'), never);
    expect((await api.upToDate(never)).byName('reports')).toHaveLength(1);
    expect(counts(domo).list).toBe(3);
  });

  it('is not waited for any longer than lists lag', async () => {
    const api = clientsOf(domo);
    domo.quirks.lateLists = Number.POSITIVE_INFINITY;
    await api.create(spec('reports'), never);
    const started = performance.now();
    expect((await api.upToDate(never)).byName('reports')).toEqual([]);
    expect(performance.now() - started).toBeGreaterThanOrEqual(quick.absence - 20);
    const asked = counts(domo).list;
    expect(asked).toBeLessThanOrEqual(4);
    await api.upToDate(never);
    expect(counts(domo).list).toBe(asked + 1);
  });

  it('does not wait for what is made after it was asked for', async () => {
    const api = clientsOf(domo, { delays: { absence: 300 } });
    await api.list(never);
    domo.quirks.lateLists = Number.POSITIVE_INFINITY;
    await api.create(spec('first'), never);
    let isThere = false;
    const asked = api.upToDate(never).then(() => {
      isThere = true;
    });
    const started = performance.now();
    for (let n = 0; !isThere && performance.now() - started < 20_000; n++)
      await api.create(spec(`next ${n}`), never);
    expect(isThere).toBe(true);
    await asked;
  });

  it('does not wait for what the run has revoked again', async () => {
    const api = clientsOf(domo, { delays: { absence: 60_000 } });
    await api.list(never);
    domo.quirks.lateLists = Number.POSITIVE_INFINITY;
    const made = await api.create(spec('reports'), never);
    if (made.kind !== 'created' || made.created.id === null) throw new Error('It was not made.');
    const { id } = made.created;
    const known = { ...spec('reports'), id, clientId: made.created.clientId, ownerId: '11', age: 0 };
    const rest = { listedClientId: null, secretToSignIn: null, shownName: null, seenHere: true } as const;
    await api.revoke({ ...known, ...rest, isOpenCreation: false, attempt: null }, never);
    await api.upToDate(never);
  });

  it('is a change of the run from the first creation on, whatever is revoked later', async () => {
    const api = clientsOf(domo);
    const { id, clientId } = domo.add({ name: 'other', userId: domo.me.id });
    await api.list(never);
    expect(api.hasChanged()).toBe(false);
    expect(await api.revoke(reference(domo, { id: String(id), name: 'other', clientId }), never)).toEqual({
      kind: 'revoked',
    });
    expect(api.hasChanged()).toBe(true);
  });

  it('is not waited for once interrupted', async () => {
    const api = clientsOf(domo, { delays: { absence: 60_000 } });
    await api.list(never);
    domo.quirks.lateLists = Number.POSITIVE_INFINITY;
    await api.create(spec('reports'), never);
    const interrupt = new AbortController();
    const asked = failureOf(api.upToDate(interrupt.signal));
    await until('a list', () => counts(domo).list === 2);
    interrupt.abort(new Error('fake interrupt'));
    expect((await asked).message).toBe('fake interrupt');
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(counts(domo).list).toBe(2);
  });

  it('is an error if Domo does not answer: an older one is none', async () => {
    const api = clientsOf(domo);
    await api.list(never);
    domo.fail({ ...get, status: 500 });
    expect(await failureOf(api.upToDate(never))).toMatchObject({ status: 500 });
  });
});
