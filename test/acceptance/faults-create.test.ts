import { type Fault, paths } from '../support/fake-domo';
import { until } from '../support/until';
import { calls, get, only, post, reports } from './faults-support';
import { client, setUp, tearDown } from './setup';

afterAll(tearDown);

const address = 'domo_api_client.a';

describe('a creation whose answer is lost', () => {
  // First, because it takes the longest.
  it.concurrent('is kept as tainted if the list never tells, and the next apply heals', async () => {
    const { domo, work, apply, plan } = await setUp(reports());
    domo.fail({ ...post, drop: 'after' });
    domo.quirks.lateLists = Number.POSITIVE_INFINITY;
    const started = Date.now();
    const { code, text } = await apply();
    expect(Date.now() - started).toBeGreaterThan(29_000);
    expect(code).toBe(1);
    expect(text).toContain('Could not confirm whether the API client was created');
    expect(text).toContain('but its list shows this caller no client of that name');
    expect(text).toContain('The client is kept in the state as tainted, without an id. Apply again');
    expect((await work.state()).resource(address)).toMatchObject({
      tainted: true,
      values: { name: 'reports', id: null, client_secret: null, owner_id: String(domo.me.id) },
    });
    expect(domo.count(calls.create)).toBe(2);
    expect(domo.count(calls.revoke)).toBe(0);

    domo.quirks.lateLists = 0;
    const lost = only(domo);
    lost.hiddenLists = 0;
    const planned = await plan();
    expect(planned.text).toContain('The client of an unconfirmed create request was found');
    expect(planned.text).toContain(`API client "reports" (id ${lost.id})`);
    expect(planned.text).toContain('is tainted, so must be replaced');
    expect((await apply()).code).toBe(0);
    expect(only(domo).id).not.toBe(lost.id);
    expect((await work.state()).attributes(address)).toMatchObject({ client_secret: only(domo).secret });
  });

  it.concurrent('leaves another client of that name alone, and says who holds it', async () => {
    const { domo, work, apply } = await setUp(reports(), {
      provider: 'max_retries = 0\nrequest_timeout = "2s"',
    });
    domo.fail({ ...post, hang: true });
    const running = work.start('apply', '-auto-approve', '-no-color');
    await until('the POST', () => domo.count(calls.create) === 1);
    domo.fail({ ...get, status: 500, times: Number.POSITIVE_INFINITY });
    running.interrupt();
    expect((await running.done).text).toContain('Could not confirm whether the API client was created');
    expect((await work.state()).resource(address)).toMatchObject({ tainted: true });
    domo.reset();
    const other = domo.add({ name: 'reports', description: 'of another team', userId: domo.me.id });
    const { code, text } = await apply();
    expect([code, text]).toEqual([1, expect.stringContaining('The name of the API client is taken')]);
    expect(only(domo)).toMatchObject({ id: other.id });
    expect((await work.state()).resources).toEqual([]);
  });

  it.concurrent.each<[string, Fault, number]>([
    ['the connection breaks', { drop: 'after' }, 0],
    ['Domo answers 500 and lists late', { status: 500, afterWork: true }, 3],
    ['request_timeout passes', { hang: true, afterWork: true }, 0],
    ['the body is a page', { status: 200, body: '<html>fake-page</html>', afterWork: true }, 0],
  ])('is kept as tainted without a secret, and the next apply heals: %s', async (_, fault, lateLists) => {
    const { domo, work, apply, plan } = await setUp(reports(), {
      provider: 'request_timeout = "2s"',
      quirks: { lateLists },
    });
    domo.fail({ ...post, ...fault });
    const applied = await apply();
    expect(applied.code).toBe(1);
    expect(applied.text).toContain('The secret of a new API client is lost');
    const lost = only(domo);
    expect(applied.text).toContain(`API client "reports" (id ${lost.id}) now exists`);
    expect(applied.text).toContain('the next plan replaces it');
    expect(applied.text).toContain('terraform state rm');
    const kept = (await work.state()).resource(address);
    expect(kept).toMatchObject({
      tainted: true,
      values: { id: String(lost.id), client_secret: null, owner_id: String(lost.userId) },
    });
    expect(domo.count(calls.create)).toBe(lateLists === 0 ? 1 : 2);
    expect(domo.count(calls.revoke)).toBe(0);

    domo.quirks.lateLists = 0;
    const planned = await plan();
    expect(planned.code).toBe(2);
    expect(planned.text).toContain('is tainted, so must be replaced');
    expect(domo.clients.has(lost.id)).toBe(true);

    expect((await apply()).code).toBe(0);
    const healed = only(domo);
    expect(healed.id).not.toBe(lost.id);
    expect((await work.state()).resource(address)).toMatchObject({
      values: { id: String(healed.id), client_secret: healed.secret },
    });
    expect(await work.plan()).toBe('empty');
  });

  it.concurrent.each<[string, Fault]>([
    ['Domo answers 502', { status: 502 }],
    ['a success has no secret', { status: 200, body: {} }],
  ])('is made again where nothing was done: %s', async (_, fault) => {
    const { domo, work, apply } = await setUp(reports(), {
      provider: 'request_timeout = "2s"',
      quirks: { lateLists: 1 },
    });
    domo.fail({ ...post, ...fault });
    expect((await apply()).code).toBe(0);
    const { id, secret } = only(domo);
    expect((await work.state()).attributes(address)).toMatchObject({ id: String(id), client_secret: secret });
    expect(domo.count(calls.create)).toBe(2);
  });

  it.concurrent('names a client that is not clearly its own, and leaves it alone', async () => {
    const { domo, work, apply } = await setUp(reports());
    domo.fail({ ...post, status: 503 });
    const foreign = domo.add({ name: 'reports' });
    const { code, text } = await apply();
    expect(code).toBe(1);
    expect(text).toContain('Cannot tell whether this API client is yours');
    expect(text).toContain(`API client "reports" (id ${foreign.id}), owned by user ${foreign.userId}`);
    expect(text).toContain(`id = "id:${foreign.id}"`);
    expect((await work.state()).resources).toEqual([]);
    expect(domo.count(calls.create)).toBe(1);
    expect(domo.count(calls.revoke)).toBe(0);
    expect(only(domo)).toBe(foreign);
  });

  it.concurrent('does not take a client for its own that the plan has seen', async () => {
    const { domo, work, apply } = await setUp(reports());
    const foreign = domo.add({ name: 'reports', userId: domo.me.id });
    domo.fail({ ...post, status: 503 });
    const { code, text } = await apply();
    expect(code).toBe(1);
    expect(text).toContain('Cannot tell whether this API client is yours');
    expect((await work.state()).resources).toEqual([]);
    expect(only(domo)).toBe(foreign);
    expect(domo.count(calls.revoke)).toBe(0);
  });
});

