import { paths } from '../support/fake-domo';
import { type Engine, engines, firstEngine } from '../support/terraform';
import { copyOf } from './copied-state';
import { age, calls, del, get, occurrences, only, post, reports } from './faults-support';
import { at, client, type Setup, setUp, tearDown } from './setup';

afterAll(tearDown);

/** What has been applied once for each engine and is copied for each test. */
const states = new Map<Engine, Promise<Setup>>();

async function applyOnce(engine: Engine) {
  const made = await setUp(reports(), { engine });
  await made.work.apply();
  age(made.work);
  return made;
}

/** A setup with an old client in its state and its Domo. */
async function applied({ provider = '', engine = firstEngine() } = {}) {
  const made = states.get(engine) ?? applyOnce(engine);
  states.set(engine, made);
  return copyOf(await made, reports(), { provider, engine });
}

describe('a destroy', () => {
  it.concurrent('revokes, and says once that tokens live on', async () => {
    const { domo, work, destroy } = await setUp(client('a', 'name = "one"') + client('b', 'name = "two"'));
    await work.apply();
    const { code, text } = await destroy();
    expect(code).toBe(0);
    expect(occurrences(text, 'Warning: Revoking does not end access tokens already issued')).toBe(1);
    expect(text).not.toContain('more similar warning');
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

  it.concurrent('succeeds only for those clients that are gone, and a later one revokes the others', async () => {
    const names = ['forbidden', 'refused', 'unsent', 'unanswered'] as const;
    type Name = (typeof names)[number];
    const resources = names.map((name) => client(name)).join('');
    const { domo, work, destroy } = await setUp(resources, { provider: 'max_retries = 0' });
    await work.apply();
    age(work);
    const state = await work.state();
    const idOf = (name: Name) => String(state.attributes(at(name)).id);
    const failing = (name: Name) => ({ ...del, path: `${paths.clients}/${idOf(name)}` });
    domo.fail({ ...failing('forbidden'), status: 403 });
    domo.fail({ ...failing('refused'), status: 400 });
    domo.fail({ ...failing('unsent'), drop: 'before' });
    domo.fail({ ...failing('unanswered'), drop: 'after' });
    const { code, text } = await destroy();
    expect(code).toBe(1);
    expect(occurrences(text, 'Error: ')).toBe(3);
    const errorOf = (name: Name) =>
      text.split('Error: ').find((each) => each.includes(`Revoking API client "${name}" (id ${idOf(name)})`));
    expect(errorOf('forbidden')).toContain('Manage All Access Tokens and API Clients');
    expect(errorOf('refused')).toContain('Domo returned 400');
    for (const name of ['forbidden', 'refused'] as const)
      expect(errorOf(name)).toContain('The client stays in the state; a later apply tries again.');
    expect(errorOf('unsent')).toContain('Whether Domo carried it out is unknown');
    const left = ['forbidden', 'refused', 'unsent'] as const;
    const ids = left.map(idOf).sort();
    expect([...domo.clients.keys()].map(String).sort()).toEqual(ids);
    const kept = (await work.state()).resources.map(({ address, values }) => [address, values.id]);
    expect(kept.sort()).toEqual(left.map((name) => [at(name), idOf(name)]).sort());
    expect(names.map((name) => domo.count(`DELETE ${failing(name).path}`))).toEqual([1, 1, 1, 1]);

    expect((await destroy()).code).toBe(0);
    expect(domo.clients.size).toBe(0);
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
      const { domo, work, apply } = await applied({ engine });
      // What `taint` writes.
      work.write(
        'terraform.tfstate',
        work.read('terraform.tfstate').replace('"attributes"', '"status":"tainted",$&'),
      );
      const { resources } = await work.state();
      expect(resources).toMatchObject([{ tainted: true }]);
      domo.fail({ ...del, status: 403 });
      expect((await apply()).code).toBe(1);
      expect((await work.state()).resources).toEqual(resources);
      domo.revoke(only(domo).id);
      const { code, text } = await apply();
      expect([code, text]).toEqual([0, expect.stringContaining('was revoked outside Terraform')]);
      const state = await work.state();
      expect(state.resource('domo_api_client.a')).not.toHaveProperty('tainted');
      expect(state.attributes('domo_api_client.a')).toMatchObject({ id: String(only(domo).id) });
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
    const { domo, work, plan, destroy } = await applied({ provider: 'max_retries = 2' });
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
