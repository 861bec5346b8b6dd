import { loadTransport } from '../../../../provider/domo/api/transport/http';
import { type FakeDomo, fakeDomo } from '../../../support/fake-domo';
import { only, revocations, set, settled, titles } from './support';

let domo: FakeDomo;
let emea: FakeDomo;
beforeAll(() => loadTransport());
beforeEach(async () => {
  [domo, emea] = [await fakeDomo(), await fakeDomo()];
  for (const each of [domo, emea]) each.add({ name: 'portal' });
});
afterEach(() => Promise.all([domo.close(), emea.close()]));

const settings = () => {
  const none = { username: null, password: null, api_url: null };
  return { instances: { emea: { ...none, access_token: emea.token, base_url: emea.url } } };
};
const on = (instance: string | null, ...names: string[]) => {
  const { type, config } = only(names);
  return { type, config: { ...config, instance } };
};
const other = 'domo_api_clients_exclusive.other';

it('each instance has names of its own, and only its own clients go', async () => {
  const both = { [set]: on(null, 'portal'), [other]: on('emea', 'portal') };
  const { state, plan, apply } = await settled(domo, both, { settings: settings() });
  emea.add({ name: 'rogue' });
  const planned = await plan(both, state);
  expect(planned.changes.map(({ address }) => address)).toEqual([other]);
  await apply(planned);
  expect([domo.clients.size, emea.clients.size]).toEqual([1, 1]);
  expect([revocations(domo), revocations(emea)]).toEqual([0, 1]);
});

it('two spellings of one instance are one', async () => {
  const { state, plan } = await settled(domo, { [set]: on('emea', 'portal') }, { settings: settings() });
  const spelled = on(new URL(emea.url).host.toUpperCase(), 'portal');
  const { said } = await plan({ [set]: on('EMEA', 'portal'), [other]: spelled }, state);
  expect(titles(said)).toContain('! Two sets of names for one instance');
  expect((await plan({ [set]: spelled }, state)).changes).toEqual([]);
});

it('another instance revokes nothing, neither there nor here', async () => {
  const { state, plan, apply } = await settled(
    domo,
    { [set]: on('emea', 'portal') },
    { settings: settings() },
  );
  for (const each of [domo, emea]) each.add({ name: 'rogue' });
  const planned = await plan({ [set]: on('acme', 'nothing of all') }, state);
  expect(titles(planned.said).filter((title) => title.startsWith('!'))).toEqual([]);
  expect(planned.changes).toMatchObject([{ planned: { instance: 'acme' } }]);
  // An engine destroys what is replaced, and then creates.
  const prior = new Map([...planned.prior].filter(([address]) => address !== set));
  const { said } = await apply({ ...planned, prior });
  expect(titles(said).filter((title) => title.startsWith('!'))).toEqual([]);
  expect([revocations(domo), revocations(emea)]).toEqual([0, 0]);
});
