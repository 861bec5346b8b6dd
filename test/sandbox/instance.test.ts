import { developerTokens, errorOf, field, masked, names, sandbox, type TestSandbox } from './test-sandbox';

describe('the instance', () => {
  let domo: TestSandbox;
  beforeEach(async () => {
    domo = await sandbox();
  });
  afterEach(() => domo.close());

  it('creates a client and shows its secret in that answer only', async () => {
    const made = await domo.create('creator', {
      name: 'loader',
      description: 'loads',
      scopes: ['USER', 'data'],
    });
    expect(made.status).toBe(201);
    expect(made.json).toEqual({
      id: expect.any(Number),
      name: 'loader',
      description: 'loads',
      scopes: ['data', 'user'],
      clientId: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/),
      clientSecret: expect.stringMatching(/^fake-secret-/),
      userId: domo.user('creator').id,
      created: null,
    });

    const list = await domo.list('admin');
    expect(list.status).toBe(200);
    const { clientSecret: _, ...shown } = Object(made.json);
    expect(list.json).toEqual([{ ...shown, clientId: masked(field(made, 'clientId')) }]);
    for (const path of [developerTokens, '/_sandbox/clients', '/_sandbox/requests']) {
      const { text } = await domo.call('GET', path, { headers: domo.as('admin') });
      expect(text).not.toContain(field(made, 'clientSecret'));
    }
  });

  it.each([
    ['no name', { scopes: ['data'] }],
    ['an empty name', { name: ' ', scopes: ['data'] }],
    ['no scopes', { name: 'x' }],
    ['empty scopes', { name: 'x', scopes: [] }],
    ['scopes that are a string', { name: 'x', scopes: 'data' }],
    ['an unknown scope', { name: 'x', scopes: ['data', 'datas'] }],
    ['a description that is a number', { name: 'x', scopes: ['data'], description: 1 }],
    ['a body that is no object', ['x']],
  ])('refuses %s with 400', async (_, body) => {
    const { status, json } = await domo.create('admin', body);
    expect([status, json]).toEqual([400, errorOf(400, 'Bad Request', expect.any(String))]);
    expect(domo.store.allClients()).toEqual([]);
  });

  it('knows the seven scopes, in any letter case', async () => {
    const scopes = ['Account', 'AUDIT', 'buzz', 'dashboard', 'data', 'user', 'workflow'];
    expect((await domo.create('admin', { name: 'all', scopes })).status).toBe(201);
  });

  it.each([null, '', undefined])('takes %p for an empty description', async (description) => {
    const made = await domo.create('admin', { name: 'x', scopes: ['data'], description });
    expect([made.status, field(made, 'description')]).toEqual([201, '']);
  });

  it('refuses a name that is taken, whoever has it, and lets it be used again once revoked', async () => {
    const made = await domo.create('creator', { name: 'one', scopes: ['data'] });
    const again = await domo.create('admin', { name: 'one', scopes: ['user'] });
    expect([again.status, field(again, 'message')]).toEqual([400, 'The name "one" is taken.']);
    await domo.revoke('creator', field(made, 'id'));
    const last = await domo.create('admin', { name: 'one', scopes: ['user'] });
    expect(last.status).toBe(201);
    expect(field(last, 'id')).not.toBe(field(made, 'id'));
  });

  it('makes one client of many creations of one name at once', async () => {
    const body = { name: 'one', scopes: ['data'] };
    const answers = await Promise.all(Array.from({ length: 8 }, () => domo.create('admin', body)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array(7).fill(400)]);
  });

  it('revokes for good', async () => {
    const { id } = await domo.seed('admin', 'one');
    expect((await domo.revoke('admin', id)).status).toBe(204);
    expect((await domo.revoke('admin', id)).status).toBe(400);
    expect((await domo.revoke('admin', 'no-number')).status).toBe(400);
    expect(names(await domo.list('admin'))).toEqual([]);
  });

  it.each(['PUT', 'PATCH'])('does not edit: %s is 405', async (method) => {
    const { id, name } = await domo.seed('admin', 'one');
    for (const path of [developerTokens, `${developerTokens}/${id}`]) {
      const { status } = await domo.call(method, path, { headers: domo.as('admin'), body: { name: 'two' } });
      expect(status).toBe(405);
    }
    expect(names(await domo.list('admin'))).toEqual([name]);
  });

  it.each([
    ['no token', {}],
    ['a wrong access token', { 'X-DOMO-Developer-Token': 'fake-token-wrong' }],
    ['a wrong session token', { 'X-DOMO-Authentication': 'fake-session-wrong' }],
  ])('answers 401 to %s', async (_, headers) => {
    for (const [method, path] of [
      ['GET', developerTokens],
      ['POST', developerTokens],
      ['DELETE', `${developerTokens}/1`],
      ['GET', '/api/content/v2/users/me'],
    ] as const) {
      const { status, json } = await domo.call(method, path, { headers });
      expect([status, json]).toEqual([401, { ...errorOf(401, 'Unauthorized', 'Unauthorized'), path }]);
    }
  });

  it('answers 401 to an OAuth token and to an access token used as a session token', async () => {
    const { clientId, secret } = await domo.seed('admin', 'one');
    const token = field(await domo.oauth(clientId, secret), 'access_token');
    for (const headers of [
      { Authorization: `Bearer ${token}` },
      { 'X-DOMO-Developer-Token': token },
      { 'X-DOMO-Authentication': domo.user('admin').token },
    ]) {
      expect((await domo.call('GET', developerTokens, { headers })).status).toBe(401);
    }
  });

  it('says who one is', async () => {
    const { status, json } = await domo.call('GET', '/api/content/v2/users/me', {
      headers: domo.as('guest'),
    });
    expect(status).toBe(200);
    expect(json).toMatchObject({
      id: domo.user('guest').id,
      displayName: 'guest',
      roleId: expect.any(Number),
    });
  });

  it('gives a session token for a password, until the sessions end', async () => {
    const answer = await domo.signIn('creator');
    expect([answer.status, answer.json]).toEqual([
      200,
      { success: true, userId: domo.user('creator').id, sessionToken: expect.any(String) },
    ]);
    const headers = { 'X-DOMO-Authentication': field(answer, 'sessionToken') };
    expect((await domo.call('GET', developerTokens, { headers })).status).toBe(200);
    expect((await domo.call('DELETE', '/_sandbox/sessions')).status).toBe(204);
    expect((await domo.call('GET', developerTokens, { headers })).status).toBe(401);
  });

  it('locks an account after five wrong passwords in a row', async () => {
    const wrong = { success: false, reason: 'INVALID_CREDENTIALS' };
    for (let i = 0; i < 4; i++) expect((await domo.signIn('admin', 'fake-wrong')).json).toEqual(wrong);
    expect((await domo.signIn('admin')).json).toMatchObject({ success: true });
    for (let i = 0; i < 5; i++) {
      const answer = await domo.signIn('admin', 'fake-wrong');
      expect([answer.status, answer.json]).toEqual([200, wrong]);
    }
    const locked = await domo.signIn('admin');
    expect([locked.status, locked.json]).toEqual([200, { success: false, reason: 'ACCOUNT_LOCKED' }]);
    expect((await domo.signIn('creator')).json).toMatchObject({ success: true });
  });

  it('knows nobody by another e-mail address', async () => {
    const { json } = await domo.call('POST', '/api/content/v2/authentication', {
      headers: { Origin: 'https://acme.domo.com' },
      body: { method: 'password', emailAddress: 'who@sandbox.example', password: 'fake-password' },
    });
    expect(json).toEqual({ success: false, reason: 'INVALID_CREDENTIALS' });
  });
});
