import { until } from '../support/until';
import { calls, del, get, only, post, reports } from './faults-support';
import { client, type Setup, setUp, tearDown } from './setup';

afterAll(tearDown);

const auto = ['-auto-approve', '-no-color', '-input=false'];
const minute = 60_000;

/** Starts a command, interrupts it as Ctrl-C does once `call` has come, and returns what came of it. */
async function interrupted({ domo, work }: Setup, call: string, ...args: string[]) {
  const running = work.start(...args);
  await until(`${call} to arrive`, () => domo.count(call) > 0);
  const since = Date.now();
  running.interrupt();
  const result = await running.done;
  return { ...result, took: Date.now() - since };
}

describe('an interrupt ends at once', () => {
  it.concurrent('a list that is slow', async () => {
    const made = await setUp(reports());
    expect((await made.apply()).code).toBe(0);
    made.domo.reset();
    made.domo.fail({ ...get, hang: true });
    const { code, text, took } = await interrupted(made, calls.list, 'plan', '-no-color', '-input=false');
    expect(code).toBe(1);
    expect(text).toContain('Terraform was interrupted');
    expect(took).toBeLessThan(20_000);
    expect(made.domo.requests).toHaveLength(1);
    expect((await made.work.state()).resources).toHaveLength(1);
  });

  it.concurrent('a wait that Domo has asked for, and nothing new starts', async () => {
    const made = await setUp(reports());
    const { domo, work } = made;
    domo.fail({ ...post, status: 429, headers: { 'Retry-After': '600' }, times: Number.POSITIVE_INFINITY });
    const { code, text, took } = await interrupted(made, calls.create, 'apply', ...auto);
    expect(code).toBe(1);
    expect(text).toContain('while waiting, since Domo returned 429');
    expect(text).toContain('No client was created.');
    expect(took).toBeLessThan(20_000);
    expect(domo.count(calls.create)).toBe(1);
    expect((await work.state()).resources).toEqual([]);
  });

  it.concurrent('a search for what became of a creation', async () => {
    const made = await setUp(reports(), { provider: 'max_retries = 0' });
    const { domo, work } = made;
    domo.fail({ ...post, delay: 1_000, drop: 'after' });
    const running = work.start('apply', ...auto);
    await until('the POST', () => domo.count(calls.create) === 1);
    domo.fail({ ...get, status: 500, times: Number.POSITIVE_INFINITY });
    const before = domo.count(calls.list);
    await until('some looks at the list', () => domo.count(calls.list) > before + 1);
    const since = Date.now();
    running.interrupt();
    const { code, text } = await running.done;
    expect(Date.now() - since).toBeLessThan(20_000);
    expect([code, text]).toEqual([
      1,
      expect.stringContaining('Could not confirm whether the API client was created'),
    ]);
    expect(domo.count(calls.create)).toBe(1);
  });

  it.concurrent('a wait for a name to be released', async () => {
    const made = await setUp(reports());
    made.domo.add({ name: 'reports' });
    const { domo } = made;
    const running = made.work.start('apply', ...auto);
    await until('the POST', () => domo.count(calls.create) === 1);
    const before = domo.count(calls.list);
    await until('looks at the list', () => domo.count(calls.list) > before + 1);
    const since = Date.now();
    running.interrupt();
    const { code, text } = await running.done;
    expect(code).toBe(1);
    expect(Date.now() - since).toBeLessThan(8_000);
    // Domo has refused it, and the list has shown by whom the name is held.
    expect(text).toContain('The name of the API client is taken');
    expect(text).not.toContain('may come from a proxy');
    expect(domo.count(calls.create)).toBe(1);
  });
});

describe('an interrupt awaits the answer', () => {
  it.concurrent('to a POST or DELETE that is on its way, so that the state has what Domo has; nothing new starts', async () => {
    const after = 'depends_on = [domo_api_client.a]';
    const made = await setUp(reports() + client('b', 'name = "later"', after));
    const { domo, work } = made;
    domo.fail({ ...post, delay: 3_000 });
    await interrupted(made, calls.create, 'apply', ...auto);
    const { id, secret } = only(domo);
    expect((await work.state()).resources).toMatchObject([
      { address: 'domo_api_client.a', values: { id: String(id), client_secret: secret } },
    ]);
    expect((await work.state()).resource('domo_api_client.a')).not.toHaveProperty('tainted');
    expect(domo.count(calls.create)).toBe(1);
    expect((await made.apply()).code).toBe(0);
    expect(domo.clients.size).toBe(2);

    domo.reset();
    domo.fail({ ...del, delay: 3_000 });
    await interrupted(made, calls.revoke, 'destroy', ...auto);
    expect(only(domo).id).toBe(id);
    expect((await work.state()).resources).toMatchObject([{ address: 'domo_api_client.a' }]);
    expect(domo.count(calls.revoke)).toBe(1);
  });

  it.concurrent(
    'to a POST, but no longer than request_timeout',
    async () => {
      const made = await setUp(reports(), { provider: 'request_timeout = "2s"' });
      made.domo.fail({ ...post, hang: true, afterWork: true });
      const { code, text, took } = await interrupted(made, calls.create, 'apply', ...auto);
      expect(took).toBeLessThan(25_000);
      expect([code, text]).toEqual([
        1,
        // One look at the list is still made, so that the run itself says what became of it.
        expect.stringContaining('The secret of a new API client is lost'),
      ]);
      expect(text).toContain('"reports"');
      expect(made.domo.count(calls.create)).toBe(1);
      const lost = only(made.domo);
      expect((await made.apply()).code).toBe(0);
      expect(only(made.domo).id).not.toBe(lost.id);
      expect((await made.work.state()).attributes('domo_api_client.a')).toMatchObject({
        client_secret: only(made.domo).secret,
      });
    },
    minute,
  );
});
