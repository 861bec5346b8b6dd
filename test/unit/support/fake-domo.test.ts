import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type FakeDomo, fakeDomo, type Me, paths, type Quirks } from '../../support/fake-domo';
import { until } from '../../support/until';

let domo: FakeDomo;
beforeEach(async () => {
  domo = await fakeDomo();
});
afterEach(() => domo.close());

type Json = Record<string, unknown>;

async function call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
  const token = { 'X-DOMO-Developer-Token': domo.token };
  const payload = body === undefined ? {} : { body: JSON.stringify(body) };
  const answer = await fetch(domo.url + path, { method, headers: { ...token, ...headers }, ...payload });
  const text = await answer.text();
  return { status: answer.status, text, headers: answer.headers, json: () => JSON.parse(text) as Json };
}
const list = async () => JSON.parse((await call('GET', paths.clients)).text) as Json[];
const create = (name = 'reader', more: Json = {}) =>
  call('POST', paths.clients, { name, description: 'd', scopes: ['data', 'user'], ...more });
const revoke = (id: unknown) => call('DELETE', `${paths.clients}/${id}`);

it.each(Object.values(paths))('serves nothing that the page of facts does not have: %s', (path) => {
  const page = readFileSync(resolve(__dirname, '../../../docs/domo-facts.md'), 'utf8');
  expect(page).toContain(`${path.replace('*', '<id>')}\``);
});

describe('the plain fake Domo', () => {
  it('creates, lists and revokes a client', async () => {
    const created = await create();
    expect(created.status).toBe(201);
    const { id, clientId, clientSecret } = created.json();
    expect(domo.clients.get(Number(id))).toMatchObject({ clientId, secret: clientSecret, userId: 11 });
    const scopes = ['data', 'user'];
    expect(await list()).toEqual([{ id, name: 'reader', description: 'd', clientId, scopes, userId: 11 }]);
    expect((await revoke(id)).status).toBe(204);
    expect(await list()).toEqual([]);
  });

  it('refuses taken names, unknown scopes and incomplete creations', async () => {
    await create();
    for (const refused of [
      create(),
      create('other', { scopes: ['nonsense'] }),
      create('other', { scopes: [] }),
      create(''),
    ]) {
      expect((await refused).status).toBe(400);
    }
    domo.scopes.add('novel');
    expect((await create('other', { scopes: ['NOVEL'] })).json()).toMatchObject({ scopes: ['novel'] });
  });

  it('refuses a wrong token and knows no other endpoint', async () => {
    const wrong = await call('GET', paths.clients, undefined, { 'X-DOMO-Developer-Token': 'fake-other' });
    expect([wrong.status, wrong.text]).toEqual([401, 'Unauthorized']);
    expect((await call('PUT', `${paths.clients}/1`)).status).toBe(404);
    expect((await call('GET', `${paths.clients}/1`)).status).toBe(404);
  });

  it('says who one is', async () => {
    expect((await call('GET', paths.me)).json()).toMatchObject({ id: 11, displayName: 'Someone' });
  });

  it('records and counts requests, and forgets them on reset', async () => {
    await create();
    await revoke(1);
    await revoke(2);
    expect(domo.count(`DELETE ${paths.client}`)).toBe(2);
    expect(domo.count(`POST ${paths.clients}`)).toBe(1);
    expect(domo.requests[0]).toMatchObject({ method: 'POST', path: paths.clients, body: { name: 'reader' } });
    domo.reset();
    expect(domo.count(`POST ${paths.clients}`)).toBe(0);
    expect(domo.clients.size).toBe(1);
  });

  it('is changed behind Terraform’s back', async () => {
    const { id } = domo.add({ name: 'theirs' });
    expect(await list()).toMatchObject([{ id, name: 'theirs', userId: 22 }]);
    domo.revoke(String(id));
    expect(await list()).toEqual([]);
    expect(() => domo.revoke(id)).toThrow('no client');
  });
});

