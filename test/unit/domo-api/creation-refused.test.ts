import type { ApiClients } from '../../../provider/domo/api/api-clients';
import type { Creation } from '../../../provider/domo/api/creation';
import { failureOf } from '../../support/failure';
import { type FakeDomo, fakeDomo, type Me, paths } from '../../support/fake-domo';
import { until } from '../../support/until';
import { brief, calls, clientsOf, counts, hasty, never, onlyClient, spec } from './support';

let domo: FakeDomo;
beforeEach(async () => {
  domo = await fakeDomo();
});
afterEach(() => domo.close());

const only = () => onlyClient(domo);
const refusedFor = (words: string) => ({
  kind: 'refused',
  error: { message: expect.stringContaining(`Domo returned 400 (${words})`) },
});
const create = (api: ApiClients = clientsOf(domo)): Promise<Creation> => api.create(spec, never);

describe('a name that is taken', () => {
  it('is waited for, and the log says so', async () => {
    const holder = domo.add({ name: 'reports' });
    const logged: unknown[] = [];
    const run = new AbortController();
    const log = (...line: unknown[]) => {
      logged.push(line);
      run.abort(new Error('seen'));
    };
    await clientsOf(domo, { delays: { nameRelease: 950 }, log }).create(spec, run.signal);
    expect(logged).toEqual([
      [
        'The name is taken; waiting in case a revocation releases it',
        { holder: String(holder.id), seconds: 1 },
      ],
    ]);
  });

  it('is reported with its holder, after waiting for it to be released', async () => {
    const holder = domo.add({ name: 'reports' });
    const started = performance.now();
    const outcome = await create(clientsOf(domo, { delays: { nameRelease: 100 } }));
    expect(outcome).toMatchObject({ kind: 'taken', holder: { id: String(holder.id) } });
    expect(performance.now() - started).toBeGreaterThanOrEqual(95);
    expect(counts(domo)).toMatchObject({ create: 1, revoke: 0, me: 0 });
    expect(only()).toBe(holder);
  });

  it('is reported with its holder if the wait is interrupted, also in the middle of a look at the list', async () => {
    const holder = domo.add({ name: 'reports' });
    const run = new AbortController();
    const outcome = clientsOf(domo, { delays: { nameRelease: 20_000 } }).create(spec, run.signal);
    await until('a look at the list', () => counts(domo).list > 1);
    domo.fail({ method: 'GET', path: paths.clients, hang: true });
    const before = counts(domo).list;
    await until('one that hangs', () => counts(domo).list > before);
    run.abort(new Error('interrupted'));
    expect(await outcome).toMatchObject({ kind: 'taken', holder: { id: String(holder.id) } });
  });

  it('is used as soon as it is released', async () => {
    const holder = domo.add({ name: 'reports' });
    const outcome = create(clientsOf(domo, { delays: { nameRelease: 20_000 } }));
    await until('some looks at the list', () => counts(domo).list > 3);
    domo.revoke(holder.id);
    expect(await outcome).toMatchObject({ kind: 'created', created: { clientSecret: only().secret } });
    expect(counts(domo).create).toBe(2);
  });

  it('counts as taken again if somebody else was quicker', async () => {
    const first = domo.add({ name: 'reports' });
    const outcome = create(clientsOf(domo, { delays: { nameRelease: 2_000 } }));
    await until('some looks at the list', () => counts(domo).list > 1);
    domo.fail({ method: 'POST', path: paths.clients, delay: 100 });
    domo.revoke(first.id);
    await until('the second POST', () => counts(domo).create === 2);
    const second = domo.add({ name: 'reports' });
    expect(await outcome).toMatchObject({ kind: 'taken', holder: { id: String(second.id) } });
  });

  it('by a client that this process made is reported at once', async () => {
    const api = clientsOf(domo, { delays: { nameRelease: 60_000 } });
    const both = await Promise.all([create(api), create(api)]);
    expect(both.map(({ kind }) => kind)).toEqual(['created', 'taken']);
    expect(both[1]).toMatchObject({ holder: { id: String(only().id) } });
    // One list before the POSTs, and one to see who holds the name.
    expect(counts(domo)).toMatchObject({ create: 2, list: 2 });
  });

  it('by a client that this process made is reported with its id, also if the list is late', async () => {
    domo.quirks.lateMs = 60_000;
    const api = clientsOf(domo);
    await api.list(never);
    const both = await Promise.all([create(api), create(api)]);
    expect(both[1]).toMatchObject({ kind: 'taken', holder: { id: String(only().id) } });
  });

  it('is not the only reason for a refusal: then Domo is quoted', async () => {
    domo.scopes.delete('user');
    expect(await create()).toMatchObject(refusedFor('Unknown scope'));
    expect(counts(domo)).toMatchObject({ create: 2, list: 3 });
    expect(domo.clients.size).toBe(0);
  });

  it('is an error of Domo if the list cannot tell', async () => {
    domo.add({ name: 'reports' });
    domo.fail({ method: 'GET', path: paths.clients, status: 403, times: 99 });
    expect(await create()).toMatchObject({ ...refusedFor('The name exists'), sees: 'nothing' });
    expect(counts(domo).create).toBe(1);
  });

  it('is told of a client whose name differs only in letter case', async () => {
    const { id } = domo.add({ name: 'REPORTS' });
    domo.scopes.delete('user');
    expect(await create()).toMatchObject({ kind: 'refused', similar: { id: String(id) } });
  });

  it('is no reason that a part of the list can rule out', async () => {
    domo.add({ name: 'reports' });
    const body = { entries: [], total: 1 };
    domo.fail({ method: 'GET', path: paths.clients, status: 200, body, times: 99 });
    expect(await create()).toMatchObject({ ...refusedFor('The name exists'), sees: 'nothing' });
  });

  it.each<['all' | 'own', Me['sees'], number]>([
    ['all', 'all', 22],
    ['own', 'own', 22],
    ['own', 'all', 11],
  ])('may be by a client that is hidden: whether the caller sees %s is told', async (sees, sight, userId) => {
    domo.me.sees = sight;
    domo.add({ name: 'reports', userId: 22, hiddenLists: Number.POSITIVE_INFINITY });
    domo.add({ name: 'another', userId });
    expect(await create()).toMatchObject({ ...refusedFor('The name exists'), sees });
    expect(counts(domo)).toMatchObject({ create: 2, revoke: 0 });
  });

  it('is not known to be hidden from somebody if nobody says who the caller is', async () => {
    domo.add({ name: 'reports', hiddenLists: Number.POSITIVE_INFINITY });
    domo.add({ name: 'another' });
    domo.fail({ method: 'GET', path: paths.me, status: 500 });
    expect(await create()).toMatchObject({ ...refusedFor('The name exists'), sees: 'own' });
  });

  it('by a client that Domo spells otherwise is reported with its holder', async () => {
    domo.quirks.spelling = (text) => text.replaceAll('&', '&amp;').trim();
    const holder = domo.add({ name: 'R&amp;D' });
    const api = clientsOf(domo, { delays: brief });
    const outcome = await api.create({ ...spec, name: ' R&D' }, never);
    expect(outcome).toMatchObject({ kind: 'taken', holder: { id: String(holder.id) } });
  });
});

