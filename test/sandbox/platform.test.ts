import { basic, developerTokens, field, masked, names, sandbox, type TestSandbox } from './test-sandbox';

const customer = { 'X-DOMO-CustomerDomain': 'acme.domo.com' };

describe('the platform (api.domo.com)', () => {
  let domo: TestSandbox;
  beforeEach(async () => {
    domo = await sandbox();
  });
  afterEach(() => {
    jest.restoreAllMocks();
    return domo.close();
  });

  const get = (path: string, token?: string) =>
    domo.call('GET', path, token === undefined ? {} : { headers: { Authorization: `Bearer ${token}` } });

  it('gives an OAuth token for the credentials of a client', async () => {
    const { clientId, secret } = await domo.seed('creator', 'one', ['user', 'data']);
    const { status, json } = await domo.oauth(clientId, secret);
    expect([status, json]).toEqual([
      200,
      {
        access_token: expect.any(String),
        customer: expect.any(String),
        expires_in: 3600,
        jti: expect.any(String),
        role: expect.any(String),
        scope: 'data user',
        token_type: 'bearer',
        userId: domo.user('creator').id,
      },
    ]);
  });

  it('gives a subset of the scopes, and refuses others', async () => {
    const { clientId, secret } = await domo.seed('creator', 'one', ['user', 'data']);
    const part = await domo.oauth(clientId, secret, 'grant_type=client_credentials&scope=data');
    expect(field(part, 'scope')).toBe('data');
    expect((await get('/v1/datasets', field(part, 'access_token'))).status).toBe(200);
    expect((await get('/v1/users', field(part, 'access_token'))).status).toBe(403);
    const more = await domo.oauth(clientId, secret, 'grant_type=client_credentials&scope=data%20audit');
    expect([more.status, field(more, 'error')]).toEqual([400, 'invalid_scope']);
    const none = await domo.oauth(clientId, secret, 'scope=data');
    expect([none.status, field(none, 'error')]).toEqual([400, 'unsupported_grant_type']);
  });

  it('refuses wrong credentials with 401, in the form of OAuth', async () => {
    const { clientId, secret } = await domo.seed('creator', 'one');
    for (const { status, json } of [
      await domo.oauth(clientId, 'fake-secret-wrong'),
      await domo.oauth(masked(clientId), secret),
      await get('/oauth/token?grant_type=client_credentials'),
    ]) {
      expect([status, json]).toEqual([401, { error: 'invalid_client', error_description: 'Unauthorized' }]);
    }
  });

  it('takes the parameters as a form, too', async () => {
    const { clientId, secret } = await domo.seed('creator', 'one', ['user', 'data']);
    const post = (body: string) =>
      fetch(`${domo.url}/oauth/token`, {
        method: 'POST',
        headers: {
          Authorization: basic(clientId, secret),
          'content-type': 'application/x-www-form-urlencoded',
        },
        body,
      });
    const issued = await post('grant_type=client_credentials&scope=data');
    expect([issued.status, await issued.json()]).toEqual([200, expect.objectContaining({ scope: 'data' })]);
    const refused = await post('scope=data');
    expect([refused.status, await refused.json()]).toMatchObject([400, { error: 'unsupported_grant_type' }]);
  });

  it.each([
    ['/v1/users', 'user', 'data'],
    ['/v1/datasets', 'data', 'user'],
  ])('%s needs an OAuth token with the scope %s', async (path, right, wrong) => {
    const tokenWith = async (scope: string) => {
      const { clientId, secret } = await domo.seed('creator', `with ${scope}`, [scope]);
      return field(await domo.oauth(clientId, secret), 'access_token');
    };
    const allowed = await get(path, await tokenWith(right));
    expect([allowed.status, Array.isArray(allowed.json)]).toEqual([200, true]);
    const refused = await get(path, await tokenWith(wrong));
    expect([refused.status, refused.json]).toEqual([
      403,
      { error: 'insufficient_scope', error_description: 'Forbidden' },
    ]);
    for (const { status, json } of [await get(path), await get(path, domo.user('admin').token)]) {
      expect([status, json]).toEqual([401, { error: 'invalid_token', error_description: 'Unauthorized' }]);
    }
  });

  it('takes no new token from a revoked client, and those issued live on until they expire', async () => {
    const { id, clientId, secret } = await domo.seed('creator', 'one');
    const issued = await domo.oauth(clientId, secret);
    const token = field(issued, 'access_token');
    await domo.revoke('creator', id);
    expect((await domo.oauth(clientId, secret)).status).toBe(401);
    expect((await get('/v1/datasets', token)).status).toBe(200);
    const start = Date.now();
    const clock = jest.spyOn(Date, 'now').mockImplementation(() => start + 3_500_000);
    expect((await get('/v1/datasets', token)).status).toBe(200);
    clock.mockImplementation(() => start + 3_601_000);
    expect((await get('/v1/datasets', token)).status).toBe(401);
  });

  describe('the older creation', () => {
    const body = { name: 'older', description: 'made outside', scope: ['data'] };
    const session = async (name: string) => ({
      'X-DOMO-Authentication': field(await domo.signIn(name), 'sessionToken'),
    });

    it('makes the same clients, and tells no numeric id', async () => {
      const made = await domo.call('POST', '/clients', {
        headers: { ...(await session('creator')), ...customer },
        body,
      });
      expect([made.status, made.json]).toEqual([
        201,
        {
          ...body,
          user: domo.user('creator').email,
          client_id: expect.any(String),
          client_secret: expect.any(String),
          authorized_grant_types: ['client_credentials'],
        },
      ]);
      expect(names(await domo.list('creator'))).toEqual(['older']);
      const { status } = await domo.oauth(field(made, 'client_id'), field(made, 'client_secret'));
      expect(status).toBe(200);
    });

    it('wants a session token, the domain of the customer, and the grant', async () => {
      const post = (headers: Record<string, string>) => domo.call('POST', '/clients', { headers, body });
      expect((await post({ ...domo.as('admin'), ...customer })).status).toBe(401);
      expect((await post(await session('admin'))).status).toBe(400);
      expect((await post({ ...(await session('manager')), ...customer })).status).toBe(403);
      expect(domo.store.allClients()).toEqual([]);
    });
  });

  it('answers 404 to what Domo has not', async () => {
    expect((await domo.call('GET', `${developerTokens}/1`, { headers: domo.as('admin') })).status).toBe(404);
  });
});