describe('sessions', () => {
  const signIn = (more: Json = {}, headers: Record<string, string> = { Origin: 'http://127.0.0.1' }) => {
    const { username: emailAddress, password } = domo.signIn;
    return call('POST', paths.signIn, { method: 'password', emailAddress, password, ...more }, headers);
  };
  const listWith = async (session: unknown) => {
    const headers = { 'X-DOMO-Authentication': String(session) };
    return (await fetch(domo.url + paths.clients, { headers })).status;
  };

  it('last until they expire', async () => {
    const { sessionToken, success, userId } = (await signIn()).json();
    expect([success, userId]).toEqual([true, 11]);
    expect(await listWith(sessionToken)).toBe(200);
    domo.expireSessions();
    expect(await listWith(sessionToken)).toBe(401);
  });

  it('are refused with status 200 and a reason', async () => {
    const wrong = await signIn({ password: 'fake-other' });
    expect([wrong.status, wrong.json()]).toEqual([200, { success: false, reason: 'INVALID_CREDENTIALS' }]);
    domo.signIn.refusal = 'ACCOUNT_LOCKED';
    expect((await signIn()).json()).toEqual({ success: false, reason: 'ACCOUNT_LOCKED' });
  });

  it('need an Origin, unless that is switched off', async () => {
    expect((await signIn({}, {})).status).toBe(400);
    domo.quirks.origin = 'ignored';
    expect((await signIn({}, {})).status).toBe(200);
  });
});

describe('quirks of the list', () => {
  const shown = async (quirks: Partial<Quirks>) => {
    Object.assign(domo.quirks, quirks);
    return (await list())[0];
  };

  it('wraps it', async () => {
    const { name } = domo.add();
    domo.quirks.list = 'entries';
    expect((await call('GET', paths.clients)).json()).toMatchObject({ entries: [{ name }] });
  });

  it('masks client ids', async () => {
    const { clientId } = domo.add();
    const start = clientId.slice(0, 8);
    expect(await shown({ clientIds: 'stars' })).toMatchObject({ clientId: `${start}****` });
    expect(await shown({ clientIds: 'ellipsis' })).toMatchObject({ clientId: `${start}…` });
    expect(await shown({ clientIds: 'first-8' })).toMatchObject({ clientId: start });
    expect(await shown({ clientIds: (id) => `*${id.slice(-4)}` })).toMatchObject({
      clientId: `*${clientId.slice(-4)}`,
    });
  });

  it('shows an empty description in three ways', async () => {
    domo.add();
    expect(await shown({})).toHaveProperty('description', '');
    expect(await shown({ emptyDescription: 'null' })).toHaveProperty('description', null);
    expect(await shown({ emptyDescription: 'absent' })).not.toHaveProperty('description');
  });

  it('changes the case or order of scopes and leaves owners out', async () => {
    domo.add({ scopes: ['data', 'user'] });
    expect(await shown({ scopes: 'upper-case' })).toMatchObject({ scopes: ['DATA', 'USER'] });
    expect(await shown({ scopes: 'reversed' })).toMatchObject({ scopes: ['user', 'data'] });
    expect(await shown({ owners: 'absent' })).not.toHaveProperty('userId');
  });

  it('shows a new client late, by lists or by time', async () => {
    domo.quirks.lateLists = 2;
    await create('first');
    expect([await list(), await list()]).toEqual([[], []]);
    expect(await list()).toHaveLength(1);
    Object.assign(domo.quirks, { lateLists: 0, lateMs: 100 });
    const before = Date.now();
    await create('second');
    await until('the second client', async () => (await list()).length === 2);
    expect(Date.now() - before).toBeGreaterThanOrEqual(100);
  });
});