describe('creations of one name', () => {
  it('come one after the other', async () => {
    domo.fail({ method: 'POST', path: paths.clients, delay: 200, status: 503 });
    const api = clientsOf(domo);
    const both = Promise.all([create(api), create(api)]);
    await until('the first POST', () => counts(domo).create === 1);
    expect((await both).map(({ kind }) => kind)).toEqual(['created', 'taken']);
    const [first, second] = domo.requests.filter(({ method }) => method === 'POST');
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(190);
  });

  it('do not hold up those of other names', async () => {
    domo.fail({ method: 'POST', path: paths.clients, hang: true });
    const api = clientsOf(domo, { requestTimeout: 20_000, delays: hasty });
    const stuck = api.create(spec, never);
    await until('the first POST', () => counts(domo).create === 1);
    expect(await api.create({ ...spec, name: 'other' }, never)).toMatchObject({ kind: 'created' });
    await domo.close();
    await stuck;
    domo = await fakeDomo();
  });

  it('go on after one that was refused', async () => {
    domo.fail({ method: 'POST', path: paths.clients, status: 403 });
    const api = clientsOf(domo, { delays: brief });
    const [refused, created] = await Promise.allSettled([create(api), create(api)]);
    expect(refused).toMatchObject({ status: 'rejected', reason: { status: 403 } });
    expect(created).toMatchObject({ status: 'fulfilled', value: { kind: 'created' } });
  });
});

describe('a refusal that leaves nothing open', () => {
  it.each([
    [401, 'credentials'],
    [403, 'refused'],
  ])("%i in Domo's own form is reported as it is, without another look at the list", async (status, kind) => {
    domo.fail({ method: 'POST', path: paths.clients, status, body: { status, message: 'No' } });
    expect(await failureOf(create())).toMatchObject({ kind, status, definite: true });
    expect(counts(domo)).toEqual({ create: 1, list: 1, revoke: 0, me: 0 });
  });

  it('429 is waited out, once for each answer', async () => {
    domo.fail({
      method: 'POST',
      path: paths.clients,
      status: 429,
      headers: { 'Retry-After': '0' },
      times: 2,
    });
    expect(await create()).toMatchObject({ kind: 'created' });
    expect(counts(domo)).toMatchObject({ create: 3, list: 1 });
    expect(domo.clients.size).toBe(1);
  });

  it('no connection: nothing was made, and that is said', async () => {
    const api = clientsOf(domo);
    await domo.close();
    const error = await failureOf(create(api));
    expect(error).toMatchObject({ kind: 'not-sent', endpoint: calls.create });
    expect(error.message).toContain('nothing was sent');
    domo = await fakeDomo();
  });
});
