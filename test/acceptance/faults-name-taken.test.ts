import { killProvider } from '../support/kill-provider';
import { until } from '../support/until';
import { copyOf } from './copied-state';
import { calls, del, diagnosticIn, get, occurrences, only, post, reports } from './faults-support';
import { at, client, type Setup, setUp, tearDown } from './setup';

afterAll(tearDown);

const taken = 'The name of a planned API client is taken';

it.concurrent('a name that somebody holds is a warning of the plan and, ten seconds later, an error', async () => {
  const { domo, work, apply } = await setUp(reports());
  const holder = domo.add({ name: 'reports' });
  const started = Date.now();
  const applied = await apply();
  expect(Date.now() - started).toBeGreaterThan(10_000);
  expect(applied.code).toBe(1);
  const planned = diagnosticIn(applied.text, `Warning: ${taken}`);
  expect(planned).toContain(`API client "reports" (id ${holder.id}), owned by user ${holder.userId}`);
  expect(planned).toContain(`id = "id:${holder.id}"`);
  // Looked at by the plan, and by the apply that sends the creation.
  expect(domo.requests.slice(0, 3).map(({ method }) => method)).toEqual(['GET', 'GET', 'POST']);
  const refused = diagnosticIn(applied.text, 'Error: The name of the API client is taken');
  expect(refused).toContain(`held by API client "reports" (id ${holder.id}), owned by user ${holder.userId}`);
  expect(refused).toContain(`id = "id:${holder.id}"`);
  expect((await work.state()).resources).toEqual([]);
  expect(only(domo)).toBe(holder);
  expect(domo.count(calls.create)).toBe(1);
  expect(domo.count(calls.revoke)).toBe(0);
});

let applying: Promise<Setup> | undefined;

/** A setup with a client that has been applied once, and `configuration` to apply next. */
async function applied(configuration: string): Promise<Setup> {
  applying ??= applyOnce();
  return copyOf(await applying, configuration);
}

async function applyOnce(): Promise<Setup> {
  const made = await setUp(reports());
  await made.work.apply();
  return made;
}

it.concurrent('create_before_destroy with an unchanged name fails, says why, and loses nothing', async () => {
  const more = 'lifecycle {\n create_before_destroy = true\n }';
  const { domo, work, apply } = await applied(reports('scopes = ["data", "user"]', more));
  const { id, secret } = only(domo);
  const { code, text } = await apply();
  expect(code).toBe(1);
  expect(text).toContain(`held by API client "reports" (id ${id})`);
  expect(text).toContain('remove create_before_destroy from its lifecycle');
  expect((await work.state()).attributes('domo_api_client.a')).toMatchObject({
    id: String(id),
    client_secret: secret,
  });
  expect(only(domo).id).toBe(id);
});

it.concurrent('a replacement of the very client that holds the name is silent', async () => {
  const { domo, apply } = await applied(reports('scopes = ["data", "user"]'));
  const { id } = only(domo);
  const { code, text } = await apply();
  expect(code).toBe(0);
  expect(text).toContain('must be replaced');
  expect(text).not.toContain(taken);
  expect(only(domo).id).not.toBe(id);
  expect(domo.count(calls.create)).toBe(1);
});

it.concurrent('a name is taken over from a client that the same apply destroys', async () => {
  const { domo, work, apply } = await applied(client('b', 'name = "reports"'));
  const { id } = only(domo);
  domo.fail({ ...del, delay: 3_000 });
  const { code, text } = await apply();
  expect(code).toBe(0);
  expect(text).toContain('This plan revokes API client "reports" at one address and creates a client');
  const heir = only(domo);
  expect(heir.id).not.toBe(id);
  expect((await work.state()).attributes('domo_api_client.b')).toMatchObject({ client_secret: heir.secret });
  expect(domo.count(calls.create)).toBeGreaterThan(1);
  expect(domo.count(calls.revoke)).toBe(1);
});

