import type { ClientSpec } from '../../../provider/domo/api/records';
import { failureOf } from '../../support/failure';
import { type FakeDomo, fakeDomo, paths } from '../../support/fake-domo';
import { isThorough } from '../../support/thorough';
import { until } from '../../support/until';
import { clientsOf, counts, never } from './support';

const spec = (n = 1): ClientSpec => ({ name: `reports ${n}`, description: '', scopes: ['data'] });

let domo: FakeDomo;
beforeEach(async () => {
  domo = await fakeDomo();
});
afterEach(async () => {
  jest.restoreAllMocks();
  await domo.close();
});

const post = { method: 'POST', path: paths.clients };
const get = { method: 'GET', path: paths.clients };
const always = { times: Number.POSITIVE_INFINITY };
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const methods = () => domo.requests.map(({ method }) => method);

describe('a creation is sent', () => {
  it('after a list, if there was none', async () => {
    await clientsOf(domo).create(spec(), never);
    expect(methods()).toEqual(['GET', 'POST']);
  });

  it('on the list that there is, if that was answered a moment ago', async () => {
    const api = clientsOf(domo);
    await api.list(never);
    await api.create(spec(), never);
    expect(methods()).toEqual(['GET', 'POST']);
  });

  it('after another list, if the latest was answered too long ago', async () => {
    const api = clientsOf(domo, { delays: { recent: 50 } });
    await api.list(never);
    await sleep(60);
    await api.create(spec(), never);
    expect(methods()).toEqual(['GET', 'GET', 'POST']);
  });

  it('on a list that took long, if that was answered a moment ago', async () => {
    const api = clientsOf(domo, { delays: { recent: 20_000 } });
    domo.fail({ ...get, delay: 100 });
    const list = api.list(never);
    await until('the request', () => counts(domo).list === 1);
    const now = performance.now.bind(performance);
    jest.spyOn(performance, 'now').mockImplementation(() => now() + 30_000);
    await list;
    await api.create(spec(), never);
    expect(methods()).toEqual(['GET', 'POST']);
  });

  it('after one list at most, even if that takes longer than a list may be old', async () => {
    const api = clientsOf(domo, { delays: { recent: 50 } });
    domo.fail({ ...get, delay: 200, ...always });
    await api.create(spec(), never);
    expect(methods()).toEqual(['GET', 'POST']);
  });

  it('after one list for all that wait, also for one that is on its way', async () => {
    const api = clientsOf(domo, { delays: { recent: 2_000 } });
    domo.fail({ ...get, delay: 300 });
    const early = Array.from({ length: 25 }, (_, n) => api.create(spec(n), never));
    await until('the list', () => counts(domo).list === 1);
    await sleep(50);
    const late = Array.from({ length: 25 }, (_, n) => api.create(spec(n + 25), never));
    for (const made of await Promise.all([...early, ...late]))
      expect(made).toMatchObject({ kind: 'created' });
    expect(methods()).toEqual(['GET', ...Array(50).fill('POST')]);
  });

  const many = isThorough ? 1_000 : 300;
  it(`${many} times with few lists`, async () => {
    const api = clientsOf(domo, { delays: { recent: 1_000 } });
    const names = Array.from({ length: many }, (_, n) => n);
    const started = performance.now();
    await Promise.all(
      Array.from({ length: 10 }, async () => {
        for (let n = names.pop(); n !== undefined; n = names.pop()) await api.create(spec(n), never);
      }),
    );
    const seconds = (performance.now() - started) / 1_000;
    expect(domo.clients.size).toBe(many);
    expect(counts(domo).create).toBe(many);
    expect(counts(domo).list).toBeLessThanOrEqual(Math.ceil(seconds) + 1);
  });

  it('on a list that is recent when it is really sent, after a wait for the rate', async () => {
    const api = clientsOf(domo, { delays: { recent: 500 } });
    domo.fail({ ...post, status: 429, headers: { 'Retry-After': '1' } });
    expect(await api.create(spec(), never)).toMatchObject({ kind: 'created' });
    expect(methods()).toEqual(['GET', 'POST', 'GET', 'POST']);
  });

  it.each<[string, object]>([
    ['500', { status: 500 }],
    ['a web page', { status: 200, body: '<html>' }],
  ])('after another list, if one comes to nothing: %s', async (_, fault) => {
    const api = clientsOf(domo);
    domo.fail({ ...get, ...fault, times: 2 });
    domo.fail({ ...post, status: 503, afterWork: true });
    const made = await Promise.all([api.create(spec(1), never), api.create(spec(2), never)]);
    expect(made.map(({ kind }) => kind).sort()).toEqual(['created', 'secret-lost']);
    expect(methods().slice(0, 5)).toEqual(['GET', 'GET', 'GET', 'POST', 'POST']);
  });

  it('all the same if no list is to be had', async () => {
    domo.fail({ ...get, status: 500, ...always });
    expect(await clientsOf(domo).create(spec(), never)).toMatchObject({ kind: 'created' });
    expect(methods()).toEqual(['GET', 'GET', 'GET', 'GET', 'POST']);
  });

  it('all the same, and at once, if the list is refused or was tried again already', async () => {
    for (const status of [403, 503]) {
      domo.fail({ ...get, status });
      expect(await clientsOf(domo).create(spec(status), never)).toMatchObject({ kind: 'created' });
      expect(methods().slice(-2)).toEqual(['GET', 'POST']);
    }
    expect(methods()).toHaveLength(4);
  });

  it('not any more if it is interrupted while it waits for the list', async () => {
    const interrupt = new AbortController();
    domo.fail({ ...get, hang: true });
    const made = failureOf(clientsOf(domo).create(spec(), interrupt.signal));
    await until('the list', () => counts(domo).list === 1);
    interrupt.abort(new Error('fake interrupt'));
    expect(await made).toMatchObject({ kind: 'aborted', endpoint: `POST ${paths.clients}` });
    await sleep(50);
    expect(methods()).toEqual(['GET']);
  });
});