describe('after an answer with a secret', () => {
  it.concurrent('there is no error, although the list fails throughout', async () => {
    const { domo, work, apply } = await setUp(reports(), {
      quirks: { created: ['no-id', 'no-owner'] },
      provider: 'max_retries = 0',
    });
    domo.fail({ ...get, status: 500, times: Number.POSITIVE_INFINITY });
    const { code, text } = await apply();
    expect(code).toBe(0);
    expect(text).toContain("Domo's response had no id");
    const { id, secret, userId } = only(domo);
    expect((await work.state()).resource(address)).not.toHaveProperty('tainted');
    expect((await work.state()).attributes(address)).toMatchObject({ id: null, client_secret: secret });

    domo.reset();
    expect(await work.plan()).toBe('empty');
    expect((await apply()).code).toBe(0);
    expect((await work.state()).attributes(address)).toMatchObject({
      id: String(id),
      owner_id: String(userId),
      client_secret: secret,
    });
    await work.destroy();
    expect(domo.clients.size).toBe(0);
  });

  it.concurrent.each([
    ['no-owner' as const, { owner_id: null }],
    ['no-client-id' as const, { client_id: null, masked_client_id: null }],
    ['no-id' as const, {}],
  ])('what is missing is filled in by a refresh, without drift: %s', async (odd, atFirst) => {
    const { domo, work, apply } = await setUp(reports(), { quirks: { created: [odd] } });
    // Whoever could tell the owner now does not answer.
    domo.fail({ method: 'GET', path: paths.me, status: 500, times: Number.POSITIVE_INFINITY });
    expect((await apply()).code).toBe(0);
    expect(domo.count(calls.create)).toBe(1);
    domo.reset();
    const { id, clientId, secret, userId } = only(domo);
    const whole = {
      id: String(id),
      client_id: clientId,
      masked_client_id: `${clientId.slice(0, 8)}…`,
      client_secret: secret,
      owner_id: String(userId),
    };
    expect((await work.state()).attributes(address)).toMatchObject({ ...whole, ...atFirst });
    expect(await work.plan()).toBe('empty');
    await work.apply('-refresh-only');
    expect((await work.state()).attributes(address)).toMatchObject(whole);
    expect(domo.count(calls.create)).toBe(0);
  });
});

it.concurrent('one name twice in a configuration makes one client and one error', async () => {
  const { domo, work, apply } = await setUp(reports() + client('b', 'name = "reports"'));
  const { code, text } = await apply();
  expect(code).toBe(1);
  const { id } = only(domo);
  expect(text).toContain('The name of the API client is taken');
  expect(text).toContain(`held by API client "reports" (id ${id})`);
  expect((await work.state()).resources).toMatchObject([{ values: { id: String(id) } }]);
  expect(domo.count(calls.revoke)).toBe(0);
  expect(domo.count(calls.create)).toBe(2);
});

it.concurrent('a refusal for another reason is quoted, and makes nothing', async () => {
  const { domo, work, apply } = await setUp(reports('scopes = ["magic"]'), {
    provider: 'additional_scopes = ["magic"]',
  });
  const { code, text } = await apply();
  expect(code).toBe(1);
  expect(text).toContain('Creating API client "reports"');
  expect(text).toContain('Domo returned 400 (Unknown scope)');
  expect(text).toContain('No client was created.');
  expect((await work.state()).resources).toEqual([]);
  expect(domo.clients.size).toBe(0);
});
