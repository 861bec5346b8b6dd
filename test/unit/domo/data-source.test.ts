import { apiClient } from '../../../provider/domo/api-client/data-source';
import { type FakeDomo, fakeDomo, paths } from '../../support/fake-domo';
import { callOf, connectedTo } from './connected';

let domo: FakeDomo;
beforeEach(async () => {
  domo = await fakeDomo();
});
afterEach(() => domo.close());

const lists = () => domo.requests.filter(({ method, path }) => method === 'GET' && path === paths.clients);

it.each([
  ['while planning, the list of the run answers', false, 1],
  [
    'while applying, what it depends on may have changed the client: each asks for a list of its own',
    true,
    3,
  ],
])('%s', async (_, mayApply, expected) => {
  domo.add({ name: 'reports', userId: domo.me.id });
  const here = connectedTo(domo);
  const connected = { at: () => ({ ...here, mayApply }) };
  const read = () =>
    apiClient.definition.read(
      callOf(connected).context as never,
      { id: null, name: 'reports', owners: null, instance: null } as never,
    );
  await read();
  await read();
  expect(lists()).toHaveLength(expected);
});
