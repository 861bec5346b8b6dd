import type { Quirks } from '../support/fake-domo';
import { calls, del, get, only, post, reports } from './faults-support';
import { at, client, setUp, tearDown } from './setup';
import { sideBySide, withToken } from './side-by-side';

afterAll(tearDown);

const address = 'domo_api_client.a';

const masks: Quirks['clientIds'][] = [
  'stars',
  'ellipsis',
  'first-8',
  (id) => `${id.slice(0, 8)}-xxxx-xxxx-xxxx-xxxxxxxxxxxx`,
];

it.concurrent('what Domo writes in another way, or shows only a part of, is no drift', async () => {
  const quirks: Partial<Quirks>[] = [
    { scopes: 'upper-case', emptyDescription: 'null' },
    { scopes: 'reversed', emptyDescription: 'absent' },
    { list: 'entries', owners: 'absent', scopes: 'upper-case' },
    ...masks.map((clientIds) => ({ clientIds })),
  ];
  const { domos, work } = await sideBySide(
    quirks.map(() => withToken),
    { args: ['scopes = ["user", "data", "audit"]'] },
  );
  await work.apply();
  const { resources } = await work.state();
  expect(resources).toMatchObject(
    domos.map((domo) => {
      const { clientId } = only(domo);
      return { values: { client_id: clientId, masked_client_id: `${clientId.slice(0, 8)}…` } };
    }),
  );
  for (const [index, domo] of domos.entries()) Object.assign(domo.quirks, quirks[index]);
  const { text } = await work.apply();
  expect(text).toContain('No changes. Your infrastructure matches the configuration.');
  expect((await work.state()).resources).toEqual(resources);
  expect(domos.map((domo) => domo.count(calls.create))).toEqual(quirks.map(() => 1));
});

it.concurrent('how the configuration is written is no drift either', async () => {
  const both = (a: string[], b: string[]) => client('a', ...a) + client('b', ...b);
  const plain = ['scopes = ["user", "data"]', 'description = ""'];
  const { work, configure } = await setUp(both(plain, plain));
  await work.apply();
  configure(both(['scopes = ["DATA", "User"]', 'description = null'], ['scopes = ["data", "user"]']));
  expect(await work.plan()).toBe('empty');
});

describe('a list that shows only a part of the client id', () => {
  it.concurrent('is all that an import knows', async () => {
    const { domos, work } = await sideBySide(masks.map(() => withToken));
    const kept = domos.map((domo, index) => {
      const mask = masks[index] ?? 'full';
      domo.quirks.clientIds = mask;
      const { id, clientId, userId } = domo.add({ name: 'reports' });
      return {
        id: String(id),
        client_id: null,
        // Of eight characters that hide nothing, no more than half: they may be the whole client id.
        masked_client_id: `${clientId.slice(0, mask === 'first-8' ? 4 : 8)}…`,
        client_secret: null,
        owner_id: String(userId),
      };
    });
    const imports = kept.map(
      ({ id }, index) => `import {\n  to = ${at(`a${index}`)}\n  id = "a${index}/id:${id}"\n}\n`,
    );
    work.write('imports.tf', imports.join(''));
    const imported = await work.apply();
    expect(imported.text).toContain('4 imported, 0 added, 0 changed, 0 destroyed');
    expect(imported.text).toContain('Warning: The secret of an imported API client is unknown');
    expect(imported.text).toContain('client_secret is therefore null, and so is client_id');
    const values = async () => (await work.state()).resources.map((each) => each.values);
    expect(await values()).toMatchObject(kept);
    expect((await work.apply()).text).toContain('No changes. Your infrastructure matches the configuration.');
    expect(await values()).toMatchObject(kept);
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
    const { domo, apply, destroy } = await setUp(reports(long));
    domo.fail({ ...post, ...limited, times: 1 });
    const { code, text } = await apply();
    expect([code, text]).toEqual([0, expect.stringContaining('1 added')]);
    domo.fail({ ...get, delay: 500 });
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
