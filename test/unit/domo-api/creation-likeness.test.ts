import type { ApiClients } from '../../../provider/domo/api/api-clients';
import type { Creation } from '../../../provider/domo/api/creation';
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

describe('an answer lost, and a client of that name that is not clearly ours', () => {
  const post = { method: 'POST', path: paths.clients };
  const lost = () => domo.fail({ ...post, status: 503 });
  const same = () => ({ ...spec, scopes: [...spec.scopes], userId: domo.me.id });

  /** Creates, and while the POST is on its way to be lost, somebody else makes a client. */
  async function createBeside(fields: Partial<FakeClient>, signal = never, api = clientsOf(domo)) {
    domo.fail({ ...post, delay: 100, status: 503 });
    const outcome = api.create(spec, signal);
    await until('the POST', () => counts(domo).create === 1);
    return { holder: domo.add({ ...same(), ...fields }), outcome };
  }

  async function expectUntouched(outcome: Creation, holder: FakeClient): Promise<void> {
    expect(outcome).toMatchObject({
      kind: 'unclear',
      holder: { id: String(holder.id) },
      why: { status: 503 },
    });
    expect(counts(domo)).toMatchObject({ create: 1, revoke: 0 });
    expect(only()).toBe(holder);
  }

  it.each<[string, () => Partial<FakeClient>]>([
    ['another owner', () => ({ userId: domo.me.id + 1 })],
    ['more scopes', () => ({ scopes: ['data', 'user', 'audit'] })],
    ['fewer scopes', () => ({ scopes: ['data'] })],
    ['another description', () => ({ description: 'For others' })],
    ['no description', () => ({ description: '' })],
    ['another letter case', () => ({ name: 'REPORTS' })],
    ['a name that is mangled', () => ({ name: '_reports_' })],
  ])('%s: it is named and left alone', async (_, other) => {
    const { outcome, holder } = await createBeside(other());
    await expectUntouched(await outcome, holder);
  });

  it('an owner that the list does not show: it is named and left alone', async () => {
    domo.quirks.owners = 'absent';
    const { outcome, holder } = await createBeside({});
    await expectUntouched(await outcome, holder);
  });

  it('who-am-I does not answer: it is asked again', async () => {
    domo.fail({ method: 'GET', path: paths.me, status: 500, times: 2 });
    const { outcome, holder } = await createBeside({});
    expect(await outcome).toMatchObject({ kind: 'secret-lost', client: { id: String(holder.id) } });
    expect(counts(domo)).toMatchObject({ create: 1, me: 3, revoke: 0 });
  });

  it('who-am-I never answers: whose it is stays open', async () => {
    domo.fail({ method: 'GET', path: paths.me, status: 500, times: Number.POSITIVE_INFINITY });
    const { outcome } = await createBeside({}, never, clientsOf(domo, { delays: hasty }));
    expect(await outcome).toMatchObject({ kind: 'open', ownerId: null });
    expect(counts(domo)).toMatchObject({ create: 1, revoke: 0 });
  });

  it('interrupted while who-am-I is asked: whose it is stays open', async () => {
    const interrupt = new AbortController();
    domo.fail({ method: 'GET', path: paths.me, hang: true, times: Number.POSITIVE_INFINITY });
    const { outcome } = await createBeside({}, interrupt.signal, clientsOf(domo, { delays: hasty }));
    await until('who-am-I', () => counts(domo).me === 1);
    interrupt.abort(new Error('fake interrupt'));
    expect(await outcome).toMatchObject({ kind: 'open' });
    expect(counts(domo)).toMatchObject({ create: 1, revoke: 0 });
  });

  it('seen before in a list: it is named and left alone', async () => {
    const holder = domo.add(same());
    const api = clientsOf(domo);
    await api.list(never);
    lost();
    await expectUntouched(await create(api), holder);
  });

  it('made by this very process: it is named and left alone', async () => {
    const api = clientsOf(domo);
    await create(api);
    const holder = only();
    domo.reset();
    lost();
    await expectUntouched(await create(api), holder);
  });

  it('letter case and order of the scopes make no difference', async () => {
    const { outcome, holder } = await createBeside({ scopes: ['USER', 'Data'] });
    expect(await outcome).toMatchObject({ kind: 'secret-lost', client: { id: String(holder.id) } });
  });

  it('asks who-am-I only if the answer matters', async () => {
    const { outcome } = await createBeside({ scopes: ['audit'] });
    await outcome;
    expect(counts(domo).me).toBe(0);
  });

  it('a list that was asked for before the POST but answered after it has not seen the client before', async () => {
    const api = clientsOf(domo);
    await api.list(never);
    domo.fail({ method: 'GET', path: paths.clients, delay: 300 });
    const slow = api.upToDate(never);
    await until('the slow list to be asked for', () => counts(domo).list === 2);
    domo.fail({ ...post, drop: 'after' });
    expect(await create(api)).toMatchObject({ kind: 'secret-lost', client: { id: String(only().id) } });
    expect((await slow).byName('reports')).toHaveLength(1);
  });
});
