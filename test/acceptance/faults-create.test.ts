import { type FakeDomo, type Fault, paths } from '../support/fake-domo';
import { until } from '../support/until';
import { age, calls, get, occurrences, only, post, reports } from './faults-support';
import { client, entries, openDomo, setUp, tearDown } from './setup';

afterAll(tearDown);

const address = 'domo_api_client.a';

/** `reports` on several instances: each has its own fault, and all are made by one apply. */
async function onEach<Key extends string>(keys: readonly Key[], provider = '') {
  const opened = await Promise.all(keys.map(async (key) => [key, await openDomo()] as const));
  const domos = Object.fromEntries(opened) as Record<Key, FakeDomo>;
  const resources = reports(`for_each = toset(${JSON.stringify(keys)})`, 'instance = each.key');
  const made = await setUp(resources, { provider: `${provider}\n${entries(domos)}` });
  const all = opened.map(([key, domo]) => ({ key, domo, address: `${address}["${key}"]` }));
  return { ...made, all, domos };
}

/** The error about what is at an address. */
const errorAt = (address: string, text: string) =>
  text.split('Error: ').find((each, index) => index > 0 && each.includes(`with ${address},`));

// No describe: jest runs the concurrent tests of one group after those of another.

// First, because it takes the longest.
it.concurrent('a lost answer: the client is tainted if the list never tells, and the next apply heals', async () => {
  const { domo, work, apply } = await setUp(reports());
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
  const healed = await apply();
  expect(healed.code).toBe(0);
  expect(healed.text).toContain('The client of an unconfirmed create request was found');
  expect(healed.text).toContain(`API client "reports" (id ${lost.id})`);
  expect(healed.text).toContain('is tainted, so must be replaced');
  expect(only(domo).id).not.toBe(lost.id);
  expect((await work.state()).attributes(address)).toMatchObject({ client_secret: only(domo).secret });
});

it.concurrent('a lost answer: another client of that name is left alone, and its owner is named', async () => {
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
  // The list is trusted at once, long after the request.
  age(work);
  const other = domo.add({ name: 'reports', description: 'of another team', userId: domo.me.id });
  const { code, text } = await apply();
  expect([code, text]).toEqual([1, expect.stringContaining('The name of the API client is taken')]);
  expect(only(domo)).toMatchObject({ id: other.id });
  expect((await work.state()).resources).toEqual([]);
});

it.concurrent('a lost answer: the client is tainted without its secret, and the next apply heals', async () => {
  const faults: Record<string, Fault> = {
    dropped: { drop: 'after' },
    'listed-late': { status: 500, afterWork: true },
    'timed-out': { hang: true, afterWork: true },
    'html-page': { status: 200, body: '<html>fake-page</html>', afterWork: true },
  };
  const { all, work, apply } = await onEach(Object.keys(faults), 'request_timeout = "2s"');
  for (const { key, domo } of all) {
    domo.fail({ ...post, ...faults[key] });
    if (key === 'listed-late') domo.quirks.lateLists = 3;
  }
  const applied = await apply();
  expect(applied.code).toBe(1);
  const kept = await work.state();
  for (const { key, domo, address } of all) {
    const lost = only(domo);
    const error = errorAt(address, applied.text);
    expect(error).toContain('The secret of a new API client is lost');
    expect(error).toContain(`API client "reports" (id ${lost.id}) now exists`);
    expect(error).toContain('the next plan replaces it');
    expect(error).toContain('terraform state rm');
    expect(kept.resource(address)).toMatchObject({
      tainted: true,
      values: { id: String(lost.id), client_secret: null, owner_id: String(lost.userId) },
    });
    expect([key, domo.count(calls.create)]).toEqual([key, key === 'listed-late' ? 2 : 1]);
    expect(domo.count(calls.revoke)).toBe(0);
    domo.quirks.lateLists = 0;
  }
  const lost = all.map(({ domo }) => only(domo).id);

  const healing = await apply();
  expect(healing.code).toBe(0);
  expect(occurrences(healing.text, 'is tainted, so must be replaced')).toBe(all.length);
  const state = await work.state();
  for (const [index, { domo, address }] of all.entries()) {
    const healed = only(domo);
    expect(healed.id).not.toBe(lost[index]);
    expect(state.resource(address)).toMatchObject({
      values: { id: String(healed.id), client_secret: healed.secret },
    });
    expect(state.resource(address)).not.toHaveProperty('tainted');
  }
  expect(await work.plan()).toBe('empty');
});

