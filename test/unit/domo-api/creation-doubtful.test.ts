import { type ApiClients, apiClients } from '../../../provider/domo/api/api-clients';
import type { Creation } from '../../../provider/domo/api/creation';
import { http } from '../../../provider/domo/api/transport/http';
import { session } from '../../../provider/domo/api/transport/session';
import { failureOf } from '../../support/failure';
import { type FakeDomo, type Fault, fakeDomo, paths } from '../../support/fake-domo';
import { until } from '../../support/until';
import { brief, clientsOf, counts, hasty, never, onlyClient, quick, spec } from './support';

let domo: FakeDomo;
beforeEach(async () => {
  domo = await fakeDomo();
});
afterEach(() => domo.close());

const post = { method: 'POST', path: paths.clients };
const get = { method: 'GET', path: paths.clients };
const always = { times: Number.POSITIVE_INFINITY };
const only = () => onlyClient(domo);
const create = (api: ApiClients = clientsOf(domo)): Promise<Creation> => api.create(spec, never);
const lostSecret = () => ({ kind: 'secret-lost', client: { ...spec, id: String(only().id) } });

/** Answers that claim a refusal, and are not Domo's own form of one. */
const claims: [string, Fault][] = [
  ['302', { status: 302, headers: { Location: 'https://fake.example.com/' } }],
  ['400 without a form', { status: 400, body: { message: 'Bad Request' } }],
  ['400 with a page', { status: 400, body: '<html>fake-page</html>' }],
  ['400 that says 409', { status: 400, body: { status: 409, message: 'Conflict' } }],
  ['400 that says "400"', { status: 400, body: { status: '400', message: 'Bad Request' } }],
  ['400 in a list', { status: 400, body: [{ status: 400 }] }],
  ['401 in words', { status: 401, body: 'Unauthorized' }],
  ['403 in words', { status: 403, body: 'Forbidden' }],
  ['404', { status: 404, body: { status: 404, message: 'Not Found' } }],
  ['408', { status: 408, body: { status: 408, message: 'Request Timeout' } }],
  ['409 in words', { status: 409, body: 'Conflict' }],
  ['413', { status: 413, body: '' }],
  ['422 without a status', { status: 422, body: { message: 'Unprocessable' } }],
  ['451', { status: 451, body: { status: 451, message: 'Unavailable For Legal Reasons' } }],
];

describe.each(claims)('a POST answered %s', (_, claim) => {
  // It is looked at three times in any case: at once, after half of it, and in the end.
  const absence = 100;
  const create = () => clientsOf(domo, { delays: { absence } }).create(spec, never);

  it('after the work: the client is found, its secret is lost', async () => {
    domo.fail({ ...post, ...claim, afterWork: true });
    expect(await create()).toMatchObject({ ...lostSecret(), why: { status: claim.status, definite: false } });
    expect(counts(domo)).toEqual({ create: 1, list: 2, revoke: 0, me: 1 });
  });

  it('after the work, while the list is late: it is looked at for as long as it may lag', async () => {
    domo.quirks.lateLists = 2;
    domo.fail({ ...post, ...claim, afterWork: true });
    expect(await create()).toMatchObject(lostSecret());
    expect(counts(domo)).toMatchObject({ create: 1, list: 4 });
  });

  it('without the work: it is reported, but not as proven', async () => {
    domo.fail({ ...post, ...claim });
    const started = performance.now();
    expect(await failureOf(create())).toMatchObject({ status: claim.status, definite: false });
    expect(performance.now() - started).toBeGreaterThanOrEqual(absence - 5);
    expect(counts(domo)).toEqual({ create: 1, list: 4, revoke: 0, me: 0 });
    expect(domo.clients.size).toBe(0);
  });
});

describe("Domo's own form of a refusal", () => {
  it.each([400, 409, 422])('%i may mean a taken name, of which the list tells more', async (status) => {
    const holder = domo.add({ name: 'reports' });
    domo.fail({ ...post, status, body: { status, message: 'No' } });
    expect(await create(clientsOf(domo, { delays: brief }))).toMatchObject({
      kind: 'taken',
      holder: { id: String(holder.id) },
    });
    expect(counts(domo).create).toBe(1);
  });

  it.each([401, 403])('%i means that nothing was made', async (status) => {
    domo.fail({ ...post, status, body: { status, statusReason: 'No', message: 'No', toe: 'FAKE' } });
    expect(await failureOf(create())).toMatchObject({ status, definite: true });
    expect(counts(domo)).toEqual({ create: 1, list: 1, revoke: 0, me: 0 });
  });
});