describe('quirks of creating and revoking', () => {
  it.each<[Quirks['created'][number], (answer: Json) => void]>([
    ['extra-fields', (answer) => expect(Object.keys(answer).length).toBeGreaterThan(7)],
    ['no-owner', (answer) => expect(answer).not.toHaveProperty('userId')],
    ['no-secret', (answer) => expect(answer).not.toHaveProperty('clientSecret')],
    ['no-client-id', (answer) => expect(answer).not.toHaveProperty('clientId')],
    ['no-id', (answer) => expect(answer).not.toHaveProperty('id')],
    ['id-as-text', (answer) => expect(answer.id).toMatch(/^\d+$/)],
  ])('%s', async (quirk, check) => {
    domo.quirks.created = [quirk];
    check((await create()).json());
  });

  it('answers 400 or 404 to an id that is not there', async () => {
    expect((await revoke(5)).status).toBe(400);
    domo.quirks.absentDelete = 404;
    expect((await revoke(5)).status).toBe(404);
  });
});

describe('what one may', () => {
  it.each<[Me['sees'], number, number | undefined]>([
    ['all', 200, 2],
    ['own', 200, 1],
    ['none-empty', 200, 0],
    ['none-403', 403, undefined],
  ])('sees %s', async (sees, status, length) => {
    domo.add();
    domo.add({ userId: domo.me.id });
    domo.me.sees = sees;
    const answer = await call('GET', paths.clients);
    expect(answer.status).toBe(status);
    if (length === undefined) expect(answer.text).toBe('Forbidden');
    else expect(JSON.parse(answer.text)).toHaveLength(length);
  });

  it('creates and revokes', async () => {
    domo.me.may = { create: false, revoke: 'own' };
    expect((await create()).status).toBe(403);
    const [theirs, own] = [domo.add(), domo.add({ userId: domo.me.id })];
    expect((await revoke(theirs.id)).status).toBe(403);
    expect((await revoke(own.id)).status).toBe(204);
    domo.me.may.revoke = 'none';
    expect((await revoke(theirs.id)).status).toBe(403);
  });
});

describe('faults', () => {
  it('answer something else for a number of matching requests', async () => {
    domo.fail({ method: 'GET', path: paths.clients, times: 2, status: 503 });
    domo.fail({ status: 302, headers: { Location: 'http://127.0.0.1:1/' }, body: 'moved', path: paths.me });
    expect((await create()).status).toBe(201);
    const statuses = [];
    for (let i = 0; i < 3; i += 1) statuses.push((await call('GET', paths.clients)).status);
    expect(statuses).toEqual([503, 503, 200]);
    await expect(call('GET', paths.me)).rejects.toThrow();
  });

  it('ask for patience with 429', async () => {
    domo.fail({ path: paths.client, status: 429 });
    domo.fail({ path: paths.client, status: 429, headers: { 'Retry-After': '7' } });
    expect((await revoke(1)).headers.get('Retry-After')).toBe('1');
    expect((await revoke(1)).headers.get('Retry-After')).toBe('7');
  });

  it.each<['before' | 'after' | 'middle', number]>([
    ['before', 0],
    ['after', 1],
    ['middle', 1],
  ])('drop the connection %s', async (drop, made) => {
    domo.fail({ method: 'POST', drop });
    await expect(create()).rejects.toThrow();
    expect(domo.clients.size).toBe(made);
  });

  it('hide that the work was done', async () => {
    domo.fail({ method: 'POST', status: 502, afterWork: true });
    expect((await create()).status).toBe(502);
    expect(domo.clients.size).toBe(1);
    domo.fail({ method: 'POST', status: 502 });
    await create('other');
    expect(domo.clients.size).toBe(1);
  });

  it('delay, or never answer until the fake Domo closes', async () => {
    domo.fail({ delay: 100 });
    const before = Date.now();
    expect(await list()).toEqual([]);
    // A timer may fire a millisecond early.
    expect(Date.now() - before).toBeGreaterThanOrEqual(99);
    domo.fail({ hang: true, afterWork: true });
    const lost = expect(create()).rejects.toThrow();
    await until('the work', () => domo.clients.size === 1);
    await domo.close();
    await lost;
    domo = await fakeDomo();
  });
});
