import { accessTokens } from '../../../provider/domo/access-tokens/data-source';
import { loadTransport } from '../../../provider/domo/api/transport/http';
import { apiClient } from '../../../provider/domo/api-client/data-source';
import { apiClients } from '../../../provider/domo/api-client/data-source-plural';
import type { Instances } from '../../../provider/domo/instances';
import { domoProvider } from '../../../provider/domo/provider';
import type { Failure } from '../../../provider/framework';
import { dataSourceOperations } from '../../../provider/framework/operations/data-source';
import { unknown } from '../../../provider/framework/schema/unknown';
import { failureOf } from '../../support/failure';
import { type FakeDomo, fakeDomo, paths } from '../../support/fake-domo';
import { openedFor } from './connected';

const search = `POST ${paths.users}`;
const day = 86_400_000;
const now = '2026-11-26T12:00:00Z';
const from = Date.parse(now);

let domo: FakeDomo;
let connected: Instances;
let warnings: string[];
// A connection loads it when nothing else is to do, which can be after the tests.
beforeAll(async () => void (await loadTransport()));
beforeEach(async () => {
  domo = await fakeDomo();
  connected = openedFor(domo);
  warnings = [];
});
afterEach(() => domo.close());

const kinds = { apiClients, apiClient, accessTokens };
type Values = Readonly<Record<string, unknown>>;

/** What a read of the data source returns; arguments that are not given are null. */
async function read(kind: keyof typeof kinds, config: Values = {}) {
  const { attributes, read } = kinds[kind].definition;
  const context = {
    client: connected,
    signal: new AbortController().signal,
    warn: (summary: string, detail: string) => void warnings.push(`${summary}: ${detail}`),
  };
  const nothing = Object.fromEntries(Object.keys(attributes).map((name) => [name, null]));
  return (await read(context as never, { ...nothing, ...config } as never)) as unknown as Values & {
    clients: Values[];
    tokens: Values[];
  };
}

const gone = {
  id: 12,
  displayName: 'Gone',
  emailAddress: 'gone@example.com',
  isActive: false,
  lastActivity: Date.UTC(2026, 2, 14, 9, 30),
};
const shownGone = {
  name: 'Gone',
  email: 'gone@example.com',
  active: false,
  last_activity: '2026-03-14T09:30:00Z',
};
const here = { id: 11, displayName: 'Here', emailAddress: 'here@example.com', isActive: true };
const shownHere = { name: 'Here', email: 'here@example.com', active: true, last_activity: null };

describe('owners of API clients', () => {
  it('are shown with each client, and null if Domo has none', async () => {
    domo.users = [gone, here];
    for (const [name, userId] of Object.entries({ a: 11, b: 12, c: 11, d: 99 })) domo.add({ name, userId });
    const { clients } = await read('apiClients', { owners: true });
    expect(clients.map(({ owner }) => owner)).toEqual([shownHere, shownGone, shownHere, null]);
    expect(await read('apiClient', { name: 'b', owners: true })).toMatchObject({ owner: shownGone });
    expect(domo.requests.flatMap(({ body }) => (body as { ids?: string[] })?.ids ?? [])).toEqual([
      '11',
      '12',
      '99',
      '99',
    ]);
    expect(warnings).toEqual([]);
  });

  it.each([null, false])('are not looked up with owners = %j', async (owners) => {
    domo.add({ name: 'a', userId: 12 });
    expect((await read('apiClients', { owners })).clients).toMatchObject([{ owner_id: '12', owner: null }]);
    expect(await read('apiClient', { name: 'a', owners })).toMatchObject({ owners, owner: null });
    expect(domo.count(search)).toBe(0);
  });

  it('are looked up only for the clients that pass the filters', async () => {
    domo.users = [gone, here];
    domo.add({ name: 'a', userId: 11 });
    domo.add({ name: 'b', userId: 12 });
    await read('apiClients', { owners: true, name_regex: 'b' });
    expect(domo.requests.at(-1)?.body).toMatchObject({ ids: ['12'], limit: 1 });
  });

  it('are null if Domo does not say whose a client is, and nobody is asked', async () => {
    domo.quirks.owners = 'absent';
    domo.add({ name: 'a' });
    expect((await read('apiClients', { owners: true })).clients).toMatchObject([
      { owner_id: null, owner: null },
    ]);
    expect(domo.count(search)).toBe(0);
  });

  it('700 clients of 300 owners take one request', async () => {
    domo.users = Array.from({ length: 300 }, (_, index) => ({ ...here, id: index + 1 }));
    for (let index = 0; index < 700; index++) domo.add({ userId: (index % 300) + 1 });
    const { clients } = await read('apiClients', { owners: true });
    expect(clients.filter(({ owner }) => Object(owner).active === true)).toHaveLength(700);
    expect(domo.count(search)).toBe(1);
  });

  it('are null to a caller who may not read users, with one warning for all data sources', async () => {
    domo.users = [gone];
    domo.add({ name: 'a', userId: 12 });
    domo.add({ name: 'b', userId: 12 });
    domo.accessTokens = [{ id: 1, name: 'ci', ownerId: 12, expires: null }];
    domo.fail({ method: 'POST', path: paths.users, status: 403 });
    expect((await read('apiClients', { owners: true })).clients).toMatchObject([
      { owner_id: '12', owner: null },
      { owner_id: '12', owner: null },
    ]);
    expect(await read('apiClient', { name: 'a', owners: true })).toMatchObject({ owner: null });
    expect((await read('accessTokens', { owners: true })).tokens).toMatchObject([{ owner: null }]);
    expect(warnings).toEqual([expect.stringMatching(/^Domo does not show users to the caller: .*403/)]);
    expect(domo.count(search)).toBe(1);
  });

  it.each([
    [500, 'Domo returned a server error'],
    [400, 'Domo rejected the request'],
    [401, 'Domo rejected the credentials'],
  ])('are an error if the search is answered %i', async (status, summary) => {
    domo.add({ name: 'a', userId: 12 });
    domo.fail({ method: 'POST', path: paths.users, status });
    const { diagnostics } = (await failureOf(read('apiClients', { owners: true }))) as unknown as Failure;
    expect(diagnostics).toMatchObject([{ summary, detail: expect.stringContaining(search) }]);
    expect(diagnostics[0]?.detail).not.toContain('Creating needs');
  });
});

