import { readCreated, readList, readUserId } from '../../../provider/domo/api/records';
import type { Answer, Request } from '../../../provider/domo/api/transport/request';

const request: Request = { method: 'GET', path: '/list' };
const answer = (body: unknown): Answer => ({
  status: 200,
  body: typeof body === 'string' ? body : JSON.stringify(body),
});
const entry = {
  id: 7,
  name: 'reports',
  description: 'For reports',
  scopes: ['data'],
  clientId: 'c',
  userId: 3,
};

describe('a list', () => {
  const client = { ...entry, id: '7', ownerId: '3', userId: undefined };

  it.each([
    ['a bare array', [entry]],
    ['an array within "entries"', { entries: [entry], total: 1 }],
    ['ids as text', [{ ...entry, id: '7', userId: '3' }]],
    ['fields that nobody knows', [{ ...entry, createdAt: 1, links: { self: null } }]],
  ])('is read from %s', (_, body) => {
    expect(readList(request, answer(body))).toEqual([client]);
  });

  it.each([
    ['an absent description', { ...entry, description: undefined }, { description: '' }],
    ['a description of null', { ...entry, description: null }, { description: '' }],
    ['no client id', { ...entry, clientId: undefined }, { clientId: null }],
    ['no owner', { ...entry, userId: undefined }, { ownerId: null }],
    ['an owner of null', { ...entry, userId: null }, { ownerId: null }],
  ])('does without %s', (_, listed, expected) => {
    expect(readList(request, answer([listed]))).toEqual([{ ...client, ...expected }]);
  });

  it('can be empty', () => {
    expect(readList(request, answer([]))).toEqual([]);
    expect(readList(request, answer({ entries: [] }))).toEqual([]);
  });

  it.each([
    ['an empty body', ''],
    ['a page', '<html>fake-login</html>'],
    ['null', 'null'],
    ['another object', { clients: [] }],
    ['a text', '"none"'],
    ['"entries" that are none', { entries: 3 }],
  ])('is not read from %s', (_, body) => {
    expect(() => readList(request, answer(body))).toThrow(
      expect.objectContaining({
        kind: 'unreadable',
        message: expect.stringContaining('GET /list: Domo answered 200 without what was expected'),
      }),
    );
  });

  it.each([
    ['id', { ...entry, id: undefined }],
    ['id', { ...entry, id: 7.5 }],
    ['id', { ...entry, id: 'seven' }],
    ['id', null],
    ['name', { ...entry, name: undefined }],
    ['name', { ...entry, name: null }],
    ['scopes', { ...entry, scopes: undefined }],
    ['scopes', { ...entry, scopes: 'data' }],
  ])('names the endpoint and the field if an entry has no %s', (field, broken) => {
    expect(() => readList(request, answer([entry, broken]))).toThrow(
      expect.objectContaining({
        kind: 'unreadable',
        endpoint: 'GET /list',
        message: expect.stringContaining(`"${field}"`),
      }),
    );
  });

  it('never quotes the body in an error', () => {
    expect(() => readList(request, answer('fake-secret-in-a-body'))).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('fake-secret') }),
    );
  });
});

describe('the answer to a creation', () => {
  const full = { id: 7, clientId: 'fake-client-id', clientSecret: 'fake-secret', userId: 3 };
  const read = { id: '7', clientId: 'fake-client-id', clientSecret: 'fake-secret', ownerId: '3' };

  it.each([
    ['everything', full, read],
    ['an id as text', { ...full, id: '7' }, read],
    ['no id', { ...full, id: undefined }, { ...read, id: null }],
    ['an id that is no number', { ...full, id: 'abc' }, { ...read, id: null }],
    ['no client id', { ...full, clientId: undefined }, { ...read, clientId: null }],
    ['no owner', { ...full, userId: undefined }, { ...read, ownerId: null }],
    ['more than is known', { ...full, links: [], enabled: true }, read],
  ])('is read with %s', (_, body, expected) => {
    expect(readCreated(answer(body))).toEqual(expected);
  });

  it.each([
    ['without a secret', { ...full, clientSecret: undefined }],
    ['with an empty secret', { ...full, clientSecret: '' }],
    ['with a secret of null', { ...full, clientSecret: null }],
    ['that is no JSON', '<html>'],
    ['that is cut off', '{"id": 7, "clientSecret": "fake-se'],
    ['that is empty', ''],
    ['that is null', 'null'],
  ])('is undefined %s', (_, body) => {
    expect(readCreated(answer(body))).toBeUndefined();
  });
});

describe('the answer to who-am-I', () => {
  it('has the id as text', () => {
    expect(readUserId(request, answer({ id: 11, displayName: 'Someone' }))).toBe('11');
    expect(readUserId(request, answer({ id: '11' }))).toBe('11');
  });

  it.each([['{}'], ['[]'], ['null'], ['{"id":"me"}'], ['nothing']])('is unreadable as %s', (body) => {
    expect(() => readUserId(request, answer(body))).toThrow(expect.objectContaining({ kind: 'unreadable' }));
  });
});
