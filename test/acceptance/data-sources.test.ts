import { type FakeDomo, paths } from '../support/fake-domo';
import { type Engine, engines } from '../support/terraform';
import { client, openDomo, setUp, tearDown } from './setup';

afterAll(tearDown);

const whoAmI = `GET ${paths.me}`;

/** A data source whose whole value is an output. */
const data = (type: string, ...lines: string[]) =>
  `data "domo_${type}" "it" {\n  ${lines.join('\n  ')}\n}\noutput "it" {\n  value = data.domo_${type}.it\n}\n`;

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

  async function read(domo: FakeDomo, configuration: string) {
    const { work } = await setUp(configuration, { engine, domo });
    await work.apply();
    expect(await work.plan()).toBe('empty');
    return (await work.output('it')) as Record<string, unknown>;
  }

  /** What a plan that must fail says. */
  async function refusal(domo: FakeDomo, configuration: string) {
    const { code, text } = await (await setUp(configuration, { engine, domo })).plan();
    expect(code).toBe(1);
    return text;
  }

  describe('domo_api_clients', () => {
    it.concurrent('shows all, in the order of their numbers, and no whole client id', async () => {
      const { domo, own, made } = await withClients();
      const all = await read(domo, data('api_clients'));
      const { host } = new URL(domo.url);
      const masked = Object.fromEntries(made.map(({ id, clientId }) => [id, `${clientId.slice(0, 8)}…`]));
      const rest = { description: expect.any(String), scopes: ['audit'], owner: null };
      expect(all).toEqual({
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
    });

    it.concurrent('passes what passes every filter', async () => {
      const { domo } = await withClients();
      const filters = ['name_regex = "[ab]"', 'owner_ids = [12, 11]', 'scopes_all = ["Data"]'];
      const some = await read(domo, data('api_clients', ...filters));
      expect(some).toMatchObject({ names: ['a', 'b'], sees_all_owners: true });
      const none = await read(domo, data('api_clients', 'scopes_any = ["buzz"]', 'owner_ids = []'));
      // What is filtered away has been seen all the same.
      expect(none).toMatchObject({ ids: [], names: [], clients: [], sees_all_owners: true });
    });

    it.concurrent('knows whether it sees other owners, and asks who it is only if it must', async () => {
      const { domo, own } = await withClients();
      expect(await read(domo, data('api_clients'))).toMatchObject({ sees_all_owners: true });
      expect(domo.count(whoAmI)).toBe(0);
      domo.me.sees = 'own';
      expect(await read(domo, data('api_clients'))).toMatchObject({ names: ['b'], sees_all_owners: false });
      expect(domo.count(whoAmI)).toBeGreaterThan(0);
      domo.me.sees = 'all';
      for (const { id } of [...domo.clients.values()].filter(({ userId }) => userId !== 12)) domo.revoke(id);
      expect(await read(domo, data('api_clients'))).toMatchObject({ names: ['a'], sees_all_owners: true });
      domo.me.id = 12;
      expect(await read(domo, data('api_clients'))).toMatchObject({ names: ['a'], sees_all_owners: false });
      domo.me.id = own;
      domo.me.sees = 'none-empty';
      domo.reset();
      expect(await read(domo, data('api_clients'))).toMatchObject({ ids: [], sees_all_owners: false });
      expect(domo.count(whoAmI)).toBe(0);
    });

    it.concurrent('refuses a malformed pattern, and warns of an unknown scope', async () => {
      const { domo } = await withClients();
      const text = await refusal(domo, data('api_clients', 'name_regex = "sales ("', 'owner_ids = ["me"]'));
      expect(text).toMatch(/Invalid name_regex.*"sales \(" is invalid: missing closing \)/s);
      expect(text).toMatch(/Invalid owner_ids.*"me" is not/s);
      expect(domo.requests).toEqual([]);
      const { work, apply } = await setUp(data('api_clients', 'scopes_any = ["dta", "data"]'), {
        engine,
        domo,
      });
      const { text: warned } = await apply();
      expect(warned).toMatch(/Warning: Unknown scope in a filter.*Did you mean "data"\?/s);
      expect(await work.output('it')).toMatchObject({ names: ['a', 'b'] });
    });

    it.concurrent('is an error if Domo refuses the list', async () => {
      const { domo } = await withClients();
      domo.me.sees = 'none-403';
      const text = await refusal(domo, data('api_clients'));
      expect(text).toMatch(/Domo rejected the request.*Listing the API clients/s);
      expect(text).toContain('GET /api/identity/v1/developer-tokens: Domo returned 403');
    });
  });

  describe('domo_api_client', () => {
    it.concurrent.each(['id = 10000', 'name = "b"'])('finds a client by %s', async (by) => {
      const { domo, own, made } = await withClients();
      expect(await read(domo, data('api_client', by))).toEqual({
        id: '10000',
        name: 'b',
        description: 'B.',
        scopes: ['data', 'user'],
        owner_id: String(own),
        owner: null,
        owners: null,
        instance: new URL(domo.url).host,
        masked_client_id: `${made[0]?.clientId.slice(0, 8)}…`,
      });
    });

    it.concurrent('tells "there is none" from "not shown to me"', async () => {
      const { domo } = await withClients();
      domo.add({ name: 'nightly-export', userId: 12 });
      const misspelled = await refusal(domo, data('api_client', 'name = "nightly-exprt"'));
      expect(misspelled).toMatch(/There is no such API client.*Did you mean "nightly-export"\?/s);
      expect(await refusal(domo, data('api_client', 'id = "77"'))).toMatch(
        /There is no such API client.*the\s+id 77\./s,
      );
      domo.me.sees = 'own';
      const hidden = await refusal(domo, data('api_client', 'name = "a"'));
      expect(hidden).toContain('No such API client is visible');
      expect(hidden).toContain('"Manage All Access Tokens and API Clients"');
      domo.me.sees = 'none-403';
      expect(await refusal(domo, data('api_client', 'name = "a"'))).toContain('Domo returned 403');
    });

    it.concurrent('needs exactly one of id and name', async () => {
      const { domo } = await withClients();
      for (const [lines, why] of [
        [[], 'Neither is set'],
        [['id = "9"', 'name = "a"'], 'Both are set'],
      ] as const) {
        const text = await refusal(domo, data('api_client', ...lines));
        expect(text.replace(/[\s│]+/g, ' ')).toMatch(new RegExp(`Set exactly one of id and name.*${why}`));
      }
      expect(await refusal(domo, data('api_client', 'id = "a"'))).toContain(
        'To look a client up by name, set name',
      );
      expect(domo.requests).toEqual([]);
    });

    it.concurrent('waits for what it depends on', async () => {
      const { domo } = await withClients();
      const late = `${client('late')}${data('api_client', 'id = domo_api_client.late.id')}`;
      expect(await read(domo, late)).toMatchObject({ name: 'late', scopes: ['data'] });
    });
  });

  it.concurrent('domo_api_client_scopes tells every scope, and asks nobody', async () => {
    const domo = await openDomo();
    const added = 'provider "domo" {\n  additional_scopes = ["Mobile", "DATA"]\n}\n';
    const { scopes } = await read(domo, data('api_client_scopes') + added);
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
