import { createTokenList } from '../../../provider/domo/api/access-token-list';
import { failureOf } from '../../support/failure';
import { type FakeDomo, fakeDomo, paths } from '../../support/fake-domo';
import { never, sessionOf } from './support';

const listed = `GET ${paths.accessTokens}`;
const end = Date.UTC(2027, 0);

let domo: FakeDomo;
beforeEach(async () => {
  domo = await fakeDomo();
});
afterEach(() => domo.close());

const tokens = () => createTokenList(sessionOf(domo));
const answers = (body: unknown, headers?: Record<string, string>) =>
  domo.fail({ method: 'GET', path: paths.accessTokens, status: 200, body, ...(headers && { headers }) });
const entry = (fields: object) => ({ id: 1, name: 'ci', ownerId: 11, expires: end, ...fields });

it('shows what Domo shows, and is asked for once', async () => {
  domo.accessTokens = [
    { id: 1, name: 'ci', ownerId: 11, expires: end },
    { id: 2, name: 'reports', ownerId: 12, expires: null },
  ];
  const all = tokens();
  const lists = await Promise.all([all.list(never), all.list(never)]);
  expect(await all.list(never)).toEqual({
    tokens: [
      { id: '1', name: 'ci', ownerId: '11', expires: end },
      { id: '2', name: 'reports', ownerId: '12', expires: null },
    ],
    part: undefined,
    unclear: [],
  });
  expect(lists).toHaveLength(2);
  expect(domo.count(listed)).toBe(1);
});

it('takes nothing else out of the answer, whatever is in it', async () => {
  answers([entry({ token: 'fake-token-that-is-listed', ownerEmail: 'a@example.com' })]);
  expect((await tokens().list(never)).tokens).toEqual([{ id: '1', name: 'ci', ownerId: '11', expires: end }]);
});

it.each<[string, object, object]>([
  ['an end in seconds', { expires: end / 1000 }, { expires: end }],
  ['an end as text', { expires: String(end) }, { expires: end }],
  ['an end as a date', { expires: '2027-01-01T00:00:00Z' }, { expires: end }],
  ['an end in 16 digits', { expires: 1_798_761_600_000_000 }, { expires: null }],
  ['an end that is 0', { expires: 0 }, { expires: null }],
  ['an end that is negative', { expires: -1 }, { expires: null }],
  ['an end of another type', { expires: {} }, { expires: null }],
  ['an owner that is null', { ownerId: null }, { ownerId: null }],
  ['an owner that is text', { ownerId: 'me' }, { ownerId: null }],
  ['an id that is text', { id: '1234567890123456' }, { id: '1234567890123456' }],
])('%s', async (_, fields, expected) => {
  answers([entry(fields)]);
  expect((await tokens().list(never)).tokens[0]).toMatchObject(expected);
});

it.each([
  ['soon', ['1']],
  ['2027-13-01', ['1']],
  [{ date: '2027-01-01' }, ['1']],
  [[2027, 1, 1], ['1']],
  ['', []],
  [null, []],
  [-1, []],
  ['9223372036854775807', []],
])('an end that is %j may be one that nobody can read: %j', async (expires, unclear) => {
  answers([entry({ expires })]);
  expect(await tokens().list(never)).toMatchObject({ tokens: [{ expires: null }], unclear });
});

it('keeps ids of many digits exact', async () => {
  answers('[{"id":9007199254740993,"name":"a","ownerId":12345678901234567890,"expires":null}]');
  expect((await tokens().list(never)).tokens[0]).toMatchObject({
    id: '9007199254740993',
    ownerId: '12345678901234567890',
  });
});

it('says what Domo says of tokens that are missing', async () => {
  answers({ entries: [entry({})], totalCount: 3 });
  expect((await tokens().list(never)).part).toBe('totalCount is 3, but it holds 1');
  answers([entry({})], { 'X-Total-Count': '2', 'Content-Type': 'application/json' });
  expect((await tokens().list(never)).part).toBe('X-Total-Count is 2, but it holds 1');
});

it.each<[string, unknown, string]>([
  ['an object', {}, 'a JSON array of access tokens'],
  ['a web page', '<html>', 'a JSON array of access tokens'],
  ['a token that is null', [null], 'the field "id" of every access token'],
  ['a token without a name', [entry({ name: null })], 'the field "name" of every access token'],
  [
    'one id with two names',
    [entry({}), entry({ name: 'other' })],
    'one access token for each id, but 1 appears with two names',
  ],
])('%s is an error that quotes nothing of it', async (_, body, expected) => {
  answers(body);
  const error = await failureOf(tokens().list(never));
  expect(error).toMatchObject({ kind: 'unreadable', endpoint: listed });
  expect(error.message).toContain(expected);
});

it('a refusal is an error, and is asked again by the next', async () => {
  domo.fail({ method: 'GET', path: paths.accessTokens, status: 403 });
  const all = tokens();
  expect(await failureOf(all.list(never))).toMatchObject({ kind: 'refused', status: 403 });
  expect(await all.list(never)).toMatchObject({ tokens: [] });
});
