import { request } from 'node:http';
import { developerTokens, sandbox, type TestSandbox } from './test-sandbox';

/** What a page of another site can make a browser send, however it spells the path. */
describe('other sites', () => {
  let domo: TestSandbox;
  beforeEach(async () => {
    domo = await sandbox();
  });
  afterEach(() => domo.close());

  type Sent = { headers?: Record<string, string>; body?: string };

  /** Sends the path as it is, which fetch would not. */
  function send(method: string, path: string, { headers = {}, body }: Sent = {}) {
    return new Promise<{ status: number; cookie: string }>((resolve, reject) => {
      const { hostname, port } = new URL(domo.url);
      const sent = request({ hostname, port, method, path, headers }, (response) => {
        response.resume();
        resolve({ status: response.statusCode ?? 0, cookie: String(response.headers['set-cookie'] ?? '') });
      });
      sent.on('error', reject).end(body);
    });
  }

  const foreign = { origin: 'http://evil.example' };
  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  const counted = async () => (await domo.call('GET', '/_sandbox/requests')).json;

  it.each(['/%5Fsandbox', '/%5fsandbox', '/_%73andbox', '/_s%61ndbo%78', 'http://localhost/_sandbox'])(
    'cannot revoke, make faults or set quirks under %s',
    async (prefix) => {
      const { id } = await domo.seed('admin', 'one');
      expect(await send('POST', `${prefix}/clients/${id}/revoke`, { headers: foreign })).toMatchObject({
        status: 403,
      });
      const json = { ...foreign, 'content-type': 'application/json' };
      expect(await send('POST', `${prefix}/faults`, { headers: json, body: '{"status":500}' })).toMatchObject(
        { status: 403 },
      );
      expect(await send('GET', `${prefix}/clients`, { headers: foreign })).toMatchObject({ status: 403 });
      expect(domo.store.allClients()).toHaveLength(1);
      expect((await domo.call('GET', '/_sandbox/faults')).json).toEqual([]);
      // It is the sandbox's own all the same.
      expect(await send('POST', `${prefix}/clients/${id}/revoke`)).toMatchObject({ status: 204 });
      expect(await counted()).toEqual({});
    },
  );

  it.each(['/%73ign-in', '/sign%2Din', '/%73%69gn-in', 'http://localhost/sign-in'])(
    'cannot sign anybody in by %s',
    async (path) => {
      const body = 'user=admin';
      const headers = { ...form, ...foreign };
      expect(await send('POST', path, { headers, body })).toEqual({ status: 403, cookie: '' });
      expect(await send('POST', path, { headers: form, body })).toMatchObject({ status: 303 });
      expect(await counted()).toEqual({});
    },
  );

  it('meet no fault of the tests on a page, and cannot avoid one, by spelling', async () => {
    await domo.call('POST', '/_sandbox/faults', { body: { path: '/admin', status: 500, count: 9 } });
    expect((await send('GET', '/%61dmin/api-clients')).status).toBe(401);
    await domo.call('DELETE', '/_sandbox/faults');

    await domo.call('POST', '/_sandbox/faults', {
      body: { path: `${developerTokens}/{id}`, method: 'DELETE', status: 503, count: 9 },
    });
    const spelled = developerTokens.replace('developer-tokens', 'developer%2Dtokens');
    expect((await send('DELETE', `${spelled}/7?x=1`)).status).toBe(503);
    expect((await send('DELETE', `http://localhost${developerTokens}/7`)).status).toBe(503);
    expect(await counted()).toEqual({ [`DELETE ${developerTokens}/{id}`]: 2 });
  });

  it.each(['cross-site', 'same-site'])('send nothing but links, whose %s a browser tells', async (site) => {
    const headers = { 'sec-fetch-site': site };
    const { id } = await domo.seed('admin', 'one');
    await domo.call('POST', '/_sandbox/faults', { body: { status: 500 } });
    for (const [method, path] of [
      ['POST', `/_sandbox/clients/${id}/revoke`],
      ['GET', '/_sandbox/clients'],
      ['POST', '/sign-in'],
      ['GET', '/admin/events'],
      ['GET', developerTokens],
      ['DELETE', `${developerTokens}/${id}`],
      ['POST', '/oauth/token'],
      ['POST', '/_sandbox/reset'],
      ['GET', '/_sandbox/health'],
      ['GET', '/nowhere'],
    ] as const) {
      expect({ path, ...(await send(method, path, { headers })) }).toMatchObject({ path, status: 403 });
    }
    const link = { ...headers, 'sec-fetch-mode': 'navigate' };
    expect((await send('GET', '/admin/api-clients', { headers: link })).status).toBe(401);
    expect((await send('GET', developerTokens, { headers: link })).status).toBe(403);
    expect(
      (await send('POST', '/sign-in', { headers: { ...link, ...form }, body: 'user=admin' })).status,
    ).toBe(403);
    expect(domo.store.allClients()).toHaveLength(1);
    expect(await counted()).toEqual({});
    expect((await domo.call('GET', '/_sandbox/faults')).json).toEqual([{ status: 500, count: 1 }]);
  });

  // A browser asks before it sends JSON to another site, and not before it sends these.
  it.each([
    'text/plain',
    'text/plain;application/json',
    form['content-type'],
    'multipart/form-data; boundary=x',
  ])('cannot send %s in place of JSON', async (type) => {
    for (const path of ['/_sandbox/faults', '/api/content/v2/authentication', developerTokens, '/clients']) {
      const headers = { 'content-type': type };
      const { status } = await send('POST', path, { headers, body: '{"status":500}' });
      expect({ path, status }).toEqual({ path, status: 415 });
    }
    expect((await domo.call('GET', '/_sandbox/faults')).json).toEqual([]);
  });
});
