import { accessTokens } from '../../../provider/domo/api/token-endpoint';
import { DomoError } from '../../../provider/domo/api/transport/errors';
import type { Answer, Request } from '../../../provider/domo/api/transport/request';

const credentials = { clientId: 'fake-id', clientSecret: 'fake-secret' };
const never = new AbortController().signal;
const json = (status: number, body: object): Answer => ({ status, body: JSON.stringify(body) });
const refusedClient = json(401, { error: 'invalid_client', error_description: 'Bad client credentials' });
const granted = json(200, { access_token: 'fake-access', expires_in: 3599, scope: 'data user' });

/** A token endpoint with these answers, one after the other; the last one is repeated. */
function endpoint(...answers: Answer[]) {
  const asked: Request[] = [];
  const hidden: string[] = [];
  const http = {
    async send(request: Request) {
      asked.push(request);
      return (answers.length > 1 ? answers.shift() : answers[0]) as Answer;
    },
  };
  return { asked, hidden, tokens: accessTokens({ http, hide: (secret) => void hidden.push(secret) }) };
}

afterEach(() => jest.useRealTimers());

it('asks with the credentials of the client, and hides them and the token', async () => {
  const { asked, hidden, tokens } = endpoint(granted);
  const before = Date.now();
  const result = await tokens.request(credentials, ['data', 'user'], never);
  const basic = Buffer.from('fake-id:fake-secret').toString('base64');
  expect(asked).toEqual([
    {
      method: 'GET',
      path: '/oauth/token?grant_type=client_credentials&scope=data%20user',
      headers: { Authorization: `Basic ${basic}` },
    },
  ]);
  expect(hidden).toEqual(['fake-id', 'fake-secret', basic, 'fake-access']);
  expect(result).toMatchObject({
    kind: 'granted',
    token: { accessToken: 'fake-access', scopes: ['data', 'user'] },
  });
  const { expiresAt } = (result as Extract<typeof result, { kind: 'granted' }>).token;
  expect(Number(expiresAt) - 3_599_000).toBeGreaterThanOrEqual(before);
  expect(Number(expiresAt) - 3_599_000).toBeLessThanOrEqual(Date.now());
});

it('asks for all scopes if none is named, and knows that Domo may not tell them', async () => {
  const { asked, tokens } = endpoint(json(200, { access_token: 'fake-access', expires_in: 1 }));
  expect(await tokens.request(credentials, [], never)).toMatchObject({ token: { scopes: null } });
  expect(asked[0]?.path).toBe('/oauth/token?grant_type=client_credentials');
});

it.each([
  ['refused-client', refusedClient, 'Domo returned 401 (Bad client credentials).'],
  ['refused-client', json(400, { error: 'invalid_client' }), 'Domo returned 400'],
  [
    'refused-scope',
    json(400, { error: 'invalid_scope', error_description: 'No such scope' }),
    'No such scope',
  ],
  ['refused-scope', json(403, { error: 'insufficient_scope' }), 'Domo returned 403'],
])('%s', async (kind, answer, said) => {
  const result = await endpoint(answer).tokens.request(credentials, ['data'], never);
  expect(result).toMatchObject({ kind, error: expect.any(DomoError) });
  expect((result as { error: DomoError }).error.message).toContain(said);
});

it.each<[string, Answer, Partial<DomoError>]>([
  ['a failure', json(500, {}), { kind: 'refused', reason: 'server-failure' }],
  ['another 401', json(401, { error: 'unauthorized' }), { kind: 'refused' }],
  ['a page', { status: 200, body: '<html>' }, { kind: 'unreadable' }],
  ['no token', json(200, { expires_in: 1 }), { kind: 'unreadable' }],
  ['an empty token', json(200, { access_token: '', expires_in: 1 }), { kind: 'unreadable' }],
  ['a token with a line break', json(200, { access_token: 'fake\naccess' }), { kind: 'unreadable' }],
  ['a token with a blank', json(200, { access_token: 'fake access ' }), { kind: 'unreadable' }],
  ['a token with another character', json(200, { access_token: 'fäke' }), { kind: 'unreadable' }],
])('anything else is an error: %s', async (_, answer, error) => {
  await expect(endpoint(answer).tokens.request(credentials, [], never)).rejects.toMatchObject(error);
});

it.each<[unknown, number | null]>([
  [3599, 3599],
  ['3599', 3599],
  [0, 0],
  [undefined, null],
  [null, null],
  ['', null],
  ['soon', null],
  [-1, null],
  [1e300, null],
])('a token that lives for %j seconds', async (expires_in, seconds) => {
  const before = Date.now();
  const result = await endpoint(json(200, { access_token: 'fake-access', expires_in })).tokens.request(
    credentials,
    [],
    never,
  );
  const { expiresAt } = (result as Extract<typeof result, { kind: 'granted' }>).token;
  expect(expiresAt === null ? null : Math.round((expiresAt - before) / 1000)).toBe(seconds);
});

it('asks again while the credentials of a new client are refused, for as long as it is told', async () => {
  jest.useFakeTimers();
  const late = endpoint(refusedClient, refusedClient, granted);
  const result = late.tokens.request(credentials, [], never, 30_000);
  await jest.advanceTimersByTimeAsync(5_000);
  expect(await result).toMatchObject({ kind: 'granted' });
  expect(late.asked).toHaveLength(3);

  const wrong = endpoint(refusedClient);
  const refusal = wrong.tokens.request(credentials, [], never, 30_000);
  await jest.advanceTimersByTimeAsync(31_000);
  expect(await refusal).toMatchObject({ kind: 'refused-client' });
  expect(wrong.asked).toHaveLength(16);
});

it('asks once otherwise, and does not ask again once it is interrupted', async () => {
  const wrong = endpoint(refusedClient);
  await wrong.tokens.request(credentials, [], never);
  expect(wrong.asked).toHaveLength(1);
  const interrupt = new AbortController();
  const waiting = wrong.tokens.request(credentials, [], interrupt.signal, 30_000);
  setTimeout(() => interrupt.abort(), 50);
  expect(await waiting).toMatchObject({ kind: 'refused-client' });
  expect(wrong.asked.length).toBeLessThan(4);
});
