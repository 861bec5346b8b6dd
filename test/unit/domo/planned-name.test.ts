import { loadTransport } from '../../../provider/domo/api/transport/http';
import { checkName } from '../../../provider/domo/api-client/planned-name';
import { type FakeDomo, fakeDomo } from '../../support/fake-domo';
import { callOf, connectedTo } from './connected';

// Which resource Terraform plans first is its own choice: here the order is given.
let domo: FakeDomo;
beforeAll(async () => {
  await loadTransport();
  domo = await fakeDomo();
  for (const name of ['a', 'b', 'c', 'd']) domo.add({ name });
});
afterAll(() => domo.close());

/** The names that a plan warns of, if it comes to new clients of these names and to old ones (`!`) in this order. */
async function warnedOf(...order: string[]): Promise<string[]> {
  const connected = connectedTo(domo);
  const warned: string[] = [];
  for (const each of order) {
    const name = each.replace('!', '');
    const holder = [...domo.clients.values()].find((client) => client.name === name);
    if (each.startsWith('!')) {
      connected.planned.noteRead(String(holder?.id));
      continue;
    }
    const { context, diagnostics } = callOf(connected);
    await checkName(
      context as never,
      { name, description: 'other', scopes: ['data'], timeouts: null } as never,
    );
    if (diagnostics.length > 0) warned.push(name);
  }
  return warned;
}

describe('a plan warns of names that are taken', () => {
  it('each time, as long as nothing shows that their holders are managed here', async () => {
    expect(await warnedOf('a', 'b', 'free', 'c')).toEqual(['a', 'b', 'c']);
  });

  it.each([
    [['a', '!d', 'b', 'c'], ['a']],
    [
      ['a', 'b', '!d', 'c', 'd'],
      ['a', 'b'],
    ],
    [['!d', 'a', 'b', 'c'], ['a']],
  ])('not again, once there are clients that are managed: %j', async (order, expected) => {
    expect(await warnedOf(...order)).toEqual(expected);
  });

  it('not of a name whose holder has been read: what becomes of it is not known yet', async () => {
    expect(await warnedOf('!a', 'a', '!b', 'b')).toEqual([]);
  });
});
