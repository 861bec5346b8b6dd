import { type FakeDomo, paths } from '../support/fake-domo';
import { type Engine, engines } from '../support/terraform';
import { client, entries, openDomo, setUp, tearDown } from './setup';

afterAll(tearDown);

const whoAmI = `GET ${paths.me}`;

const data = (type: string, label: string, ...lines: string[]) =>
  `data "domo_${type}" "${label}" {\n  ${lines.join('\n  ')}\n}\n`;

describe.each(engines())('with $name', (engine: Engine) => {
  async function withClients() {
    const domo = await openDomo();
    domo.quirks.clientIds = 'full';
    const own = domo.me.id;
    const made = [
      domo.add({ id: 10_000, name: 'b', description: 'B.', scopes: ['USER', 'data'], userId: own }),
      domo.add({ id: 9, name: 'a', description: '', scopes: ['data'], userId: 12 }),
      domo.add({ id: 90, name: 'c', scopes: ['audit'], userId: 13 }),
    ];
    return { domo, own, made };
  }

  /** What data sources have read in an apply. */
  async function read(domo: FakeDomo, configuration: string, provider = '') {
    const { work } = await setUp(configuration, { engine, domo, provider });
    await work.apply();
    const state = await work.state();
    return {
      work,
      seen: (type: string, label: string) => state.attributes(`data.domo_${type}.${label}`),
    };
  }

  /** What a plan that must fail says. */
  async function refusal(domo: FakeDomo, configuration: string, provider = '') {
    const { code, text } = await (await setUp(configuration, { engine, domo, provider })).plan();
    expect(code).toBe(1);
    return text;
  }

  describe('domo_api_clients', () => {
    it.concurrent('shows all, in the order of their numbers, and no whole client id', async () => {
      const { domo, own, made } = await withClients();
      const { seen, work } = await read(domo, data('api_clients', 'all'));
      const { host } = new URL(domo.url);
      const masked = Object.fromEntries(made.map(({ id, clientId }) => [id, `${clientId.slice(0, 8)}…`]));
      const rest = { description: expect.any(String), scopes: ['audit'], owner: null };
      expect(seen('api_clients', 'all')).toEqual({
        instance: host,
        owners: null,
        name_regex: null,
        owner_ids: null,
        scopes_any: null,
        scopes_all: null,
        ids: ['9', '90', '10000'],
        names: ['a', 'c', 'b'],
        clients: [
          {
            id: '9',
            name: 'a',
            owner_id: '12',
            owner: null,
            scopes: ['data'],
            description: '',
            masked_client_id: masked[9],
          },
          { id: '90', name: 'c', owner_id: '13', ...rest, masked_client_id: masked[90] },
          {
            id: '10000',
            name: 'b',
            owner_id: String(own),
            owner: null,
            scopes: ['data', 'user'],
            description: 'B.',
            masked_client_id: masked[10_000],
          },
        ],
        sees_all_owners: true,
      });
      expect(await work.plan()).toBe('empty');
    });

    it.concurrent('passes what passes every filter', async () => {
      const { domo } = await withClients();
      const { seen } = await read(
        domo,
        data('api_clients', 'some', 'name_regex = "[ab]"', 'owner_ids = [12, 11]', 'scopes_all = ["Data"]') +
          data('api_clients', 'none', 'scopes_any = ["buzz"]', 'owner_ids = []'),
      );
      expect(seen('api_clients', 'some')).toMatchObject({ names: ['a', 'b'], sees_all_owners: true });
      // What is filtered away has been seen all the same.
      expect(seen('api_clients', 'none')).toMatchObject({
        ids: [],
        names: [],
        clients: [],
        sees_all_owners: true,
      });
    });

    it.concurrent('knows whether it sees other owners, and asks who it is only if it must', async () => {
      const instances = {
        all: (await withClients()).domo,
        own: (await withClients()).domo,
        others: (await withClients()).domo,
        mine: (await withClients()).domo,
        nothing: (await withClients()).domo,
      };
      const { all, own, others, mine, nothing } = instances;
      own.me.sees = 'own';
      // Seeing one owner only proves something if that is somebody else.
      for (const { clients } of [others, mine])
        for (const { id, userId } of [...clients.values()]) if (userId !== 12) clients.delete(id);
      mine.me.id = 12;
      nothing.me.sees = 'none-empty';
      const { seen } = await read(
        await openDomo(),
        Object.keys(instances)
          .map((each) => data('api_clients', each, `instance = "${each}"`))
          .join(''),
        entries(instances),
      );
      const names = (each: string) => {
        const { names, sees_all_owners } = seen('api_clients', each);
        return { names, sees_all_owners };
      };
      expect(names('all')).toEqual({ names: ['a', 'c', 'b'], sees_all_owners: true });
      expect(all.count(whoAmI)).toBe(0);
      expect(names('own')).toEqual({ names: ['b'], sees_all_owners: false });
      expect(own.count(whoAmI)).toBeGreaterThan(0);
      expect(names('others')).toEqual({ names: ['a'], sees_all_owners: true });
      expect(names('mine')).toEqual({ names: ['a'], sees_all_owners: false });
      expect(names('nothing')).toEqual({ names: [], sees_all_owners: false });
      expect(nothing.count(whoAmI)).toBe(0);
    });

    it.concurrent('refuses a malformed pattern, and warns of an unknown scope', async () => {
      const { domo } = await withClients();
      const malformed = data('api_clients', 'all', 'name_regex = "sales ("', 'owner_ids = ["me"]');
      const text = await refusal(domo, malformed);
      expect(text).toMatch(/Invalid name_regex.*"sales \(" is invalid: missing closing \)/s);
      expect(text).toMatch(/Invalid owner_ids.*"me" is not/s);
      expect(domo.requests).toEqual([]);
      const { work, apply } = await setUp(data('api_clients', 'some', 'scopes_any = ["dta", "data"]'), {
        engine,
        domo,
      });
      const { text: warned } = await apply();
      expect(warned).toMatch(/Warning: Unknown scope in a filter.*Did you mean "data"\?/s);
      expect((await work.state()).attributes('data.domo_api_clients.some')).toMatchObject({
        names: ['a', 'b'],
      });
    });

    it.concurrent('is an error if Domo refuses the list', async () => {
      const { domo } = await withClients();
      domo.me.sees = 'none-403';
      const text = await refusal(domo, data('api_clients', 'all'));
      expect(text).toMatch(/Domo rejected the request.*Listing the API clients/s);
      expect(text).toContain('GET /api/identity/v1/developer-tokens: Domo returned 403');
    });
  });

  describe('domo_api_client', () => {
    it.concurrent('finds a client by its id, and by its name', async () => {
      const { domo, own, made } = await withClients();
      const { seen } = await read(
        domo,
        data('api_client', 'by_id', 'id = 10000') + data('api_client', 'by_name', 'name = "b"'),
      );
      const found = {
        id: '10000',
        name: 'b',
        description: 'B.',
        scopes: ['data', 'user'],
        owner_id: String(own),
        owner: null,
        owners: null,
        instance: new URL(domo.url).host,
        masked_client_id: `${made[0]?.clientId.slice(0, 8)}…`,
      };
      expect(seen('api_client', 'by_id')).toEqual(found);
      expect(seen('api_client', 'by_name')).toEqual(found);
    });

    it.concurrent('tells "there is none" from "not shown to me"', async () => {
      const { domo } = await withClients();
      domo.add({ name: 'nightly-export', userId: 12 });
      const [own, forbidden] = [(await withClients()).domo, (await withClients()).domo];
      own.me.sees = 'own';
      forbidden.me.sees = 'none-403';
      const text = await refusal(
        domo,
        data('api_client', 'misspelled', 'name = "nightly-exprt"') +
          data('api_client', 'unknown', 'id = "77"') +
          data('api_client', 'hidden', 'instance = "own"', 'name = "a"') +
          data('api_client', 'forbidden', 'instance = "forbidden"', 'name = "a"'),
        entries({ own, forbidden }),
      );
      const [misspelled, unknown, hidden, refused] = ['misspelled', 'unknown', 'hidden', 'forbidden'].map(
        (label) => text.split('Error: ').find((each) => each.includes(`data.domo_api_client.${label},`)),
      );
      expect(misspelled).toMatch(/There is no such API client.*Did you mean "nightly-export"\?/);
      expect(unknown).toMatch(/There is no such API client.*the id 77\./);
      expect(hidden).toContain('No such API client is visible');
      expect(hidden).toContain('"Manage All Access Tokens and API Clients"');
      expect(refused).toContain('Domo returned 403');
    });

    it.concurrent('needs exactly one of id and name', async () => {
      const { domo } = await withClients();
      const text = await refusal(
        domo,
        data('api_client', 'neither') +
          data('api_client', 'both', 'id = "9"', 'name = "a"') +
          data('api_client', 'name', 'id = "a"'),
      );
      expect(text).toMatch(/Set exactly one of id and name(?:(?!Error: ).)*Neither is set/);
      expect(text).toMatch(/Set exactly one of id and name(?:(?!Error: ).)*Both are set/);
      expect(text).toContain('To look a client up by name, set name');
      expect(domo.requests).toEqual([]);
    });

    it.concurrent('waits for what it depends on', async () => {
      const { domo } = await withClients();
      const late = client('late') + data('api_client', 'late', 'id = domo_api_client.late.id');
      const { seen, work } = await read(domo, late);
      expect(seen('api_client', 'late')).toMatchObject({ name: 'late', scopes: ['data'] });
      expect(await work.plan()).toBe('empty');
    });
  });

  it.concurrent('domo_api_client_scopes tells every scope, and asks nobody', async () => {
    const domo = await openDomo();
    const added = 'additional_scopes = ["Mobile", "DATA"]';
    const { seen } = await read(domo, data('api_client_scopes', 'known'), added);
    const { scopes } = seen('api_client_scopes', 'known');
    expect(Object.keys(scopes as object)).toEqual([
      'Mobile',
      'account',
      'audit',
      'buzz',
      'dashboard',
      'data',
      'user',
      'workflow',
    ]);
    for (const meaning of Object.values(scopes as object)) expect(meaning).toMatch(/^[A-Z].{10,}/);
    expect(domo.requests).toEqual([]);
  });
});
