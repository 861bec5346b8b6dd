import { sandbox, type TestSandbox } from '../test-sandbox';
import { activityPath, clientsPath } from './page-actions';

/** What a page of another site, or a program without a browser, may send. */
describe('the security of the page', () => {
  let domo: TestSandbox;
  beforeEach(async () => {
    domo = await sandbox();
  });
  afterEach(() => domo.close());

  type Sent = { method?: string; headers?: Record<string, string>; body?: string };
  const ask = (path: string, sent: Sent = {}) => fetch(domo.url + path, { redirect: 'manual', ...sent });

  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  const json = { 'content-type': 'application/json' };

  async function signIn(user: string, headers: Record<string, string> = {}) {
    const response = await ask('/sign-in', {
      method: 'POST',
      headers: { ...form, ...headers },
      body: `user=${user}`,
    });
    const cookie = response.headers.get('set-cookie') ?? '';
    return { status: response.status, set: cookie, cookie: cookie.split(';')[0] ?? '' };
  }

  async function csrfOf(cookie: string): Promise<string> {
    const page = await (await ask(clientsPath, { headers: { cookie } })).text();
    return /<meta name="csrf" content="([^"]+)">/.exec(page)?.[1] ?? '';
  }

  const body = JSON.stringify({ name: 'one', scopes: ['data'] });
  const made = () => domo.store.allClients().length;

  it('creates and revokes for who is signed in and knows the token of the session, alone', async () => {
    const { cookie } = await signIn('admin');
    const csrf = await csrfOf(cookie);
    const other = await csrfOf((await signIn('admin')).cookie);
    expect(csrf).toMatch(/^[\w-]{32}$/);
    const statuses = async (path: string) => {
      const send = async (headers: Record<string, string>) =>
        (await ask(path, { method: 'POST', headers: { ...json, ...headers }, body })).status;
      return [
        await send({}),
        await send({ 'x-csrf': csrf }),
        await send({ cookie }),
        await send({ cookie, 'x-csrf': other }),
        await send({ cookie: `${cookie}x`, 'x-csrf': csrf }),
        await send({ cookie, 'x-csrf': csrf, origin: 'http://evil.example' }),
        await send({ cookie, 'x-csrf': csrf, origin: 'null' }),
        await send({ cookie, 'x-csrf': csrf, origin: domo.url }),
      ];
    };
    expect(await statuses(clientsPath)).toEqual([401, 401, 403, 403, 401, 403, 403, 201]);
    expect(made()).toBe(1);
    const [client] = domo.store.allClients();
    const refusedAndDone = [401, 401, 403, 403, 401, 403, 403, 204];
    expect(await statuses(`${clientsPath}/${client?.id}/revoke`)).toEqual(refusedAndDone);
    expect(made()).toBe(0);
  });

  it("refuses another site's sign-in and sign-out, and its use of the tests' endpoints", async () => {
    const foreign = { origin: 'http://evil.example' };
    expect(await signIn('admin', foreign)).toEqual({ status: 403, set: '', cookie: '' });
    const { cookie } = await signIn('admin');
    for (const headers of [{ cookie }, { cookie, ...foreign }]) {
      const out = await ask('/sign-out', {
        method: 'POST',
        headers: { ...form, ...headers },
        body: 'csrf=no',
      });
      expect(out.status).toBe(403);
    }
    expect(await csrfOf(cookie)).not.toBe('');
    const { id } = await domo.seed('admin', 'one');
    const revoke = await ask(`/_sandbox/clients/${id}/revoke`, { method: 'POST', headers: foreign });
    expect(revoke.status).toBe(403);
    expect(made()).toBe(1);
  });

  it('ends a session for good', async () => {
    const { cookie } = await signIn('admin');
    const csrf = await csrfOf(cookie);
    const headers = { ...form, cookie };
    const out = await ask('/sign-out', { method: 'POST', headers, body: `csrf=${csrf}` });
    expect(out.status).toBe(303);
    expect(out.headers.get('set-cookie')).toMatch(/=; .*Max-Age=0$/);
    expect((await ask(clientsPath, { headers: { cookie } })).status).toBe(401);
  });

  it('takes the grants of the session, whatever is sent', async () => {
    const { id } = await domo.seed('admin', 'not theirs');
    for (const [user, creates, revokes] of [
      ['creator', 201, 403],
      ['manager', 403, 204],
      ['guest', 403, 403],
    ] as const) {
      const { cookie } = await signIn(user);
      // A guest's page has a token too: it is in the frame of every page.
      const headers = { ...json, cookie, 'x-csrf': await csrfOf(cookie) };
      const name = `by ${user}`;
      const creation = JSON.stringify({ name, scopes: ['data'] });
      expect((await ask(clientsPath, { method: 'POST', headers, body: creation })).status).toBe(creates);
      const revoke = await ask(`${clientsPath}/${id}/revoke`, { method: 'POST', headers, body: '{}' });
      expect(revoke.status).toBe(revokes);
    }
  });

  it('signs in nobody but its users, and answers in HTML', async () => {
    for (const user of ['', 'nobody', 'admin%00', '__proto__']) {
      expect(await signIn(user)).toMatchObject({ status: 400, set: '' });
    }
    const answer = await ask('/sign-in', { method: 'POST', headers: json, body: 'no json' });
    expect(answer.status).toBe(400);
  });

  it('names its cookie by the port and keeps it from scripts and other sites', async () => {
    const { set } = await signIn('admin');
    const { port } = new URL(domo.url);
    expect(set).toMatch(
      new RegExp(`^sandbox-session-${port}=[\\w-]{32}; Path=/; HttpOnly; SameSite=Strict$`),
    );
  });

  it.each([clientsPath, activityPath, '/assets/page.js', '/assets/page.css', '/sign-in'])(
    'sends %s with headers that shut everything else out',
    async (path) => {
      const { cookie } = await signIn('admin');
      const { headers } = await ask(path, { headers: { cookie } });
      const policy = headers.get('content-security-policy') ?? '';
      expect(policy).toContain("default-src 'none'");
      expect(policy).not.toMatch(/unsafe|\*|https?:/);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('cache-control')).toBe('no-store');
    },
  );

  it('has a page for a browser that is sent to nowhere, and JSON for programs', async () => {
    const path = '/<b>nowhere</b>';
    const page = await ask(path, { headers: { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' } });
    expect([page.status, page.headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8']);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    const html = await page.text();
    expect(html).toContain('<h1>There is no such page</h1>');
    expect(html).toContain(`href="${clientsPath}"`);
    expect(html).not.toContain('<b>nowhere');
    for (const accept of ['*/*', 'application/json']) {
      const answer = await ask(path, { headers: { accept } });
      expect(answer.status).toBe(404);
      expect(await answer.json()).toMatchObject({ status: 404, message: 'Not Found' });
    }
  });

  it('goes on to where one was sent to after the sign-in, and never elsewhere', async () => {
    for (const [to, place] of [
      [activityPath, activityPath],
      ['https://evil.example', clientsPath],
      ['', clientsPath],
    ] as const) {
      const body = new URLSearchParams({ user: 'admin', to }).toString();
      const { headers } = await ask('/sign-in', { method: 'POST', headers: form, body });
      expect(headers.get('location')).toBe(place);
    }
  });

  it('tells the events to who is signed in and has a grant', async () => {
    expect((await ask('/admin/events')).status).toBe(401);
    expect((await ask('/admin/events', { headers: { cookie: (await signIn('guest')).cookie } })).status).toBe(
      401,
    );
    const { cookie } = await signIn('creator');
    const events = await ask('/admin/events', { headers: { cookie } });
    expect(events.headers.get('content-type')).toBe('text/event-stream');
    await events.body?.cancel();
  });

  it('counts no request of the page and lets no fault happen to it', async () => {
    await domo.call('POST', '/_sandbox/faults', { body: { status: 500, count: 9 } });
    expect((await signIn('admin')).status).toBe(303);
    expect((await domo.call('GET', '/_sandbox/requests')).json).toEqual({});
    expect((await domo.list('admin')).status).toBe(500);
  });
});
