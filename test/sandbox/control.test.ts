import { request } from 'node:http';
import type { Change } from '../../examples/sandbox/activity';
import { developerTokens, masked, names, sandbox, type TestSandbox, untilAnswer } from './test-sandbox';

/** The status of a GET with that Host header, which fetch does not let one set. */
function statusFor(url: string, host: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const sent = request(`${url}${developerTokens}`, { headers: { host } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    sent.on('error', reject).end();
  });
}

describe('what tests see and do', () => {
  let domo: TestSandbox;
  beforeEach(async () => {
    domo = await sandbox();
  });
  afterEach(() => {
    jest.restoreAllMocks();
    return domo.close();
  });

  const fault = async (body: unknown) => {
    expect((await domo.call('POST', '/_sandbox/faults', { body })).status).toBe(204);
  };
  const create = (name = 'one') => domo.create('admin', { name, scopes: ['data'] });
  /** A creation whose caller does not wait for the answer. */
  function createAndLeave(name: string) {
    const caller = new AbortController();
    const answer = fetch(domo.url + developerTokens, {
      method: 'POST',
      headers: { ...domo.as('admin'), 'content-type': 'application/json' },
      body: JSON.stringify({ name, scopes: ['data'] }),
      signal: caller.signal,
    });
    const outcome = answer.then(
      () => 'answered',
      () => 'aborted',
    );
    return { abort: () => caller.abort(), outcome };
  }
  const stored = () => domo.store.allClients().map(({ name }) => name);

  it('counts requests by endpoint, refused ones too, its own not', async () => {
    await domo.list('admin');
    await domo.list('guest');
    await domo.revoke('admin', 17);
    await domo.call('GET', '/nowhere?x=1');
    await fault({ status: 500 });
    await domo.call('GET', `${developerTokens}?x=1`);
    const { json } = await domo.call('GET', '/_sandbox/requests');
    expect(json).toEqual({
      [`GET ${developerTokens}`]: 3,
      [`DELETE ${developerTokens}/{id}`]: 1,
      'GET /nowhere': 1,
    });
    expect((await domo.call('DELETE', '/_sandbox/requests')).status).toBe(204);
    expect((await domo.call('GET', '/_sandbox/requests')).json).toEqual({});
  });

  it('answers to loopback names only', async () => {
    const { port } = new URL(domo.url);
    for (const host of ['localhost', `localhost:${port}`, `127.0.0.1:${port}`, `[::1]:${port}`]) {
      expect(await statusFor(domo.url, host)).toBe(401);
    }
    for (const host of ['acme.domo.com', 'localhost.example', '127.0.0.1.example:80']) {
      expect(await statusFor(domo.url, host)).toBe(421);
    }
  });

  it('shows and makes clients, and revokes them behind the back', async () => {
    const body = { userId: domo.user('guest').id, name: 'seeded', scopes: ['data'] };
    const made = await domo.call('POST', '/_sandbox/clients', { body });
    expect(made.status).toBe(201);
    const { id, clientId } = Object(made.json);
    expect((await domo.call('GET', '/_sandbox/clients')).json).toEqual([
      {
        ...body,
        id,
        clientId,
        description: '',
        maskedClientId: masked(clientId),
        createdAt: expect.any(Number),
      },
    ]);
    expect((await domo.call('POST', `/_sandbox/clients/${id}/revoke`)).status).toBe(204);
    expect((await domo.call('POST', `/_sandbox/clients/${id}/revoke`)).status).toBe(404);
    expect(stored()).toEqual([]);
  });

  it('tells listeners what happens', async () => {
    const changes: Omit<Change, 'at'>[] = [];
    const stop = domo.store.onChange(({ at: _, ...change }) => changes.push(change));
    const { id, clientId, secret } = await domo.seed('creator', 'one');
    await domo.oauth(clientId, secret);
    await domo.revoke('guest', id);
    await domo.revoke('manager', id);
    stop();
    await create('two');
    const by = (name: string) => ({ actor: name, actorId: domo.user(name).id });
    const about = { clientId: id, ownerId: domo.user('creator').id };
    expect(changes).toEqual([
      { kind: 'created', ...by('creator'), subject: 'one', ...about },
      { kind: 'token-issued', actor: 'one', subject: 'data', ...about, expiresAt: expect.any(Number) },
      { kind: 'refused', ...by('guest'), subject: `id ${id}`, reason: 'Forbidden' },
      { kind: 'revoked', ...by('manager'), subject: 'one', ...about },
    ]);
  });

  describe('faults', () => {
    it('answers a status instead of doing the work, for the next N that match', async () => {
      await fault({ method: 'post', path: developerTokens, status: 429, retryAfter: 7, count: 2 });
      expect((await domo.list('admin')).status).toBe(200);
      for (let i = 0; i < 2; i++) {
        const answer = await create();
        expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '7']);
      }
      expect(stored()).toEqual([]);
      expect((await domo.call('GET', '/_sandbox/faults')).json).toEqual([]);
      expect((await create()).status).toBe(201);
    });

    it('matches ids by {id} and *, and only from the beginning of the path', async () => {
      await fault({ path: '/developer-tokens', status: 500 });
      await fault({ method: 'DELETE', path: `${developerTokens}/{id}`, status: 503, body: 'busy' });
      await fault({ path: '/api/*/v2/users', status: 502, body: { oops: true } });
      expect((await domo.list('admin')).status).toBe(200);
      const busy = await domo.revoke('admin', 1);
      expect([busy.status, busy.text]).toEqual([503, 'busy']);
      const oops = await domo.call('GET', '/api/content/v2/users/me', { headers: domo.as('admin') });
      expect([oops.status, oops.json]).toEqual([502, { oops: true }]);
    });

    it('uses one fault for one request, the oldest first, and forgets them when told', async () => {
      await fault({ status: 500 });
      await fault({ status: 501, count: 5 });
      expect((await domo.list('admin')).status).toBe(500);
      expect((await domo.list('admin')).status).toBe(501);
      expect((await domo.call('GET', '/_sandbox/faults')).json).toEqual([{ status: 501, count: 4 }]);
      await domo.call('DELETE', '/_sandbox/faults');
      expect((await domo.list('admin')).status).toBe(200);
    });

    it('closes the connection before the work', async () => {
      await fault({ drop: 'before' });
      await expect(create()).rejects.toThrow('fetch failed');
      expect(stored()).toEqual([]);
    });

    it('closes the connection after the work', async () => {
      await fault({ drop: 'after' });
      await expect(create()).rejects.toThrow('fetch failed');
      expect(stored()).toEqual(['one']);
    });

    it('does the work and answers a status', async () => {
      await fault({ status: 504, after: true });
      expect((await create()).status).toBe(504);
      expect(stored()).toEqual(['one']);
      const { id } = domo.store.allClients()[0] ?? { id: 0 };
      await fault({ status: 502, after: true });
      expect((await domo.revoke('admin', id)).status).toBe(502);
      expect(stored()).toEqual([]);
    });

    it('does the work and cuts the answer, or answers a page', async () => {
      await fault({ corrupt: 'truncate' });
      const cut = await create();
      expect([cut.status, cut.text.startsWith('{"id"'), cut.json]).toEqual([201, true, undefined]);
      await fault({ corrupt: 'html' });
      const page = await create('two');
      expect([page.status, page.headers.get('content-type')]).toEqual([201, 'text/html; charset=utf-8']);
      expect(page.text).toContain('<html>');
      expect(stored()).toEqual(['one', 'two']);
    });

    it('waits before the work, which is done even if the caller has gone', async () => {
      await fault({ delay: 300 });
      const started = performance.now();
      const { abort, outcome } = createAndLeave('late');
      await untilAnswer(
        async () => domo.call('GET', '/_sandbox/faults'),
        ({ text }) => text === '[]',
      );
      abort();
      expect(await outcome).toBe('aborted');
      await untilAnswer(
        async () => stored(),
        (found) => found.includes('late'),
      );
      // Timers may fire a millisecond early.
      expect(performance.now() - started).toBeGreaterThanOrEqual(299);
    });

    it('waits after the work', async () => {
      await fault({ delay: 600_000, after: true });
      const { abort, outcome } = createAndLeave('held back');
      await untilAnswer(
        async () => stored(),
        (found) => found.includes('held back'),
      );
      abort();
      expect(await outcome).toBe('aborted');
    });

    it('answers as to an address that is not on the allowlist, and does nothing', async () => {
      await fault({ method: 'POST', blocked: 'page' });
      const page = await create();
      expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
      expect(page.text).toContain('<title>Domo - Blocked</title>');
      await fault({ blocked: 'redirect' });
      const url = `${domo.url}${developerTokens}`;
      const redirect = await fetch(url, { headers: domo.as('admin'), redirect: 'manual' });
      expect([redirect.status, redirect.headers.get('location')]).toEqual([303, '/auth/whitelist/blocked']);
      expect(stored()).toEqual([]);
    });

    it.each([
      { stauts: 500 },
      { blocked: 'elsewhere' },
      { status: 99 },
      { drop: 'now' },
      { count: 0 },
      { delay: '1s' },
      'text',
      [1],
    ])('refuses %j', async (body) => {
      expect((await domo.call('POST', '/_sandbox/faults', { body })).status).toBe(400);
      expect((await domo.list('admin')).status).toBe(200);
    });
  });

  describe('chaos', () => {
    const chaos = async (body: unknown) => {
      expect((await domo.call('PUT', '/_sandbox/chaos', { body })).status).toBe(204);
    };
    const figures = async () =>
      (await domo.call('GET', '/_sandbox/chaos')).json as {
        requests: number;
        faults: Record<string, number>;
      };
    const drawn = async () => Object.values((await figures()).faults).reduce((sum, count) => sum + count, 0);
    const outcome = () =>
      domo.list('admin').then(({ status, text }) => `${status} ${text.replace(/"toe":"[^"]*"/, '')}`, String);

    it('draws the same faults for the same seed, and counts them by kind', async () => {
      const outcomes = async (seed: number) => {
        await chaos({ seed, share: 0.5, delay: 1 });
        const seen: string[] = [];
        for (let i = 0; i < 40; i++) seen.push(await outcome());
        return seen.join();
      };
      const first = await outcomes(7);
      const met = await drawn();
      expect(met).toBeGreaterThan(10);
      expect(met).toBeLessThan(30);
      expect(await outcomes(8)).not.toBe(first);
      expect(await outcomes(7)).toBe(first);
    });

    it('spares nothing with a share of 1, and ends', async () => {
      await chaos({ share: 1, delay: 1 });
      for (let i = 0; i < 60; i++) await outcome();
      expect(Object.entries((await figures()).faults).filter(([, count]) => count === 0)).toEqual([]);
      await chaos({});
      expect((await domo.list('admin')).status).toBe(200);
      expect(await drawn()).toBe(60);
      expect((await figures()).requests).toBe(60);
    });

    it.each([{ seeed: 1 }, { share: 2 }, { share: -1 }, { delay: '1s' }])('refuses %j', async (body) => {
      expect((await domo.call('PUT', '/_sandbox/chaos', { body })).status).toBe(400);
    });
  });

  describe('quirks', () => {
    const quirks = async (body: unknown) => {
      expect((await domo.call('PUT', '/_sandbox/quirks', { body })).status).toBe(200);
    };

    it('wraps the list, shows whole ids, and puts both back', async () => {
      const { clientId } = await domo.seed('admin', 'one');
      await quirks({ wrapped: true, fullIds: true });
      expect((await domo.list('admin')).json).toMatchObject({ entries: [{ clientId }] });
      await quirks({});
      expect((await domo.list('admin')).json).toMatchObject([{ clientId: masked(clientId) }]);
    });

    it('tells when a client was created', async () => {
      const { createdAt } = await domo.seed('admin', 'one');
      expect((await domo.list('admin')).json).toMatchObject([{ created: null }]);
      await quirks({ created: true });
      expect((await domo.list('admin')).json).toMatchObject([{ created: createdAt }]);
      expect((await create('two')).json).toMatchObject({ created: expect.any(Number) });
    });

    it('answers 404 for an id that is not there', async () => {
      await quirks({ missing: 404 });
      expect((await domo.revoke('admin', 1)).status).toBe(404);
    });

    it('lists a new client late', async () => {
      await quirks({ listLag: 60_000 });
      expect((await create()).status).toBe(201);
      expect(stored()).toEqual(['one']);
      expect(names(await domo.list('admin'))).toEqual([]);
      const later = Date.now() + 60_001;
      jest.spyOn(Date, 'now').mockImplementation(() => later);
      expect(names(await domo.list('admin'))).toEqual(['one']);
    });

    it('knows scopes that Domo has added', async () => {
      await quirks({ scopes: ['Magic'] });
      expect((await domo.create('admin', { name: 'x', scopes: ['magic'] })).status).toBe(201);
    });

    it.each([{ wraped: true }, { missing: 500 }, { listLag: '1s' }])('refuses %j', async (body) => {
      expect((await domo.call('PUT', '/_sandbox/quirks', { body })).status).toBe(400);
    });
  });
});
