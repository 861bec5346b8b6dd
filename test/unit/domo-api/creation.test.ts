import type { ApiClients } from '../../../provider/domo/api/api-clients';
import type { Creation } from '../../../provider/domo/api/creation';
import { type FakeDomo, fakeDomo, paths, type Quirks } from '../../support/fake-domo';
import { until } from '../../support/until';
import { clientsOf, counts, hasty, never, onlyClient, spec } from './support';

let domo: FakeDomo;
beforeEach(async () => {
  domo = await fakeDomo();
});
afterEach(() => domo.close());

const only = () => onlyClient(domo);
const create = (api: ApiClients = clientsOf(domo)): Promise<Creation> => api.create(spec, never);

describe('an answer with a secret', () => {
  it('is all that it takes: one POST after one list, no who-am-I', async () => {
    expect(await create()).toMatchObject({ kind: 'created' });
    expect(counts(domo)).toEqual({ list: 1, create: 1, revoke: 0, me: 0 });
  });

  it.each<[Quirks['created'], Record<string, unknown>]>([
    [[], {}],
    [['extra-fields'], {}],
    [['id-as-text'], {}],
    [['no-owner'], {}],
    [['no-client-id'], { clientId: null }],
    [['no-owner', 'no-client-id', 'extra-fields'], { clientId: null }],
  ])('is read with %j', async (created, expected) => {
    domo.quirks.created = created;
    const outcome = await create();
    const { id, clientId, secret, userId } = only();
    const { name, scopes } = spec;
    const whole = { id: String(id), clientId, clientSecret: secret, ownerId: String(userId), name, scopes };
    expect(outcome).toEqual({ kind: 'created', created: { ...whole, ...expected } });
  });

  it.each([0, 3])(
    'without an id finds it in the list, also where that is %i lists late',
    async (lateLists) => {
      Object.assign(domo.quirks, { created: ['no-id'], lateLists });
      expect(await create()).toMatchObject({ kind: 'created', created: { id: String(only().id) } });
      expect(counts(domo)).toMatchObject({ create: 1, list: lateLists + 2 });
    },
  );

  it.each([
    ['fails', { status: 500 }],
    ['is forbidden', { status: 403 }],
    ['is unreadable', { status: 200, body: '<html>' }],
    ['breaks', { drop: 'before' as const }],
  ])('without an id is no error, whatever happens to the list: it %s', async (_, fault) => {
    domo.quirks.created = ['no-id'];
    domo.fail({ method: 'GET', path: paths.clients, times: Number.POSITIVE_INFINITY, ...fault });
    const outcome = await create();
    expect(outcome).toMatchObject({ kind: 'created', created: { id: null, clientSecret: only().secret } });
    expect(counts(domo).create).toBe(1);
  });

  it('enters the client into the list that everybody shares', async () => {
    const api = clientsOf(domo);
    await api.list(never);
    await create(api);
    const listing = await api.list(never);
    expect(listing.byName('reports')).toMatchObject([{ ...spec, id: String(only().id) }]);
    expect(counts(domo).list).toBe(1);
  });
});

/** Every way in which an answer does not arrive; `done`: the client was made nevertheless. */
const losses = (done: boolean) => [
  { how: '500', fault: { status: 500, afterWork: done } },
  { how: '502', fault: { status: 502, afterWork: done } },
  { how: '503', fault: { status: 503, afterWork: done } },
  { how: '504', fault: { status: 504, afterWork: done } },
  { how: 'a timeout', fault: { hang: true, afterWork: done } },
  { how: 'a broken connection', fault: { drop: done ? ('after' as const) : ('before' as const) } },
  { how: 'a page instead of JSON', fault: { status: 200, body: '<html>fake-page</html>', afterWork: done } },
  { how: 'an empty body', fault: { status: 201, body: '', afterWork: done } },
  { how: 'a success without a secret', fault: { status: 201, body: { id: 1, name: 'x' }, afterWork: done } },
  ...(done ? [{ how: 'half an answer', fault: { drop: 'middle' as const } }] : []),
];

