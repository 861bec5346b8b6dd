import { developerTokens, errorOf, names, sandbox, type TestSandbox } from './test-sandbox';

const forbidden = (path: unknown = developerTokens) => ({ ...errorOf(403, 'Forbidden', 'Forbidden'), path });

// Domo's table, with one column for each of the four users. Creating needs its own grant; the rest either.
const table = [
  { may: 'create clients', admin: true, creator: true, manager: false, guest: false },
  { may: 'see the clients that one owns', admin: true, creator: true, manager: true, guest: false },
  { may: 'see all clients of the instance', admin: true, creator: false, manager: true, guest: false },
  { may: 'revoke the clients that one created', admin: true, creator: true, manager: true, guest: false },
  { may: 'revoke any client of the instance', admin: true, creator: false, manager: true, guest: false },
] as const;

const users = ['admin', 'creator', 'manager', 'guest'] as const;

describe('the grants', () => {
  let domo: TestSandbox;
  beforeEach(async () => {
    domo = await sandbox();
  });
  afterEach(() => domo.close());

  const otherThan = (user: string) => (user === 'admin' ? 'creator' : 'admin');
  const sees = async (user: string, name: string) => {
    const answer = await domo.list(user);
    return answer.status === 200 && names(answer).includes(name);
  };
  const revokes = async (user: string, owner: string) => {
    const { id } = await domo.seed(owner, 'a client');
    const { status, json } = await domo.revoke(user, id);
    const isGone = domo.store.allClients().length === 0;
    expect([status, json, isGone]).toEqual(
      status === 204 ? [204, undefined, true] : [403, forbidden(`${developerTokens}/${id}`), false],
    );
    return isGone;
  };

  const tries: Record<(typeof table)[number]['may'], (user: string) => Promise<boolean>> = {
    'create clients': async (user) => {
      const { status, json } = await domo.create(user, { name: 'made', scopes: ['data'] });
      if (status !== 201) expect([status, json]).toEqual([403, forbidden()]);
      expect(domo.store.allClients().length).toBe(status === 201 ? 1 : 0);
      return status === 201;
    },
    'see the clients that one owns': async (user) => {
      await domo.seed(user, 'own');
      return sees(user, 'own');
    },
    'see all clients of the instance': async (user) => {
      await domo.seed(otherThan(user), 'of another');
      return sees(user, 'of another');
    },
    'revoke the clients that one created': (user) => revokes(user, user),
    'revoke any client of the instance': (user) => revokes(user, otherThan(user)),
  };

  for (const row of table) {
    for (const user of users) {
      it(`${user} may ${row[user] ? '' : 'not '}${row.may}`, async () => {
        expect(await tries[row.may](user)).toBe(row[user]);
      });
    }
  }

  it('without any grant the list, a creation and a revoke are 403, even of what is not there or is wrong', async () => {
    for (const { status, json } of [
      await domo.list('guest'),
      await domo.create('guest', { name: '', scopes: [] }),
      await domo.revoke('guest', 999),
    ]) {
      expect([status, json]).toEqual([403, forbidden(expect.any(String))]);
    }
  });
});
