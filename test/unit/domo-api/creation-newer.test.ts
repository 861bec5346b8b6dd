import type { ApiClients } from '../../../provider/domo/api/api-clients';
import type { Creation } from '../../../provider/domo/api/creation';
import type { ClientSpec } from '../../../provider/domo/api/records';
import { type FakeClient, type FakeDomo, fakeDomo, paths } from '../../support/fake-domo';
import { until } from '../../support/until';
import { clientsOf, counts, hasty, never, onlyClient, spec } from './support';

let domo: FakeDomo;
beforeEach(async () => {
  domo = await fakeDomo();
});
afterEach(() => domo.close());

const only = () => onlyClient(domo);
const create = (api: ApiClients = clientsOf(domo)): Promise<Creation> => api.create(spec, never);

describe('an answer lost, and what tells our client from one that another run has made', () => {
  const post = { method: 'POST', path: paths.clients };
  const get = { method: 'GET', path: paths.clients };
  const same = () => ({ ...spec, scopes: [...spec.scopes], userId: domo.me.id });
  const lost = { ...post, status: 503 };

  /** Creates, and while the POST is on its way to be lost, another run makes such a client. */
  async function createBeside(fields: Partial<FakeClient>, api = clientsOf(domo)) {
    domo.fail({ ...lost, delay: 100 });
    const outcome = api.create(spec, never);
    await until('the POST', () => counts(domo).create === 1);
    domo.add({ ...same(), ...fields });
    return outcome;
  }

  it('is a list that shows it: a creation on an old list asks for another one first', async () => {
    const api = clientsOf(domo, { delays: { recent: 50 } });
    await api.list(never);
    const holder = domo.add(same());
    await new Promise((resolve) => setTimeout(resolve, 60));
    domo.fail(lost);
    expect(await create(api)).toMatchObject({ kind: 'unclear', holder: { id: String(holder.id) } });
    expect(counts(domo)).toMatchObject({ create: 1, revoke: 0 });
  });

  it('is an id that is not above the highest that was listed', async () => {
    domo.add({ id: 5_000 });
    expect(await createBeside({ id: 4_999 })).toMatchObject({ kind: 'unclear', holder: { id: '4999' } });
    domo.clients.delete(4_999);
    domo.reset();
    expect(await createBeside({ id: 5_001 })).toMatchObject({ kind: 'secret-lost', client: { id: '5001' } });
  });

  it('is also an id that is not above one that an earlier list has shown', async () => {
    const api = clientsOf(domo);
    domo.add({ id: 5_000 });
    await api.list(never);
    domo.fail({ ...get, status: 200, body: [] });
    await api.upToDate(never);
    expect(await createBeside({ id: 4_999 }, api)).toMatchObject({ kind: 'unclear' });
  });

  it('is nothing that a part of the list can tell', async () => {
    domo.fail({ ...get, status: 200, body: { entries: [], total: 2 } });
    expect(await createBeside({})).toMatchObject({ kind: 'unclear' });
  });

  it.each(['ms', 'seconds', 'iso'] as const)(
    'is the time of its creation, if Domo tells it in %s',
    async (times) => {
      domo.quirks.times = times;
      expect(await createBeside({ madeAt: Date.now() - 5_000 })).toMatchObject({ kind: 'unclear' });
      domo.clients.clear();
      domo.reset();
      expect(await createBeside({ madeAt: Date.now() + 5_000 })).toMatchObject({ kind: 'unclear' });
      domo.clients.clear();
      domo.reset();
      expect(await createBeside({})).toMatchObject({ kind: 'secret-lost' });
    },
  );

  it.each(['absent', 'null'] as const)('is no time if Domo tells none: %s', async (times) => {
    domo.quirks.times = times;
    expect(await createBeside({ madeAt: 0 })).toMatchObject({ kind: 'secret-lost' });
  });

  it("is that time by Domo's clock, however wrong ours is", async () => {
    domo.quirks.times = 'ms';
    const ahead = 3_600_000;
    const later = () => ({ Date: new Date(Date.now() + ahead).toUTCString() });
    domo.fail({ ...get, status: 200, body: [], headers: later() });
    expect(await createBeside({ madeAt: Date.now() + ahead })).toMatchObject({ kind: 'secret-lost' });
    domo.clients.clear();
    domo.reset();
    domo.fail({ ...get, status: 200, body: [], headers: later() });
    expect(await createBeside({ madeAt: Date.now() })).toMatchObject({ kind: 'unclear' });
  });

  it('is nothing if Domo tells the time of a creation, but not its own', async () => {
    domo.quirks.times = 'ms';
    domo.fail({ ...get, status: 200, body: [], headers: { Date: 'now' } });
    expect(await createBeside({})).toMatchObject({ kind: 'unclear' });
  });

  it('counts from the POST that is lost, not from one before it that Domo did not take for the rate', async () => {
    const api = clientsOf(domo, { delays: { recent: 500 } });
    domo.fail({ ...post, status: 429, headers: { 'Retry-After': '1' } });
    domo.fail(lost);
    const outcome = create(api);
    await until('the first POST', () => counts(domo).create === 1);
    domo.add(same());
    expect(await outcome).toMatchObject({ kind: 'unclear' });
    expect(counts(domo)).toMatchObject({ create: 2, revoke: 0 });
  });

  it('counts from the POST that is lost, not from one before it that Domo refused', async () => {
    domo.quirks.times = 'ms';
    const api = clientsOf(domo, { delays: { nameRelease: 20_000 } });
    const first = domo.add({ ...same(), scopes: ['audit'] });
    const outcome = create(api);
    await until('the first POST', () => counts(domo).create === 1);
    const madeAt = Date.now();
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    domo.fail({ ...lost, delay: 100 });
    domo.revoke(first.id);
    await until('the second POST', () => counts(domo).create === 2);
    domo.add({ ...same(), madeAt });
    expect(await outcome).toMatchObject({ kind: 'unclear' });
  });

  it('counts from the first POST that was lost, if there are two', async () => {
    domo.quirks.lateLists = 1;
    domo.fail({ ...lost, afterWork: true });
    domo.fail(lost);
    expect(await create()).toMatchObject({ kind: 'secret-lost', client: { id: String(only().id) } });
    expect(counts(domo)).toMatchObject({ create: 2 });
  });

  it.each<[string, Partial<ClientSpec>, (text: string) => string]>([
    ['without blanks at its ends', { description: '  For reports\n' }, (text) => text.trim()],
    [
      'with one blank for each run',
      { description: 'For  all\n\nreports' },
      (text) => text.replace(/\s+/g, ' '),
    ],
    ['with other line breaks', { description: 'one\r\ntwo' }, (text) => text.replaceAll('\r\n', '\n')],
    [
      'escaped',
      { name: 'R&D', description: 'a < b' },
      (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;'),
    ],
    ['cut', { description: 'Nightly. '.repeat(60) }, (text) => text.slice(0, 255)],
    [
      'with marks for emoji',
      { name: 'go \u{1f680}', description: '\u{1f680} up' },
      (text) => text.replace(/[^\0-\x7f]+/g, '?'),
    ],
    [
      'stripped, escaped, marked and cut',
      { name: ' a&b ', description: `\u{1f680} & ${'night '.repeat(80)}` },
      (text) =>
        text
          .trim()
          .replaceAll('&', '&amp;')
          .replace(/[^\0-\x7f]+/g, '?')
          .slice(0, 255),
    ],
  ])('is not how Domo spells it: %s', async (_, fields, spelling) => {
    domo.quirks.spelling = spelling;
    domo.fail({ ...lost, afterWork: true });
    const outcome = await clientsOf(domo).create({ ...spec, ...fields }, never);
    expect(outcome).toMatchObject({ kind: 'secret-lost', client: { id: String(only().id) } });
    expect(counts(domo)).toMatchObject({ create: 1 });
  });

  it('is told with a creation that stays open, for a later run', async () => {
    domo.add({ id: 7_000 });
    domo.quirks.lateLists = Number.POSITIVE_INFINITY;
    domo.fail({ ...lost, afterWork: true });
    const before = Date.now();
    const outcome = await create(clientsOf(domo, { delays: hasty }));
    expect(outcome).toMatchObject({ kind: 'open', attempt: { highestId: '7000' }, ownerId: '11' });
    const { period } = (outcome.kind === 'open' && outcome.attempt) || {};
    // A date in a header has no milliseconds, and is from some moment of its request.
    expect(period?.from).toBeGreaterThan(before - 2_000);
    expect(period?.from).toBeLessThanOrEqual(Date.now());
    expect(period?.until).toBeGreaterThanOrEqual(before);
    expect(period?.until).toBeLessThan(Date.now() + 2_000);
  });
});

describe('an interrupted creation', () => {
  const get = { method: 'GET', path: paths.clients };
  const interrupted = async (delays = {}) => {
    const interrupt = new AbortController();
    const api = clientsOf(domo, { requestTimeout: 20_000, delays });
    const outcome = api.create(spec, interrupt.signal);
    await until('a look at the list', () => counts(domo).list === 2);
    const started = performance.now();
    interrupt.abort(new Error('fake interrupt'));
    return { outcome: await outcome, took: performance.now() - started };
  };
  beforeEach(async () => {
    domo.fail({ method: 'POST', path: paths.clients, status: 503, afterWork: true });
    domo.fail({ ...get, status: 200, body: [] });
  });

  it('asks for one more list with a signal of its own, so that most are settled', async () => {
    domo.fail({ ...get, hang: true });
    const { outcome } = await interrupted();
    expect(outcome).toMatchObject({ kind: 'secret-lost', client: { id: String(only().id) } });
    expect(counts(domo)).toMatchObject({ create: 1, list: 3, me: 1 });
  });

  it('does not wait for it without an end', async () => {
    domo.fail({ ...get, hang: true, times: 2 });
    const { outcome, took } = await interrupted({ lastLook: 300 });
    expect(outcome).toMatchObject({ kind: 'open', attempt: { highestId: '0' }, ownerId: '11' });
    expect(took).toBeGreaterThanOrEqual(295);
    // Less than a request may take.
    expect(took).toBeLessThan(15_000);
  });

  it('posts nothing any more', async () => {
    domo.clients.clear();
    domo.fail({ ...get, hang: true });
    domo.fail({ ...get, status: 200, body: [] });
    const { outcome } = await interrupted();
    expect(outcome).toMatchObject({ kind: 'open' });
    expect(counts(domo)).toMatchObject({ create: 1, list: 3 });
  });
});
