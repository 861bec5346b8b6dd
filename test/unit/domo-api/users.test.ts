import { createUsers } from '../../../provider/domo/api/users';
import { failureOf } from '../../support/failure';
import { type FakeDomo, type FakeUser, fakeDomo, paths } from '../../support/fake-domo';
import { never, sessionOf } from './support';

const search = `POST ${paths.users}`;
const at = Date.UTC(2026, 2, 14, 9);

let domo: FakeDomo;
beforeEach(async () => {
  domo = await fakeDomo();
});
afterEach(() => domo.close());

const person = (id: number | string, fields: Partial<FakeUser> = {}): FakeUser => ({
  id,
  displayName: `user ${id}`,
  emailAddress: `user-${id}@example.com`,
  isActive: true,
  ...fields,
});
const numbers = (count: number) => Array.from({ length: count }, (_, index) => index + 1);
const users = (maxRetries = 0) => createUsers(sessionOf(domo, { maxRetries }));
const bodies = () => domo.requests.map(({ body }) => body as { ids: string[]; limit: number });

async function found(ids: readonly string[]) {
  const result = await users().find(ids, never);
  return result.kind === 'found' ? Object.fromEntries(result.users) : result.kind;
}

/** An answer with these users, whatever is asked for. */
function answers(body: unknown, times = 1) {
  domo.fail({ method: 'POST', path: paths.users, status: 200, body, times });
}
const entry = (fields: object) => ({
  attributes: Object.entries(fields).map(([key, value]) => ({ key, values: [value] })),
});

it('asks only for the ids that are wanted, each once, deleted users included', async () => {
  domo.users = [
    person(1),
    person(2, { isActive: false, lastActivity: at }),
    person(3, { isDeleted: true, isActive: false }),
    person(4),
  ];
  expect(await found(['2', '3', '2', '9'])).toEqual({
    2: { id: '2', name: 'user 2', email: 'user-2@example.com', isActive: false, lastActivity: at },
    3: { id: '3', name: 'user 3', email: 'user-3@example.com', isActive: false, lastActivity: null },
  });
  expect(bodies()[0]).toEqual({
    ids: ['2', '3', '9'],
    attributes: ['id', 'displayName', 'emailAddress', 'isActive', 'lastActivity'],
    includeDeleted: true,
    limit: 3,
    offset: 0,
  });
});

it('asks nobody for nothing', async () => {
  expect(await found([])).toEqual({});
  expect(domo.requests).toEqual([]);
});

it('finds 300 in one request, and 1,200 in three', async () => {
  domo.users = numbers(1_200).map((id) => person(id));
  expect(Object.keys(Object(await found(numbers(300).map(String))))).toHaveLength(300);
  expect(domo.count(search)).toBe(1);
  expect(Object.keys(Object(await found(numbers(1_200).map(String))))).toHaveLength(1_200);
  expect(domo.count(search)).toBe(1 + 3);
});

it('asks again for those that an answer has no room for', async () => {
  domo.users = numbers(250).map((id) => person(id));
  domo.usersAtOnce = 100;
  expect(Object.keys(Object(await found(numbers(250).map(String))))).toHaveLength(250);
  expect(bodies().map(({ ids }) => ids.length)).toEqual([250, 150, 50]);
});

it('remembers who was asked for, and who was not there', async () => {
  domo.users = [person(1), person(2)];
  const all = users();
  await all.find(['1', '9'], never);
  domo.reset();
  expect(await all.find(['9', '1'], never)).toMatchObject({ users: new Map([['1', { name: 'user 1' }]]) });
  expect(domo.requests).toEqual([]);
  await all.find(['1', '2'], never);
  expect(bodies().map(({ ids }) => ids)).toEqual([['2']]);
});

it('asks once for what many want at the same moment', async () => {
  domo.users = numbers(20).map((id) => person(id));
  const all = users();
  const results = await Promise.all(numbers(20).map((id) => all.find([String(id)], never)));
  expect(results.map((result) => result.kind === 'found' && result.users.size)).toEqual(Array(20).fill(1));
  expect(domo.count(search)).toBe(1);
});

it('asks together for those that come while it is asking', async () => {
  domo.users = numbers(20).map((id) => person(id));
  domo.fail({ method: 'POST', path: paths.users, delay: 50 });
  const all = users();
  const first = all.find(['1'], never);
  await new Promise((resolve) => setTimeout(resolve, 20));
  await Promise.all([first, ...numbers(20).map((id) => all.find([String(id)], never))]);
  expect(bodies().map(({ ids }) => ids.length)).toEqual([1, 19]);
});

it('takes 403 for good', async () => {
  domo.fail({ method: 'POST', path: paths.users, status: 403 });
  const all = users();
  expect(await all.find(['1'], never)).toEqual({ kind: 'refused' });
  expect(await all.find(['2'], never)).toEqual({ kind: 'refused' });
  expect(domo.count(search)).toBe(1);
});

