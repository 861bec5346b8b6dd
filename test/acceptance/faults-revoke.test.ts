import { engines, firstEngine } from '../support/terraform';
import { age, calls, del, get, occurrences, only, post, reports } from './faults-support';
import { client, setUp, tearDown } from './setup';

afterAll(tearDown);

async function applied(resources = reports(), provider = '', engine = firstEngine()) {
  const made = await setUp(resources, { provider, engine });
  await made.work.apply();
  age(made.work);
  made.domo.reset();
  return made;
}

describe('a destroy', () => {
  it.concurrent('revokes, and says once that tokens live on', async () => {
    const { domo, work, plan, destroy } = await applied(
      client('a', 'name = "one"') + client('b', 'name = "two"'),
    );
    const { text } = await plan('-destroy');
    expect(occurrences(text, 'Warning: Revoking does not end access tokens already issued')).toBe(1);
    expect(text).not.toContain('more similar warning');
    expect((await destroy()).code).toBe(0);
    expect(domo.clients.size).toBe(0);
    expect(domo.count(calls.revoke)).toBe(2);
    expect((await work.state()).resources).toEqual([]);
  });

  it.concurrent.each([400, 404] as const)(
    'of a client that is gone already is a success (%i)',
    async (absentDelete) => {
      const { domo, work, destroy } = await applied();
      domo.quirks.absentDelete = absentDelete;
      domo.revoke(only(domo).id);
      const { code } = await destroy('-refresh=false');
      expect(code).toBe(0);
      expect((await work.state()).resources).toEqual([]);
      expect(domo.count(calls.list)).toBeLessThanOrEqual(2);
    },
  );

  it.concurrent.each([
    ['403, for lack of the grant', 403, 'Manage All Access Tokens and API Clients'],
    ['400, although it is there', 400, 'Domo returned 400'],
  ])('that Domo refuses with %s is an error, and the state stays', async (_, status, said) => {
    const { domo, work, destroy } = await applied();
    domo.fail({ ...del, status });
    const { code, text } = await destroy();
    const { id } = only(domo);
    expect([code, text]).toEqual([1, expect.stringContaining(said)]);
    expect(text).toContain(`Revoking API client "reports" (id ${id})`);
    expect(text).toContain('The client stays in the state; a later apply tries again.');
    expect((await work.state()).attributes('domo_api_client.a')).toMatchObject({ id: String(id) });
    expect((await destroy()).code).toBe(0);
    expect(domo.clients.size).toBe(0);
  });

  it.concurrent('whose answer is lost after the work is a success', async () => {
    const { domo, work, destroy } = await applied(reports(), 'max_retries = 0');
    domo.fail({ ...del, drop: 'after' });
    expect((await destroy()).code).toBe(0);
    expect(domo.clients.size).toBe(0);
    expect((await work.state()).resources).toEqual([]);
    expect(domo.count(calls.revoke)).toBe(1);
  });

  it.concurrent('whose answer is lost before the work is an error, and the state stays', async () => {
    const { domo, work, destroy } = await applied(reports(), 'max_retries = 0');
    domo.fail({ ...del, drop: 'before' });
    const { code, text } = await destroy();
    expect([code, text]).toEqual([1, expect.stringContaining('Whether Domo carried it out is unknown')]);
    expect((await work.state()).attributes('domo_api_client.a')).toMatchObject({ id: String(only(domo).id) });
  });

  it.concurrent('of an id that carries another name revokes nothing', async () => {
    const { domo, work, destroy } = await applied();
    const { id } = only(domo);
    domo.clients.set(id, { ...only(domo), name: 'somebody else' });
    const { resources } = await work.state();
    const { code, text } = await destroy('-refresh=false');
    expect([code, text]).toEqual([1, expect.stringContaining('Error: The id belongs to another API client')]);
    expect(text).toContain('"somebody else" in Domo. Nothing was revoked.');
    expect(domo.count(calls.revoke)).toBe(0);
    expect((await work.state()).resources).toEqual(resources);
  });

  it.concurrent.each(engines())(
    'of a tainted client that fails leaves behind what is remembered of it, with $name',
    async (engine) => {
      const { domo, work, apply } = await applied(reports(), '', engine);
      expect((await work.run('taint', 'domo_api_client.a')).code).toBe(0);
      const { resources } = await work.state();
      domo.fail({ ...del, status: 403 });
      expect((await apply()).code).toBe(1);
      expect((await work.state()).resources).toEqual(resources);
      domo.revoke(only(domo).id);
      const { code, text } = await apply();
      expect([code, text]).toEqual([0, expect.stringContaining('was revoked outside Terraform')]);
      expect(await work.plan()).toBe('empty');
    },
  );

  it.concurrent('of a client that the caller cannot see revokes nothing', async () => {
    const { domo, work, destroy } = await applied();
    Object.assign(domo.me, { id: 99, sees: 'own' });
    const { code, text } = await destroy('-refresh=false');
    expect([code, text]).toEqual([1, expect.stringContaining('Error: The API client cannot be seen')]);
    expect(domo.count(calls.revoke)).toBe(0);
    expect((await work.state()).resources).toHaveLength(1);
  });
});

describe('what is safe to repeat is tried again', () => {
  it.concurrent('429 with Retry-After, wherever it comes, beyond max_retries', async () => {
    const { domo, work, apply, destroy } = await setUp(reports(), { provider: 'max_retries = 0' });
    const limited = { status: 429, headers: { 'Retry-After': '1' } };
    domo.fail({ ...get, ...limited });
    domo.fail({ ...post, ...limited, times: 2 });
    expect((await apply()).code).toBe(0);
    const [first, second] = domo.requests.filter(({ method }) => method === 'POST');
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(950);
    expect(domo.count(calls.create)).toBe(3);
    expect((await work.state()).attributes('domo_api_client.a')).toMatchObject({
      client_secret: only(domo).secret,
    });
    domo.fail({ ...del, ...limited });
    expect((await destroy()).code).toBe(0);
    expect(domo.count(calls.revoke)).toBe(2);
  });

  it.concurrent('503 for a list or a revocation, up to max_retries', async () => {
    const { domo, work, plan, destroy } = await applied(reports(), 'max_retries = 2');
    domo.fail({ ...get, status: 503, times: 2 });
    expect(await work.plan()).toBe('empty');
    expect(domo.count(calls.list)).toBe(3);

    domo.fail({ ...get, status: 503, times: 3 });
    const { code, text } = await plan();
    expect([code, text]).toEqual([1, expect.stringContaining('Domo returned 503')]);
    expect(domo.count(calls.list)).toBe(6);

    domo.fail({ ...del, status: 503 });
    expect((await destroy()).code).toBe(0);
    expect(domo.count(calls.revoke)).toBe(2);
    expect(domo.clients.size).toBe(0);
  });
});