describe('what a refusal claims', () => {
  const claim = { ...post, status: 403, body: 'Forbidden' };

  it('keeps its hint to the grants', async () => {
    domo.fail(claim);
    expect((await failureOf(create(clientsOf(domo, { delays: brief })))).message).toContain(
      '"Create API OAuth Clients"',
    );
  });

  it('costs few lists, however many creations are refused', async () => {
    domo.me.may.create = false;
    domo.fail({ ...get, delay: 100, ...always });
    const api = clientsOf(domo);
    const errors = await Promise.all(
      Array.from({ length: 50 }, (_, n) => failureOf(api.create({ ...spec, name: `reports ${n}` }, never))),
    );
    for (const error of errors) expect(error).toMatchObject({ status: 403 });
    expect(counts(domo)).toMatchObject({ create: 50 });
    // Were each to ask for its own, 150.
    expect(counts(domo).list).toBeLessThanOrEqual(40);
  });

  it('is reported at once to somebody who may not even see the list', async () => {
    const api = clientsOf(domo, { delays: { absence: 60_000 } });
    await api.list(never);
    domo.me.sees = 'none-403';
    domo.fail(claim);
    expect(await failureOf(create(api))).toMatchObject({ status: 403, endpoint: `POST ${paths.clients}` });
    expect(counts(domo)).toMatchObject({ create: 1, list: 2 });
  });

  it.each<[string, Fault]>([
    ['fails', { status: 500 }],
    ['is unreadable', { status: 200, body: '<html>' }],
    ['is a part', { status: 200, body: { entries: [], hasMore: true } }],
  ])('stays open if the list %s', async (_, fault) => {
    const api = clientsOf(domo, { delays: brief });
    await api.list(never);
    domo.fail({ ...claim, afterWork: true });
    domo.fail({ ...get, ...fault, ...always });
    expect(await create(api)).toMatchObject({
      kind: 'open',
      why: { status: 403 },
      since: undefined,
      ownerId: String(domo.me.id),
      attempt: { highestId: '0' },
    });
    expect(counts(domo)).toMatchObject({ create: 1, list: 4 });
  });

  it('is judged by the part of a list that shows the client', async () => {
    const api = clientsOf(domo);
    await api.list(never);
    domo.fail({ ...claim, delay: 100, afterWork: true });
    const outcome = create(api);
    await until('the POST', () => counts(domo).create === 1);
    const entry = { ...spec, id: 1001, userId: domo.me.id, clientId: 'fake' };
    domo.fail({ ...get, status: 200, body: { entries: [entry], total: 9 } });
    expect(await outcome).toMatchObject({ kind: 'secret-lost', client: { id: '1001' } });
  });

  it('leaves another client of the name alone', async () => {
    domo.fail({ ...claim, delay: 100 });
    const outcome = create();
    await until('the POST', () => counts(domo).create === 1);
    const holder = domo.add({ ...spec, scopes: ['audit'] });
    expect(await outcome).toMatchObject({
      kind: 'unclear',
      holder: { id: String(holder.id) },
      why: { status: 403 },
    });
  });

  it('is settled by one more list if it is interrupted', async () => {
    const interrupt = new AbortController();
    domo.quirks.lateLists = 1;
    domo.fail({ ...claim, afterWork: true });
    const api = clientsOf(domo, { delays: { absence: 60_000 } });
    const outcome = api.create(spec, interrupt.signal);
    await until('a look at the list', () => counts(domo).list === 2);
    await new Promise((resolve) => setTimeout(resolve, 50));
    interrupt.abort(new Error('fake interrupt'));
    expect(await outcome).toMatchObject(lostSecret());
    expect(counts(domo)).toMatchObject({ create: 1, list: 3 });
  });

  it('ends a creation that is open, after a second POST: nothing is sent a third time', async () => {
    domo.fail({ ...post, status: 503 });
    domo.fail({ ...claim, status: 404, ...always });
    const outcome = await create(clientsOf(domo, { delays: hasty }));
    expect(outcome).toMatchObject({ kind: 'open', why: { status: 503 }, since: { status: 404 } });
    expect(counts(domo).create).toBe(2);
  });
});

describe('a session that expires', () => {
  function signedOn(): ApiClients {
    const transport = http({
      baseUrl: domo.url,
      requestTimeout: 5_000,
      maxRetries: 0,
      userAgent: 'fake-agent/1.0',
      log: () => undefined,
    });
    const { username, password } = domo.signIn;
    const renewed = session(transport, { username, password }, domo.url, () => undefined);
    return apiClients(renewed, { delays: quick });
  }

  it('is renewed, and the creation sent again', async () => {
    domo.fail({ ...post, status: 401 });
    expect(await create(signedOn())).toMatchObject({
      kind: 'created',
      created: { clientSecret: only().secret },
    });
    expect(counts(domo).create).toBe(2);
  });

  it('may have expired after the work: then the refusal of the second POST means our own client', async () => {
    domo.fail({ ...post, status: 401, afterWork: true });
    expect(await create(signedOn())).toMatchObject(lostSecret());
    expect(counts(domo)).toMatchObject({ create: 2, revoke: 0 });
  });

  it("in Domo's own words has made nothing: then somebody else holds the name", async () => {
    const holder = domo.add({ ...spec, scopes: [...spec.scopes], userId: domo.me.id });
    domo.fail({ ...post, status: 401, body: { status: 401, message: 'Unauthorized' } });
    const outcome = await create(signedOn());
    expect(outcome).toMatchObject({ kind: 'taken', holder: { id: String(holder.id) } });
  });
});

it('an access token that is refused by a list is not tried with a creation', async () => {
  const api = clientsOf(domo);
  domo.token = 'fake-token-of-tomorrow';
  expect(await failureOf(create(api))).toMatchObject({
    kind: 'credentials',
    endpoint: `GET ${paths.clients}`,
  });
  expect(counts(domo)).toMatchObject({ create: 0, list: 1 });
});