it.each([
  [401, 'credentials'],
  [400, 'refused'],
  [404, 'refused'],
  [500, 'refused'],
])('an answer of %i is an error, and is asked again by the next', async (status, kind) => {
  domo.users = [person(1)];
  domo.fail({ method: 'POST', path: paths.users, status });
  const all = createUsers(sessionOf(domo, { maxRetries: 0 }));
  expect(await failureOf(all.find(['1'], never))).toMatchObject({ kind, endpoint: search });
  if (status !== 401) expect(await all.find(['1'], never)).toMatchObject({ kind: 'found' });
});

it.each([{ status: 503 }, { drop: 'after' }] as const)(
  'is repeated after %j, since it only asks',
  async (fault) => {
    domo.users = [person(1)];
    domo.fail({ method: 'POST', path: paths.users, ...fault });
    expect(await users(1).find(['1'], never)).toMatchObject({ kind: 'found' });
    expect(domo.count(search)).toBe(2);
  },
);

it('is given up at once when it is interrupted', async () => {
  domo.fail({ method: 'POST', path: paths.users, hang: true });
  const stop = new AbortController();
  const asked = failureOf(users().find(['1'], stop.signal));
  setTimeout(() => stop.abort(new Error('fake interrupt')), 50);
  expect((await asked).message).toBe('fake interrupt');
});

describe('of an answer that is odd', () => {
  it.each<[string, unknown]>([
    ['a count that is too small', { count: 0, users: [entry({ id: 1 }), entry({ id: 2 })] }],
    ['a count that is too large', { count: 9e15, users: [entry({ id: 1 }), entry({ id: 2 })] }],
    ['a count that is none', { count: 'many', users: [entry({ id: 1 }), entry({ id: 2 })] }],
    ['a user twice', { users: [entry({ id: 1 }), entry({ id: 2 }), entry({ id: 1 })] }],
    ['strangers', { users: [entry({ id: 77 }), entry({ id: 1 }), entry({ id: 2 })] }],
    ['ids that are text', { users: [entry({ id: '1' }), entry({ id: '2' })] }],
  ])('%s is no matter', async (_, body) => {
    answers(body);
    expect(Object.keys(Object(await found(['1', '2'])))).toEqual(['1', '2']);
    expect(domo.count(search)).toBe(1);
  });

  it('repeated for ever, it is taken once, and those that it lacks are not there', async () => {
    answers({ count: 500, users: [entry({ id: 1, isActive: false })] }, Number.POSITIVE_INFINITY);
    expect(await found(['1', '2', '3'])).toEqual({ 1: expect.objectContaining({ isActive: false }) });
    expect(domo.count(search)).toBe(2);
  });

  it.each<[string, object, object]>([
    ['no attributes but the id', {}, { name: null, email: null, isActive: null, lastActivity: null }],
    [
      'values of other types',
      { displayName: 7, emailAddress: {}, isActive: 1, lastActivity: [] },
      { name: null, email: null, isActive: null, lastActivity: null },
    ],
    ['nulls', { displayName: null, isActive: null, lastActivity: null }, { name: null, isActive: null }],
    ['truth as text', { isActive: 'false', lastActivity: String(at) }, { isActive: false, lastActivity: at }],
    ['a time in 16 digits', { lastActivity: 1_773_478_800_000_000 }, { lastActivity: null }],
    ['a time beyond every calendar', { lastActivity: 9e18 }, { lastActivity: null }],
    ['a time that is 0', { lastActivity: 0 }, { lastActivity: null }],
  ])('%s', async (_, fields, expected) => {
    answers({ users: [entry({ id: 1, ...fields })] });
    expect(await found(['1'])).toMatchObject({ 1: expected });
  });

  it('ids of many digits stay exact', async () => {
    const ids = ['1234567890123456', '9007199254740993', '12345678901234567890'];
    const text = ids.map((id) => `{"attributes":[{"key":"id","values":[${id}]}]}`).join();
    answers(`{"count":3,"users":[${text}]}`);
    expect(Object.keys(Object(await found(ids)))).toEqual(ids);
  });

  it.each<[string, unknown, string]>([
    ['an array', [], '"users" (array)'],
    ['users that are none', { users: {} }, '"users" (array)'],
    ['a user that is null', { users: [null] }, 'the attribute "id" of every user'],
    ['attributes that are none', { users: [{ attributes: 'id' }] }, 'the attribute "id" of every user'],
    ['a key without values', { users: [{ attributes: [{ key: 'id' }] }] }, '"id" of every user'],
    ['an id that is null', { users: [entry({ id: null })] }, 'the attribute "id" of every user'],
    [
      'one user in two ways',
      { users: [entry({ id: 1, isActive: true }), entry({ id: 1, isActive: false })] },
      'one user for each id, but 1 appears with two of them',
    ],
    ['a web page', '<html>', '"users" (array)'],
  ])('%s is an error that quotes nothing of it', async (_, body, expected) => {
    answers(body);
    const error = await failureOf(users().find(['1'], never));
    expect(error).toMatchObject({ kind: 'unreadable', endpoint: search });
    expect(error.message).toContain(expected);
  });
});