describe.each([0, 2])('with lists that are %i late', (lateLists) => {
  beforeEach(() => {
    domo.quirks.lateLists = lateLists;
  });
  /** Only silence ends by the timeout, which holds for the lists as well: shorter, and a busy machine would miss one. */
  const impatient = () => clientsOf(domo, { requestTimeout: 1_000 });

  it.each(losses(true))(
    'an answer lost to $how is a lost secret, and no second client',
    async ({ fault }) => {
      domo.fail({ method: 'POST', path: paths.clients, ...fault });
      const outcome = await create(impatient());
      expect(outcome).toMatchObject({ kind: 'secret-lost', client: { ...spec, id: String(only().id) } });
      // A late list leads to one more POST, whose refusal tells that the first one has arrived.
      expect(counts(domo)).toEqual({
        create: lateLists === 0 ? 1 : 2,
        list: lateLists + 2,
        revoke: 0,
        me: 1,
      });
    },
  );

  it.each(losses(false))('nothing done and $how: it is sent again', async ({ fault }) => {
    domo.fail({ method: 'POST', path: paths.clients, ...fault });
    const outcome = await create(impatient());
    expect(outcome).toMatchObject({ kind: 'created', created: { clientSecret: only().secret } });
    expect(counts(domo)).toEqual({ create: 2, list: 2, revoke: 0, me: 0 });
  });

  it('an answer lost again, this time after the work, is a lost secret', async () => {
    domo.fail({ method: 'POST', path: paths.clients, status: 503 });
    domo.fail({ method: 'POST', path: paths.clients, drop: 'after' });
    expect(await create()).toMatchObject({ kind: 'secret-lost', client: { id: String(only().id) } });
    expect(counts(domo)).toMatchObject({ create: lateLists === 0 ? 2 : 3, revoke: 0 });
  });

  it('a success without its secret is a lost secret', async () => {
    domo.quirks.created = ['no-secret'];
    expect(await create()).toMatchObject({
      kind: 'secret-lost',
      client: { id: String(only().id) },
      why: { kind: 'unreadable' },
    });
  });
});

describe('an answer that stays open', () => {
  const post = { method: 'POST', path: paths.clients };
  const get = { method: 'GET', path: paths.clients };
  const forever = { times: Number.POSITIVE_INFINITY };
  const stayOpen = () => create(clientsOf(domo, { delays: hasty }));

  it('is never answered with another POST as long as no list tells that nothing was made', async () => {
    domo.fail({ ...post, status: 503, ...forever });
    domo.fail({ ...get, status: 500, ...forever });
    expect(await stayOpen()).toMatchObject({ kind: 'open', since: undefined, why: { status: 503 } });
    expect(counts(domo).create).toBe(1);
    expect(counts(domo).list).toBeGreaterThan(2);
  });

  it('heals when the list works again', async () => {
    const api = clientsOf(domo);
    await api.list(never);
    domo.fail({ ...post, drop: 'after' });
    domo.fail({ ...get, status: 500, times: 3 });
    expect(await create(api)).toMatchObject({ kind: 'secret-lost', client: { id: String(only().id) } });
    expect(counts(domo)).toMatchObject({ create: 1, list: 5 });
  });

  it('takes up nothing if no list was to be had before the POST', async () => {
    domo.fail({ ...post, drop: 'after' });
    domo.fail({ ...get, status: 500, times: 7 });
    expect(await create()).toMatchObject({ kind: 'unclear', holder: { id: String(only().id) } });
    expect(counts(domo)).toMatchObject({ create: 1, list: 8, revoke: 0 });
  });

  it('stops posting once Domo refuses for good, and tells both', async () => {
    domo.fail({ ...post, status: 503 });
    domo.fail({ ...post, status: 403, ...forever });
    expect(await stayOpen()).toMatchObject({
      kind: 'open',
      why: { status: 503 },
      since: { status: 403 },
    });
    expect(counts(domo).create).toBe(2);
  });

  it('tells both if Domo has refused the name since but never lists it', async () => {
    domo.quirks.lateLists = Number.POSITIVE_INFINITY;
    domo.fail({ ...post, drop: 'after' });
    expect(await stayOpen()).toMatchObject({ kind: 'open', since: { status: 400 } });
    expect(counts(domo)).toMatchObject({ create: 2, revoke: 0 });
  });

  it('ends when interrupted, after one more look at the list', async () => {
    const interrupt = new AbortController();
    const api = clientsOf(domo, { delays: { poll: 30_000, openCreation: 60_000 } });
    await api.list(never);
    domo.fail({ ...post, status: 503 });
    domo.fail({ ...get, status: 500, ...forever });
    const outcome = api.create(spec, interrupt.signal);
    await until('a look at the list', () => counts(domo).list === 2);
    interrupt.abort(new Error('fake interrupt'));
    expect(await outcome).toMatchObject({ kind: 'open' });
    expect(counts(domo)).toMatchObject({ create: 1, list: 3 });
  });
});