it.concurrent('two clients swap their names in one apply', async () => {
  const pair = (a: string, b: string) => client('a', `name = "${a}"`) + client('b', `name = "${b}"`);
  const { domo, work, configure, apply } = await setUp(pair('one', 'two'));
  expect((await apply()).code).toBe(0);
  configure(pair('two', 'one'));
  expect((await apply()).code).toBe(0);
  const state = await work.state();
  expect([...domo.clients.values()].map(({ name, id }) => [name, String(id)]).sort()).toEqual([
    ['one', state.attributes(at('b')).id],
    ['two', state.attributes(at('a')).id],
  ]);
  expect(state.attributes(at('a')).name).toBe('two');
});

it.concurrent('a list that fails does not fail a plan, and that is said once', async () => {
  const { domo, apply, plan } = await setUp(client('a', 'name = "one"') + client('b', 'name = "two"'), {
    provider: 'max_retries = 0',
  });
  domo.fail({ ...get, status: 404, times: Number.POSITIVE_INFINITY });
  const { code, text } = await plan();
  expect(code).toBe(2);
  expect(occurrences(text, 'Warning: Could not check whether names are taken')).toBe(1);
  expect(text).not.toContain('more similar warning');
  expect(text).toContain('Domo returned 404');
  expect(domo.count(calls.list)).toBe(1);
  expect((await apply()).code).toBe(0);
  expect(domo.clients.size).toBe(2);
});

it.concurrent("a list that waits for a rate limit holds up a plan no longer than the client's timeouts.read", async () => {
  const { domo, work } = await setUp(reports('timeouts = { read = "1s" }'));
  domo.fail({ ...get, status: 429, headers: { 'Retry-After': '600' }, times: Number.POSITIVE_INFINITY });
  const planning = work.start('plan', '-no-color', '-input=false');
  let ended = false;
  void planning.done.then(() => {
    ended = true;
  });
  try {
    await until('the end of the plan', () => ended, 15_000);
  } finally {
    await planning.kill();
  }
  expect((await planning.done).code).toBe(0);
});

it.concurrent('a name that was free at the plan can be taken at the apply', async () => {
  const { domo, work, apply } = await setUp(reports());
  domo.fail({ ...post, delay: 1_500 });
  const applied = apply();
  await until('the POST', () => domo.count(calls.create) === 1);
  const holder = domo.add({ name: 'reports' });
  const { code, text } = await applied;
  expect(code).toBe(1);
  expect(text).toContain(`held by API client "reports" (id ${holder.id})`);
  expect((await work.state()).resources).toEqual([]);
  expect(only(domo)).toBe(holder);
});

it.concurrent('a provider that is killed between Domo and the state: the next plan names the client, and it can be healed', async () => {
  const { domo, work, apply } = await setUp(reports());
  domo.fail({ ...post, delay: 1_000 });
  const running = work.start('apply', '-auto-approve', '-no-color', '-input=false');
  await until('the POST', () => domo.count(calls.create) === 1);
  killProvider(running);
  expect((await running.done).code).toBe(1);
  await until('the work', () => domo.clients.size === 1);
  const left = only(domo);
  expect((await work.state()).resources).toEqual([]);

  const refused = await apply();
  expect(refused.code).toBe(1);
  expect(diagnosticIn(refused.text, `Warning: ${taken}`)).toContain(`(id ${left.id})`);
  expect(refused.text).toContain('Its secret can no longer be retrieved');
  expect(only(domo)).toBe(left);

  work.write('import.tf', `import {\n  to = domo_api_client.a\n  id = "id:${left.id}"\n}\n`);
  expect((await apply('-replace=domo_api_client.a')).code).toBe(0);
  expect(only(domo).id).not.toBe(left.id);
  expect((await work.state()).attributes('domo_api_client.a')).toMatchObject({
    client_secret: only(domo).secret,
  });
});
