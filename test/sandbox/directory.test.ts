import { parseSeed } from '../../examples/sandbox/seed';
import { sandbox, type TestSandbox } from './test-sandbox';

const people = [
  { id: 2001, name: 'away', isActive: false, lastActivity: '2026-03-31T16:00:00Z' },
  { id: 2002, name: 'gone', email: 'gone@example.com', isDeleted: true },
];

const accessTokens = [{ owner: 'away', name: 'left behind', expires: '2027-03-31T00:00:00Z' }];

let domo: TestSandbox;
beforeAll(async () => {
  domo = await sandbox({ seed: parseSeed({ people, accessTokens }) });
});
afterAll(() => domo.close());

const search = (name: string, body: unknown) =>
  domo.call('POST', '/api/identity/v1/users/search', { headers: domo.as(name), body });

it('finds users by their ids, with the attributes that are asked for', async () => {
  const { id } = domo.user('creator');
  const found = await search('admin', { ids: [String(id), '2001', '9'], attributes: ['id', 'isActive'] });
  expect([found.status, found.json]).toEqual([
    200,
    {
      count: 2,
      users: [
        {
          attributes: [
            { key: 'id', values: [id] },
            { key: 'isActive', values: [true] },
          ],
        },
        {
          attributes: [
            { key: 'id', values: [2001] },
            { key: 'isActive', values: [false] },
          ],
        },
      ],
    },
  ]);
});

it('tells when a user was last active, if it knows', async () => {
  const found = await search('admin', { ids: ['1001', '2001'], attributes: ['lastActivity'] });
  expect(found.json).toEqual({
    count: 2,
    users: [
      { attributes: [] },
      { attributes: [{ key: 'lastActivity', values: [Date.UTC(2026, 2, 31, 16)] }] },
    ],
  });
});

it('finds deleted users only if they are asked for, and in parts', async () => {
  const ids = async (body: unknown) => {
    const { count, users } = Object((await search('admin', { attributes: ['id'], ...Object(body) })).json);
    return [
      count,
      users.map((user: { attributes: { values: number[] }[] }) => user.attributes[0]?.values[0]),
    ];
  };
  expect(await ids({})).toEqual([5, [1001, 1002, 1003, 1004, 2001]]);
  expect(await ids({ includeDeleted: true, offset: 4, limit: 1 })).toEqual([6, [2001]]);
  expect(await ids({ includeDeleted: true, ids: ['2002'] })).toEqual([1, [2002]]);
});

it.each([{ ids: '7' }, { limit: -1 }, []])('refuses %j', async (body) => {
  expect((await search('admin', body)).status).toBe(400);
});

it('shows one user, and nobody to those who may not see all', async () => {
  const get = (name: string, path: string) =>
    domo.call('GET', `/api/identity/v1/users/${path}`, { headers: domo.as(name) });
  expect((await get('manager', '1002?parts=DETAILED')).json).toMatchObject({
    users: [{ attributes: expect.arrayContaining([{ key: 'displayName', values: ['creator'] }]) }],
  });
  expect((await get('manager', '2002')).status).toBe(404);
  expect((await get('manager', '2002?includeDeleted=true')).json).toMatchObject({
    users: [{ attributes: expect.arrayContaining([{ key: 'emailAddress', values: ['gone@example.com'] }]) }],
  });
  expect((await get('manager', '9')).status).toBe(404);
  expect((await get('creator', '1001')).status).toBe(403);
  expect((await get('creator', '1002')).status).toBe(200);
  expect(await search('creator', { attributes: ['id'] })).toMatchObject({
    json: { count: 1, users: [{ attributes: [{ values: [1002] }] }] },
  });
});

it('lists access tokens without showing any', async () => {
  const list = (name: string) => domo.call('GET', '/api/data/v1/accesstokens', { headers: domo.as(name) });
  const all = await list('manager');
  expect(all.json).toHaveLength(5);
  expect(all.json).toMatchObject([
    { id: 1, ownerId: 1001, ownerName: null, ownerEmail: null, expires: expect.any(Number) },
    { id: 2 },
    { id: 3 },
    { id: 4 },
    { id: 5, name: 'left behind', ownerId: 2001, expires: Date.UTC(2027, 2, 31) },
  ]);
  expect(all.text).not.toContain('fake-token');
  expect((await list('creator')).json).toMatchObject([{ ownerId: 1002 }]);
});

it('asks for credentials', async () => {
  for (const [method, path] of [
    ['POST', '/api/identity/v1/users/search'],
    ['GET', '/api/identity/v1/users/1001'],
    ['GET', '/api/data/v1/accesstokens'],
  ] as const) {
    expect((await domo.call(method, path)).status).toBe(401);
  }
});
