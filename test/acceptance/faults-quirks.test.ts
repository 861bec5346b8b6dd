import type { Quirks } from '../support/fake-domo';
import { calls, del, get, only, post, reports } from './faults-support';
import { setUp, tearDown } from './setup';

afterAll(tearDown);

const address = 'domo_api_client.a';

it.concurrent('what Domo writes in another way is no drift', async () => {
  const { domo, work } = await setUp(reports('scopes = ["user", "data", "audit"]'));
  await work.apply();
  const { resources } = await work.state();
  const quirks: Partial<Quirks>[] = [
    { scopes: 'upper-case', emptyDescription: 'null' },
    { scopes: 'reversed', emptyDescription: 'absent' },
    { list: 'entries', owners: 'absent', scopes: 'upper-case' },
  ];
  const plain = { ...domo.quirks };
  for (const quirk of quirks) {
    Object.assign(domo.quirks, plain, quirk);
    expect([quirk, await work.plan()]).toEqual([quirk, 'empty']);
    await work.apply('-refresh-only');
  }
  expect((await work.state()).resources).toEqual(resources);
  expect(domo.count(calls.create)).toBe(1);
});

it.concurrent('how the configuration is written is no drift either', async () => {
  const { work, configure } = await setUp(reports('scopes = ["user", "data"]', 'description = ""'));
  await work.apply();
  for (const [scopes, more] of [
    [['DATA', 'User'], 'description = null'],
    [['data', 'user'], ''],
  ] as const) {
    configure(reports(`scopes = ${JSON.stringify(scopes)}`, more));
    expect(await work.plan()).toBe('empty');
  }
});

describe('a list that shows only a part of the client id', () => {
  const masks: [string, Quirks['clientIds']][] = [
    ['stars', 'stars'],
    ['an ellipsis', 'ellipsis'],
    ['eight characters', 'first-8'],
    ['letters x', (id) => `${id.slice(0, 8)}-xxxx-xxxx-xxxx-xxxxxxxxxxxx`],
  ];

  it.concurrent('never overwrites a whole one', async () => {
    const { domo, work } = await setUp(reports());
    await work.apply();
    const { resources } = await work.state();
    const { clientId } = only(domo);
    expect(resources).toMatchObject([
      { values: { client_id: clientId, masked_client_id: `${clientId.slice(0, 8)}…` } },
    ]);
    for (const [, mask] of masks) {
      domo.quirks.clientIds = mask;
      await work.apply('-refresh-only');
      expect((await work.state()).resources).toEqual(resources);
    }
    expect(await work.plan()).toBe('empty');
  });

  it.concurrent.each(masks)('is all that an import knows: %s', async (_, mask) => {
    const { domo, work } = await setUp(reports(), { quirks: { clientIds: mask } });
    const { id, clientId, userId } = domo.add({ name: 'reports' });
    const imported = await work.run('import', '-no-color', '-input=false', address, String(id));
    expect(imported.code).toBe(0);
    expect(imported.text).toContain('Warning: The secret of an imported API client is unknown');
    expect(imported.text).toContain('client_secret is therefore null, and so is client_id');
    const values = {
      id: String(id),
      client_id: null,
      // Of eight characters that hide nothing, no more than half: they may be the whole client id.
      masked_client_id: `${clientId.slice(0, mask === 'first-8' ? 4 : 8)}…`,
      client_secret: null,
      owner_id: String(userId),
    };
    expect((await work.state()).attributes(address)).toMatchObject(values);
    await work.apply('-refresh-only');
    expect((await work.state()).attributes(address)).toMatchObject(values);
    expect(await work.plan()).toBe('empty');
  });

  it.concurrent('is no matter if the list shows all: an import by name has the whole', async () => {
    const { domo, work } = await setUp(reports(), {
      quirks: { scopes: 'upper-case', emptyDescription: 'null' },
    });
    const { id, clientId } = domo.add({ name: 'reports' });
    const imported = await work.run('import', '-no-color', '-input=false', address, 'reports');
    expect(imported.code).toBe(0);
    expect(imported.text).not.toContain('so is client_id');
    expect((await work.state()).attributes(address)).toMatchObject({
      id: String(id),
      client_id: clientId,
      masked_client_id: `${clientId.slice(0, 8)}…`,
      client_secret: null,
      description: '',
    });
    expect(await work.plan()).toBe('empty');
  });
});

describe('timeouts', () => {
  const limited = { status: 429, headers: { 'Retry-After': '1' }, times: Number.POSITIVE_INFINITY };
  const timeouts = (text: string) => `timeouts = { ${text} }`;

  it.concurrent('create bounds the waits for a rate limit', async () => {
    const { domo, work, apply } = await setUp(reports(timeouts('create = "2s"')));
    domo.fail({ ...post, ...limited });
    const started = Date.now();
    const { code, text } = await apply();
    expect(Date.now() - started).toBeLessThan(40_000);
    expect([code, text]).toEqual([1, expect.stringContaining('timeouts.create (2s) has expired')]);
    expect(text).toContain('No client was created.');
    expect((await work.state()).resources).toEqual([]);
  });

  it.concurrent('read and delete bound theirs', async () => {
    const { domo, work, plan, destroy } = await setUp(reports(timeouts('read = "1s", delete = "1s"')));
    await work.apply();
    domo.fail({ ...get, hang: true });
    const planned = await plan();
    expect([planned.code, planned.text]).toEqual([
      1,
      expect.stringContaining('timeouts.read (1s) has expired'),
    ]);
    domo.fail({ ...del, ...limited });
    const destroyed = await destroy();
    expect([destroyed.code, destroyed.text]).toEqual([
      1,
      expect.stringContaining('timeouts.delete (1s) has expired'),
    ]);
    expect((await work.state()).resources).toHaveLength(1);
  });

  it.concurrent('can be longer than a timer can run', async () => {
    const long = timeouts('create = "1000h", read = "1000h", delete = "1000h"');
    const { domo, work, apply, destroy } = await setUp(reports(long));
    domo.fail({ ...post, ...limited, times: 1 });
    const { code, text } = await apply();
    expect([code, text]).toEqual([0, expect.stringContaining('1 added')]);
    domo.fail({ ...get, delay: 500 });
    expect(await work.plan()).toBe('empty');
    domo.fail({ ...del, ...limited, times: 1 });
    expect((await destroy()).code).toBe(0);
  });

  it.concurrent('change without a call', async () => {
    const { domo, work, configure } = await setUp(reports());
    await work.apply();
    const { client_secret } = (await work.state()).attributes(address);
    configure(reports(timeouts('create = "20m"')));
    domo.reset();
    const applied = await work.apply('-refresh=false');
    expect(applied.text).toContain('0 added, 1 changed, 0 destroyed');
    expect(domo.requests).toEqual([]);
    expect((await work.state()).attributes(address)).toMatchObject({
      client_secret,
      timeouts: { create: '20m', read: null, delete: null },
    });
    expect(await work.plan()).toBe('empty');
  });
});
