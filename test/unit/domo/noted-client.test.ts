import type { NotedClient } from '../../../provider/domo/api/records';
import { loadTransport } from '../../../provider/domo/api/transport/http';
import { revokeNoted } from '../../../provider/domo/api-client/noted-client';
import { type FakeClient, type FakeDomo, fakeDomo, type Quirks } from '../../support/fake-domo';
import { clientsOf, counts, never } from '../domo-api/support';

let domo: FakeDomo;
beforeAll(() => loadTransport());
beforeEach(async () => {
  domo = await fakeDomo();
  domo.add({ name: 'another', userId: domo.me.id });
});
afterEach(() => domo.close());

async function note({ id }: FakeClient, api = clientsOf(domo)): Promise<NotedClient> {
  const client = (await api.list(never)).byId(String(id));
  if (!client) throw new Error('It is not listed.');
  return client;
}

describe('a client that was noted', () => {
  it.each(['full', 'stars', 'first-8'] as Quirks['clientIds'][])(
    'is revoked if everything agrees, with client ids shown as %p',
    async (clientIds) => {
      domo.quirks.clientIds = clientIds;
      const rogue = domo.add({ name: 'rogue' });
      const noted = await note(rogue);
      expect(await revokeNoted(clientsOf(domo), noted, never)).toEqual({ kind: 'revoked' });
      expect(domo.clients.has(rogue.id)).toBe(false);
    },
  );

  it('is looked up in a list that is begun now, whatever the run has read before', async () => {
    const rogue = domo.add({ name: 'rogue' });
    const api = clientsOf(domo);
    const noted = await note(rogue, api);
    rogue.clientId = 'ffffffff-0000-4000-8000-000000000000';
    expect(await revokeNoted(api, noted, never)).toMatchObject({ kind: 'stranger' });
    expect(counts(domo)).toMatchObject({ list: 2, revoke: 0 });
  });

  it.each<[string, string, Partial<FakeClient>]>([
    ['another client id', 'stranger', { clientId: 'ffffffff-0000-4000-8000-000000000000' }],
    ['another name', 'other', { name: 'reports' }],
  ])('is left alone if its id has %s now', async (_, kind, changed) => {
    const rogue = domo.add({ name: 'rogue' });
    const noted = await note(rogue);
    Object.assign(rogue, changed);
    expect(await revokeNoted(clientsOf(domo), noted, never)).toMatchObject({ kind });
    expect(counts(domo).revoke).toBe(0);
  });

  it('is left alone if it has another name and Domo shows too little of its client id', async () => {
    domo.quirks.clientIds = () => '****';
    const rogue = domo.add({ name: 'rogue' });
    const noted = await note(rogue);
    rogue.name = 'reports';
    expect(await revokeNoted(clientsOf(domo), noted, never)).toMatchObject({ kind: 'renamed' });
    expect(counts(domo).revoke).toBe(0);
  });

  it('leaves another client of its name alone', async () => {
    const rogue = domo.add({ name: 'rogue' });
    const noted = await note(rogue);
    domo.revoke(rogue.id);
    const next = domo.add({ name: 'rogue' });
    expect(await revokeNoted(clientsOf(domo), noted, never)).toEqual({ kind: 'gone' });
    expect(domo.clients.has(next.id)).toBe(true);
  });

  it('can be revoked by a resource as well: the second finds it gone, whatever the list shows its caller', async () => {
    domo.clients.clear();
    const rogue = domo.add({ name: 'rogue' });
    const mine = domo.add({ name: 'mine', userId: domo.me.id });
    const api = clientsOf(domo);
    const [noted, other] = [await note(rogue, api), await note(mine, api)];
    expect(await revokeNoted(api, noted, never)).toEqual({ kind: 'revoked' });
    // The list has only the caller's own clients now, and proves nothing of those of others.
    expect(await revokeNoted(api, noted, never)).toEqual({ kind: 'gone' });
    const both = [revokeNoted(api, other, never), revokeNoted(api, other, never)];
    expect((await Promise.all(both)).map(({ kind }) => kind).sort()).toEqual(['gone', 'revoked']);
  });
});
