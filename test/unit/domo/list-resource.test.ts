import { loadTransport } from '../../../provider/domo/api/transport/http';
import type { Filters } from '../../../provider/domo/api-client/filters';
import { apiClientList } from '../../../provider/domo/api-client/list-resource';
import type { Instances } from '../../../provider/domo/instances';
import type { Failure, ListContext } from '../../../provider/framework';
import { failureOf } from '../../support/failure';
import { type FakeDomo, fakeDomo, paths } from '../../support/fake-domo';
import { openedFor } from './connected';

const everything: Filters = { name_regex: null, owner_ids: null, scopes_any: null, scopes_all: null };

let domo: FakeDomo;
let connected: Instances;
// A connection loads it when nothing else is to do, which can be after the tests.
beforeAll(async () => void (await loadTransport()));
beforeEach(async () => {
  domo = await fakeDomo();
  connected = openedFor(domo);
});
afterEach(() => domo.close());

interface Found {
  readonly displayName: string;
  readonly identity: object;
  readonly resource?: Readonly<Record<string, unknown>>;
}

/** What one list block gets, in the order of events. */
async function list(filter: Partial<Filters> = {}, limit = 100) {
  const warnings: string[] = [];
  const events: string[] = [];
  const found: Found[] = [];
  const context: ListContext<Instances> = {
    client: connected,
    signal: new AbortController().signal,
    limit,
    includeResource: true,
    warn(summary, detail) {
      warnings.push(`${summary}\n${detail}`);
      events.push(summary);
    },
  };
  const config = { instance: null, ...everything, ...filter };
  for await (const each of apiClientList.definition.list(context as never, config as never)) {
    found.push(each as unknown as Found);
    events.push(each.displayName);
  }
  return { warnings, events, found };
}

const addThree = () =>
  ['a', 'b', 'c'].map((name, index) =>
    domo.add({ name, userId: index + 1, scopes: [['data'], ['user'], ['audit', 'DATA']][index] ?? [] }),
  );

it('finds clients by identity, with a name for people and nothing secret', async () => {
  const [one] = addThree();
  const { found, warnings } = await list();
  expect(warnings).toEqual([]);
  expect(found).toHaveLength(3);
  expect(found[0]).toEqual({
    displayName: `a (${one?.id})`,
    identity: { instance: 'acme', id: String(one?.id) },
    resource: {
      id: String(one?.id),
      name: 'a',
      description: '',
      scopes: ['data'],
      client_id: null,
      masked_client_id: `${one?.clientId.slice(0, 8)}…`,
      client_secret: null,
      secret_public_key: null,
      encrypted_client_secret: null,
      owner_id: '1',
      instance: 'acme',
      timeouts: null,
    },
  });
  expect(JSON.stringify(found)).not.toContain(one?.clientId);
});

it.each<[Partial<Filters>, string[]]>([
  [{ name_regex: '^[ab]$' }, ['a', 'b']],
  [{ scopes_any: ['data'] }, ['a', 'c']],
  [{ scopes_all: ['data', 'audit'] }, ['c']],
  [{ owner_ids: ['2'] }, ['b']],
])('takes the filters of the data source: %j', async (filter, names) => {
  addThree();
  const { found } = await list(filter);
  expect(found.map(({ resource }) => resource?.name)).toEqual(names);
});

it('says before the first result what limit leaves out', async () => {
  addThree();
  const { events, warnings } = await list({}, 2);
  expect(events).toEqual([
    '3 clients match, and limit is 2',
    expect.stringMatching(/^a /),
    expect.stringMatching(/^b /),
  ]);
  expect(warnings[0]).toContain('set limit = 3');
  expect((await list({}, 3)).warnings).toEqual([]);
});

it('says for each block that clients of other owners may be hidden', async () => {
  domo.add({ name: 'mine', userId: domo.me.id });
  const title = "Other owners' API clients may be hidden";
  for (const filter of [{}, { name_regex: 'mine' }])
    expect((await list(filter)).events).toEqual([title, expect.stringMatching(/^mine /)]);
  expect((await list({ name_regex: 'theirs' })).events).toEqual([title]);
});

it('does not fail if Domo does not say who the caller is', async () => {
  domo.add({ name: 'mine', userId: domo.me.id });
  domo.fail({ path: paths.me, status: 403, body: 'Forbidden' });
  expect((await list()).events).toHaveLength(2);
});

it('asks for one list, whatever the number of blocks', async () => {
  addThree();
  await Promise.all([list(), list({ name_regex: 'a' }), list()]);
  await list();
  expect(domo.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([`GET ${paths.clients}`]);
});

it('has no resource for a client whose scopes Domo does not show, and says so', async () => {
  domo.fail({
    path: paths.clients,
    status: 200,
    body: [
      { id: 1, name: 'a', userId: 1 },
      { id: 2, name: 'b', userId: 2, scopes: ['data'] },
    ],
  });
  const { events, found } = await list();
  expect(events[0]).toBe('Domo does not show the scopes of an API client');
  expect(found.map(({ resource }) => resource?.name)).toEqual([undefined, 'b']);
});

it('says which clients no configuration can describe, if they are shown', async () => {
  domo.add({ name: 'good', userId: 1, scopes: ['data'] });
  const [blank, bare] = [domo.add({ name: ' \n', scopes: [] }), domo.add({ name: 'bare', scopes: [] })];
  const { events, warnings, found } = await list();
  expect(events[0]).toBe('An API client cannot be managed');
  expect(warnings[0]).toContain(
    `\n\nAPI client " \n" (id ${blank.id}): its name is empty or blank, and it has no scopes\nAPI client "bare" (id ${bare.id}): it has no scopes\n\n`,
  );
  expect(found).toHaveLength(3);
  expect((await list({ name_regex: 'good' })).warnings).toEqual([]);
});

it('is refused if the list is incomplete by its own account', async () => {
  domo.fail({ path: paths.clients, status: 200, body: { entries: [], total: 7 } });
  const { diagnostics } = (await failureOf(list())) as unknown as Failure;
  expect(diagnostics[0]?.summary).toBe("Domo's list of API clients is incomplete");
});
