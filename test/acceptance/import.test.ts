import type { FakeDomo } from '../support/fake-domo';
import { skipped } from '../support/skipped';
import { type Engine, engines, isAtLeast } from '../support/terraform';
import { at, client, openDomo, pointedAt, setUp, tearDown } from './setup';

afterAll(tearDown);

const block = (label: string, ...lines: string[]) =>
  `import {\n  to = ${at(label)}\n  ${lines.join('\n  ')}\n}\n`;
const byId = (label: string, id: string | number) => block(label, `id = "${id}"`);

/** The configuration of a client that is in Domo already. */
const like = (label: string, name: string) =>
  client(label, `name = "${name}"`, 'description = "Made by hand."');

const secretUnknown = 'Warning: The secret of an imported API client is unknown';

describe.each(engines())('an import with $name', (engine: Engine) => {
  let domo: FakeDomo;
  let ids: Record<string, number>;

  beforeAll(async () => {
    domo = await openDomo();
    domo.quirks.clientIds = 'stars';
    const names = ['export', 'sync', 'screens', 'backup', 'id:odd', 'name:odd', '2026'];
    ids = Object.fromEntries(
      names.map((name) => [name, domo.add({ name, description: 'Made by hand.' }).id] as const),
    );
    // A name that is the id of another client.
    ids.digits = domo.add({ name: String(ids.backup), description: 'Made by hand.' }).id;
  });
  beforeEach(() => domo.reset());

  const idOf = (name: string) => String(ids[name]);

  it('of the command line takes the exact name or the id, and the next plan is empty', async () => {
    const { work } = await setUp(like('export', 'export') + like('sync', 'sync'), { engine, domo });
    for (const [label, id] of [
      ['export', 'export'],
      ['sync', idOf('sync')],
    ] as const) {
      const { code, text } = await work.run('import', '-no-color', at(label), id);
      expect({ code, text }).toEqual({ code: 0, text: expect.stringContaining('Import successful!') });
      expect(text).toContain(secretUnknown);
      expect(text).toContain(`For API client "${label}" (id ${ids[label]}) and every other client`);
      const made = domo.clients.get(Number(ids[label]));
      expect((await work.state()).attributes(at(label))).toEqual({
        id: idOf(label),
        name: label,
        description: 'Made by hand.',
        scopes: ['data'],
        client_id: null,
        masked_client_id: `${made?.clientId.slice(0, 8)}…`,
        client_secret: null,
        secret_public_key: null,
        encrypted_client_secret: null,
        owner_id: String(made?.userId),
        instance: new URL(domo.url).host,
        timeouts: null,
      });
    }
    expect(await work.plan()).toBe('empty');
    expect(domo.requests.map(({ method }) => method)).not.toContain('POST');
    expect(domo.requests.map(({ method }) => method)).not.toContain('DELETE');
  });

  it('of blocks takes every way of saying which client is meant, with one list', async () => {
    const wanted: [label: string, name: string, id: string][] = [
      ['by_id', 'export', idOf('export')],
      ['by_name', 'sync', 'sync'],
      ['by_said_id', 'screens', `id:${idOf('screens')}`],
      ['by_said_name', 'backup', 'name:backup'],
      ['digits', idOf('backup'), `name:${idOf('backup')}`],
      ['plain_digits', '2026', '2026'],
      ['odd_id', 'id:odd', 'name:id:odd'],
      ['odd_name', 'name:odd', 'name:odd'],
    ];
    const main = wanted.map(([label, name, id]) => like(label, name) + byId(label, id)).join('');
    const { work } = await setUp(main, { engine, domo });
    domo.quirks.clientIds = 'full';
    const { text } = await work.apply();
    expect(domo.requests).toHaveLength(1);
    expect(text).toContain(`Plan: ${wanted.length} to import, 0 to add, 0 to change, 0 to destroy.`);
    expect(text).toContain(`${wanted.length} imported, 0 added, 0 changed, 0 destroyed.`);
    const state = await work.state();
    for (const [label, name] of wanted) expect(state.attributes(at(label)).name).toBe(name);
    const { clientId } = domo.clients.get(Number(ids.export)) ?? {};
    expect(state.attributes(at('by_id'))).toMatchObject({ client_id: clientId, client_secret: null });
    domo.quirks.clientIds = 'stars';
    expect(await work.plan()).toBe('empty');
    expect((await work.state()).attributes(at('by_id')).client_id).toBe(clientId);
  });

  it('of the command line refuses digits that are an id and a name', async () => {
    const { work } = await setUp(like('a', 'export'), { engine, domo });
    const [backup, digits] = [idOf('backup'), idOf('digits')];
    const { code, text } = await work.run('import', '-no-color', at('a'), backup);
    expect(code).toBe(1);
    for (const sentence of [
      'Error: The import ID is ambiguous',
      `"${backup}" is the id of "backup" and the name of the client with the id ${digits}`,
      `"id:${backup}" or "name:${backup}"`,
      'Nothing was imported.',
    ])
      expect(text).toContain(sentence);
    expect((await work.state()).resources).toEqual([]);
  });

  it('refuses what nobody has, a name in other letters, an id that is a name, and a name that is an id', async () => {
    const refused: [label: string, id: string, sentence: string][] = [
      ['nobody', 'nobody', 'the id or the exact name "nobody"'],
      ['letters', 'Export', 'the id or the exact name "Export"'],
      ['id', 'id:2026', 'No client in Domo\'s list has the id "2026"'],
      ['name', `name:${idOf('export')}`, `has the name "${idOf('export')}"`],
    ];
    const main = refused.map(([label, id]) => like(label, label) + byId(label, id)).join('');
    const { work } = await setUp(main, { engine, domo });
    const { code, text } = await work.run('plan', '-no-color');
    expect(code).toBe(1);
    for (const [, , sentence] of refused) expect(text).toContain(sentence);
    for (const each of [/Error: There is no such API client/g, /Nothing was imported\./g])
      expect(text.match(each)).toHaveLength(refused.length);
  });

  it('shows what differs from the configuration as a replacement, and is refused without a list', async () => {
    const { work } = await setUp(client('a', 'name = "export"') + byId('a', 'export'), { engine, domo });
    const planned = (await work.run('plan', '-no-color')).text;
    expect(planned).toContain('Plan: 1 to import, 1 to add, 0 to change, 1 to destroy.');
    // OpenTofu shows an empty text as null.
    expect(planned).toMatch(/description = "Made by hand\." -> (""|null) # forces replacement/);
    expect(planned.match(/forces replacement/g)).toHaveLength(1);
    domo.fail({ status: 403, body: 'Forbidden', times: 9 });
    const { code, text } = await work.run('plan', '-no-color');
    expect(code).toBe(1);
    expect(text).toContain('Importing "export"');
    expect(text).toContain('Manage All Access Tokens and API Clients');
  });

  if (isAtLeast(engine, 'terraform', 1, 12)) {
    it('of blocks takes an identity, and keeps to the instance that it names', async () => {
      const identity = (label: string, ...lines: string[]) =>
        block(label, 'identity = {', ...lines.map((line) => `  ${line}`), '}');
      const env = { ...pointedAt(domo), DOMO_INSTANCE: 'acme' };
      const main =
        like('export', 'export') +
        identity('export', `id = "${idOf('export')}"`) +
        like('sync', 'sync') +
        identity('sync', `id = "${idOf('sync')}"`, 'instance = "acme"');
      const { work } = await setUp(main, { engine, domo, env: () => env });
      await work.apply();
      expect(await work.plan()).toBe('empty');
      const { values } = JSON.parse((await work.run('show', '-json')).stdout);
      const identities = values.root_module.resources.map((each: { identity: unknown }) => each.identity);
      expect(identities).toEqual(['export', 'sync'].map((name) => ({ id: idOf(name), instance: 'acme' })));

      work.write('wrong.tf', like('c', 'screens') + identity('c', 'id = "1"', 'instance = "other"'));
      const { code, text } = await work.run('plan', '-no-color');
      expect(code).toBe(1);
      expect(text).toContain(
        'The identity names the instance "other", but the provider is configured for "acme"',
      );
    });
  } else {
    skipped(`import by identity with ${engine.name}`, 'it needs terraform 1.12');
  }
});