it.concurrent('a lost answer: the client is created again where nothing was done', async () => {
  const faults: Record<string, Fault> = { unavailable: { status: 502 }, empty: { status: 200, body: {} } };
  const { all, work, apply } = await onEach(Object.keys(faults), 'request_timeout = "2s"');
  for (const { key, domo } of all) {
    domo.fail({ ...post, ...faults[key] });
    domo.quirks.lateLists = 1;
  }
  expect((await apply()).code).toBe(0);
  for (const { domo, address } of all) {
    const { id, secret } = only(domo);
    expect((await work.state()).attributes(address)).toMatchObject({
      id: String(id),
      client_secret: secret,
    });
    expect(domo.count(calls.create)).toBe(2);
  }
});

it.concurrent('a lost answer: a client that may be another one is named and left alone', async () => {
  const { all, domos, work, apply } = await onEach(['theirs', 'seen']);
  const foreign = domos.theirs.add({ name: 'reports' });
  domos.seen.add({ name: 'reports', userId: domos.seen.me.id });
  for (const { domo } of all) domo.fail({ ...post, status: 503 });
  const before = all.map(({ domo }) => only(domo));
  const { code, text } = await apply();
  expect(code).toBe(1);
  for (const { address } of all)
    expect(errorAt(address, text)).toContain('Cannot tell whether this API client is yours');
  const error = errorAt(`${address}["theirs"]`, text);
  expect(error).toContain(`API client "reports" (id ${foreign.id}), owned by user ${foreign.userId}`);
  expect(error).toContain(`id = "theirs/id:${foreign.id}"`);
  expect((await work.state()).resources).toEqual([]);
  expect(all.map(({ domo }) => only(domo))).toEqual(before);
  expect(all.map(({ domo }) => domo.count(calls.create))).toEqual([1, 1]);
  expect(all.map(({ domo }) => domo.count(calls.revoke))).toEqual([0, 0]);
});

it.concurrent('after an answer with a secret, there is no error, although the list fails throughout', async () => {
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
  const again = await apply();
  expect([again.code, again.text]).toEqual([0, expect.stringContaining('No changes.')]);
  expect((await work.state()).attributes(address)).toMatchObject({
    id: String(id),
    owner_id: String(userId),
    client_secret: secret,
  });
  await work.destroy();
  expect(domo.clients.size).toBe(0);
});

it.concurrent('after an answer with a secret, what is missing is filled in by a refresh, without drift', async () => {
  const atFirst = {
    'no-owner': { owner_id: null },
    'no-client-id': { client_id: null, masked_client_id: null },
    'no-id': {},
  };
  const odd = ['no-owner', 'no-client-id', 'no-id'] as const;
  const { all, work, apply } = await onEach(odd);
  for (const { key, domo } of all) {
    domo.quirks.created = [key];
    // Whoever could tell the owner now does not answer.
    domo.fail({ method: 'GET', path: paths.me, status: 500, times: Number.POSITIVE_INFINITY });
  }
  expect((await apply()).code).toBe(0);
  const created = await work.state();
  const wholes = all.map(({ key, domo, address }) => {
    const { id, clientId, secret, userId } = only(domo);
    const whole = {
      id: String(id),
      client_id: clientId,
      masked_client_id: `${clientId.slice(0, 8)}…`,
      client_secret: secret,
      owner_id: String(userId),
    };
    expect(created.attributes(address)).toMatchObject({ ...whole, ...atFirst[key] });
    expect(domo.count(calls.create)).toBe(1);
    domo.reset();
    return whole;
  });
  const { code, text } = await apply();
  expect([code, text]).toEqual([0, expect.stringContaining('No changes.')]);
  const filled = await work.state();
  expect(all.map(({ address }) => filled.attributes(address))).toMatchObject(wholes);
  expect(all.map(({ domo }) => domo.count(calls.create))).toEqual([0, 0, 0]);
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
