import type { Period } from '../../../provider/domo/api/field-values';
import { readCreated, readList, readUserId } from '../../../provider/domo/api/records';
import type { Answer, Request } from '../../../provider/domo/api/transport/request';

const request: Request = { method: 'GET', path: '/list' };
const answer = (body: unknown): Answer => ({
  status: 200,
  body: typeof body === 'string' ? body : JSON.stringify(body),
  redact: (text) => text,
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
  const client = { ...entry, id: '7', ownerId: '3', created: null, userId: undefined };
  const whole = (...clients: unknown[]) => ({ clients, part: undefined });

  it.each([
    ['a bare array', [entry]],
    ['an array within "entries"', { entries: [entry], total: 1 }],
    ['ids as text', [{ ...entry, id: '7', userId: '3' }]],
    ['fields that nobody knows', [{ ...entry, createdAt: 1, links: { self: null } }]],
  ])('is read from %s', (_, body) => {
    expect(readList(request, answer(body))).toEqual(whole(client));
  });

  it.each([
    ['an absent description', { ...entry, description: undefined }, { description: '' }],
    ['a description of null', { ...entry, description: null }, { description: '' }],
    ['no client id', { ...entry, clientId: undefined }, { clientId: null }],
    ['no owner', { ...entry, userId: undefined }, { ownerId: null }],
    ['an owner of null', { ...entry, userId: null }, { ownerId: null }],
    ['no scopes', { ...entry, scopes: undefined }, { scopes: null }],
    ['scopes that are none', { ...entry, scopes: 'data' }, { scopes: null }],
  ])('does without %s', (_, listed, expected) => {
    expect(readList(request, answer([listed]))).toEqual(whole({ ...client, ...expected }));
  });

  it('can be empty', () => {
    expect(readList(request, answer([]))).toEqual(whole());
    expect(readList(request, answer({ entries: [] }))).toEqual(whole());
  });

  it('keeps ids that JavaScript would round, of clients and of owners', () => {
    const body = JSON.stringify([entry])
      .replace('"id":7', '"id":9007199254740993')
      .replace('"userId":3', '"userId":12345678901234567890');
    expect(readList(request, answer(body)).clients).toMatchObject([
      { id: '9007199254740993', ownerId: '12345678901234567890' },
    ]);
  });

  it('keeps them apart, one above the other', () => {
    const body = `[${['9007199254740992', '9007199254740993'].map((id) => `{"id":${id},"name":"n${id}"}`)}]`;
    expect(readList(request, answer(body)).clients.map(({ id, name }) => [id, name])).toEqual([
      ['9007199254740992', 'n9007199254740992'],
      ['9007199254740993', 'n9007199254740993'],
    ]);
  });

  it.each<[string, unknown, Period | null]>([
    ['ms', 1_793_700_000_123, { from: 1_793_700_000_123, until: 1_793_700_000_123 }],
    ['ms as text', '1793700000123', { from: 1_793_700_000_123, until: 1_793_700_000_123 }],
    [
      'ms without a fraction of a second',
      1_793_700_000_000,
      { from: 1_793_700_000_000, until: 1_793_700_000_999 },
    ],
    ['seconds', 1_793_700_000, { from: 1_793_700_000_000, until: 1_793_700_000_999 }],
    ['seconds as text', '1793700000', { from: 1_793_700_000_000, until: 1_793_700_000_999 }],
    ['a date', '2026-11-03T10:00:00Z', { from: 1_793_700_000_000, until: 1_793_700_000_999 }],
    ['a date with ms', '2026-11-03T10:00:00.123Z', { from: 1_793_700_000_123, until: 1_793_700_000_123 }],
    [
      'a date of another zone',
      '2026-11-03T12:00:00+02:00',
      { from: 1_793_700_000_000, until: 1_793_700_000_999 },
    ],
    ['a date of no zone', '2026-11-03T10:00:00', { from: 1_793_700_000_000, until: 1_793_700_000_999 }],
    ['null', null, null],
    ['nothing', undefined, null],
    ['zero', 0, null],
    ['words', 'yesterday', null],
    ['an empty text', '', null],
    ['true', true, null],
    ['a list of one number', [1_793_700_000], null],
  ])('tells when a client was made, from %s', (_, created, expected) => {
    expect(readList(request, answer([{ ...entry, created }])).clients[0]?.created).toEqual(expected);
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
        message: expect.stringContaining('GET /list: Domo returned 200 without the expected content'),
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
    ['id', { ...entry, id: '9'.repeat(31) }],
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
  const read = {
    id: '7',
    clientId: 'fake-client-id',
    clientSecret: 'fake-secret',
    ownerId: '3',
    name: null,
    scopes: null,
  };

  it.each([
    ['everything', full, read],
    ['an id as text', { ...full, id: '7' }, read],
    ['no id', { ...full, id: undefined }, { ...read, id: null }],
    ['an id that is no number', { ...full, id: 'abc' }, { ...read, id: null }],
    ['no client id', { ...full, clientId: undefined }, { ...read, clientId: null }],
    ['no owner', { ...full, userId: undefined }, { ...read, ownerId: null }],
    ['more than is known', { ...full, links: [], enabled: true }, read],
    [
      "the spelling of Domo's older endpoint",
      {
        client_id: 'fake-client-id',
        client_secret: 'fake-secret',
        name: 'report',
        scope: ['data'],
        user: 'x',
      },
      { ...read, id: null, ownerId: null, name: 'report', scopes: ['data'] },
    ],
    ['an object around it', { status: 'ok', data: full }, read],
    ['an array around it', [full], read],
    [
      'the name and the scopes that Domo has taken',
      { ...full, name: 'report', scopes: ['data'] },
      { ...read, name: 'report', scopes: ['data'] },
    ],
  ])('is read with %s', (_, body, expected) => {
    expect(readCreated(answer(body))).toEqual(expected);
  });

  it('is read with an id that JavaScript would round', () => {
    const body = JSON.stringify(full).replace('"id":7', '"id":9007199254740993');
    expect(readCreated(answer(body))).toEqual({ ...read, id: '9007199254740993' });
  });

  it('is read beside a long number if a name appears twice, or something is nested deeply', () => {
    const body = (more: string) => JSON.stringify(full).replace('{', `{"toe":1234567890123456,${more},`);
    expect(readCreated(answer(body('"a":1,"a":2')))).toEqual(read);
    expect(readCreated(answer(body(`"a":${'['.repeat(50_000)}${']'.repeat(50_000)}`)))).toEqual(read);
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