describe('access tokens', () => {
  const token = (id: number, fields: Partial<FakeDomo['accessTokens'][number]> = {}) => ({
    id,
    name: `token ${id}`,
    ownerId: 11,
    expires: from,
    ...fields,
  });
  const days = async (expires: number | null, given: string | null = now) => {
    domo.accessTokens = [token(1, { expires })];
    connected = openedFor(domo);
    return (await read('accessTokens', { now: given })).tokens[0]?.expires_in_days;
  };

  it('are shown in the order of their ids, with their owners if that is asked for', async () => {
    domo.users = [gone];
    domo.accessTokens = [token(10, { ownerId: 12, expires: from + 30 * day }), token(9, { expires: null })];
    expect(await read('accessTokens', { now, owners: true })).toEqual({
      name_regex: null,
      owner_ids: null,
      owners: true,
      instance: 'acme',
      now,
      ids: ['9', '10'],
      names: ['token 9', 'token 10'],
      tokens: [
        { id: '9', name: 'token 9', owner_id: '11', owner: null, expires_at: null, expires_in_days: null },
        {
          id: '10',
          name: 'token 10',
          owner_id: '12',
          owner: shownGone,
          expires_at: '2026-12-26T12:00:00Z',
          expires_in_days: 30,
        },
      ],
    });
  });

  it.each([
    [{ name_regex: '^ci' }, ['1', '2']],
    [{ owner_ids: ['12'] }, ['2', '3']],
    [{ owner_ids: [] }, ['1', '2', '3', '4']],
    [{ owner_ids: ['12'], name_regex: 'ci' }, ['2']],
    [{ owner_ids: ['77'] }, []],
  ])('are filtered by %j', async (filter, ids) => {
    domo.accessTokens = [
      token(1, { name: 'ci-one' }),
      token(2, { name: 'ci-two', ownerId: 12 }),
      token(3, { ownerId: 12 }),
      token(4),
    ];
    expect(await read('accessTokens', filter)).toMatchObject({ ids });
  });

  it.each([
    [0, 0],
    [1, 0],
    [day - 1, 0],
    [day, 1],
    [30 * day - 1, 29],
    [-1, -1],
    [-day, -1],
    [-day - 1, -2],
  ])('that end in %i ms have %i whole days', async (left, expected) => {
    expect(await days(from + left)).toBe(expected);
  });

  it('count from a date or another time zone, too, and from nothing without a time', async () => {
    expect(await days(from, '2026-11-26')).toBe(0);
    expect(await days(from, '2026-11-25')).toBe(1);
    expect(await days(from, '2026-11-26T13:00:00+02:00')).toBe(0);
    expect(await days(from, '2026-11-26T11:00:00-02:00')).toBe(-1);
    expect(await days(from, null)).toBeNull();
    expect(await days(null)).toBeNull();
  });

  it('share one request with all data sources of a run', async () => {
    domo.accessTokens = [token(1)];
    await Promise.all([read('accessTokens', { name_regex: 'a' }), read('accessTokens')]);
    await read('accessTokens', { now });
    expect(domo.count(`GET ${paths.accessTokens}`)).toBe(1);
  });

  it('whose end cannot be read are named in a warning, if they are shown', async () => {
    domo.accessTokens = [token(1, { expires: 'soon' as never }), token(2, { expires: null })];
    expect((await read('accessTokens', { now })).tokens).toMatchObject([
      { expires_in_days: null },
      { expires_in_days: null },
    ]);
    expect(warnings).toEqual([
      expect.stringMatching(
        /^The end of an access token cannot be read: .* "token 1" \(id 1\)\. expires_at is null/,
      ),
    ]);
    await read('accessTokens', { name_regex: '2' });
    expect(warnings).toHaveLength(1);
  });

  it('of a list that is incomplete are an error', async () => {
    domo.fail({
      method: 'GET',
      path: paths.accessTokens,
      status: 200,
      body: { entries: [token(1)], hasMore: true },
    });
    const { diagnostics } = (await failureOf(read('accessTokens'))) as unknown as Failure;
    expect(diagnostics).toMatchObject([
      {
        summary: "Domo's list of access tokens is incomplete",
        detail: expect.stringContaining('hasMore is true'),
      },
    ]);
  });

  it.each(['tomorrow', '2026-02-30', '26.11.2026', ''])(
    'refuse the time %j, and name the argument',
    (text) => {
      const { validate } = dataSourceOperations(domoProvider, (() => undefined) as never);
      const given = { name_regex: null, owner_ids: null, owners: null, ids: null, names: null, tokens: null };
      const [problem, ...others] = validate('domo_access_tokens', { ...given, now: text });
      expect(others).toEqual([]);
      expect(problem).toMatchObject({ severity: 'error', path: [{ attribute: 'now' }] });
      expect(problem?.detail).toContain('an RFC 3339 time such as "2026-01-31T12:00:00Z"');
      expect(validate('domo_access_tokens', { ...given, now: unknown })).toEqual([]);
    },
  );
});
