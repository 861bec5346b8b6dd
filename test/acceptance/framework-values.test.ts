import { since } from '../support/since';
import { cleanupAll, engines } from '../support/terraform';
import { buildTestProvider, testProviderMirror } from '../support/test-provider/build';
import { testProviderWorkspace } from '../support/test-provider/workspace';

const testProvider = testProviderMirror(buildTestProvider('compiled'));
afterAll(cleanupAll);

const address = 'test_widget.a';
const widget = (body: string) => `resource "test_widget" "a" {\n${body}\n}`;
const exact = ['9007199254740993', `1${'0'.repeat(40)}`, '0.1', '-0.5', '123456789.123456789', '0'];

describe.each(engines())('$name carries', (engine) => {
  const open = (hcl: string) => testProviderWorkspace(engine, testProvider, hcl);

  it('numbers of any size and precision, digit by digit', async () => {
    const work = await open(`${widget(`name = "Widget"
      price   = 18446744073709551616
      amounts = [9007199254740993, 1e40, 0.1, -0.5, 123456789.123456789, 0]
      stock   = { rack = [{ place = "top", count = 9007199254740993 }, { place = "top", count = 9007199254740992 }] }`)}
      output "amounts" { value = ${address}.amounts }
      output "price" { value = ${address}.price }`);
    await work.apply();
    // As text, because JSON.parse would lose what is looked for.
    const output = (await work.run('output', '-json', 'amounts')).stdout;
    expect(output.replace(/\s/g, '')).toBe(`[${exact}]`);
    expect((await work.run('output', '-json', 'price')).stdout.trim()).toBe('18446744073709551616');
    const shown = (await work.run('show', '-json')).stdout;
    expect(shown).toContain(`"amounts":[${exact}]`);
    expect(shown).toContain('{"count":9007199254740992,"place":"top"}');
    expect(shown).toContain('{"count":9007199254740993,"place":"top"}');
    expect(await work.plan()).toBe('empty');
    work.configure(work.read('main.tf').replace('9007199254740993,', '9007199254740992,'));
    expect(await work.plan()).toBe('changes');
  });

  it('a set of objects, one of which changes', async () => {
    const parts = (...lines: string[]) => widget(`name = "Widget"\nparts = [${lines}]`);
    const [bolt, nut] = ['{ name = "bolt", grams = 500 }', '{ name = "nut" }'];
    const work = await open(parts(bolt, nut));
    const kept = async () =>
      ((await work.state()).attributes(address).parts as Record<string, unknown>[])
        .map(({ name, grams, lot }) => `${name} ${grams} ${lot}`)
        .sort();
    await work.apply();
    expect(await kept()).toEqual(['bolt 500 revision 1', 'nut 1 revision 1']);

    work.configure(parts(nut, bolt));
    expect(await work.plan()).toBe('empty');

    work.configure(parts('{ name = "nut", grams = 6 }', bolt));
    await work.apply();
    expect(await kept()).toEqual(['bolt 500 revision 1', 'nut 6 revision 2']);

    work.configure(parts(bolt, '{ name = "nut", grams = 6 }', '{ name = "washer", grams = 900 }'));
    await work.apply();
    expect(await kept()).toEqual(['bolt 500 revision 1', 'nut 6 revision 2', 'washer 900 revision 3']);

    work.configure(parts('{ name = "nut", grams = 6 }'));
    await work.apply();
    expect(await kept()).toEqual(['nut 6 revision 2']);

    // Two that differ only where one of them takes the default.
    work.configure(parts(nut, '{ name = "nut", grams = 6 }'));
    await work.apply();
    expect(await kept()).toEqual(['nut 1 revision 5', 'nut 6 revision 2']);
    expect(await work.plan()).toBe('empty');
  });

  it('lists and maps of objects, whose elements come, change and go', async () => {
    const work = await open(
      widget(`name = "Widget"
        timer   = { secret = "1234" }
        phases  = [{ title = "a", timer = {} }, { title = "b" }]
        secrets = { x = { vault = "1" }, y = { vault = "2", enabled = false }, z = { vault = "3" } }`),
    );
    await work.apply();
    const shown = JSON.parse((await work.run('show', '-json')).stdout);
    expect(shown.values.root_module.resources).toMatchObject([
      { address, sensitive_values: { timer: { secret: true }, secrets: true } },
    ]);
    work.configure(
      widget(`name = "Widget"
        phases  = [{ title = "a", workers = 2, timer = { minutes = 1 } }, { title = "b" }, { title = "c" }]
        secrets = { x = { vault = "1", enabled = false }, z = { vault = "3" } }`),
    );
    await work.apply();
    expect((await work.state()).attributes(address)).toMatchObject({
      phases: [
        { title: 'a', workers: 2, started: 'revision 1', timer: { minutes: 1 } },
        { title: 'b', workers: 1, started: 'revision 1', timer: null },
        { title: 'c', workers: 1, started: 'revision 2', timer: null },
      ],
      secrets: {
        x: { vault: '1', enabled: false, opened: null },
        z: { vault: '3', enabled: true, opened: null },
      },
    });
    expect(await work.plan()).toBe('empty');
    // A new element is a change of everything in it.
    work.configure(
      widget('name = "Widget"\nsecrets = { x = { vault = "9" }, y = { vault = "2" }, z = { vault = "3" } }'),
    );
    const planned = (await work.planJson()).resource_changes?.[0]?.change;
    const paths = [
      ['secrets', 'x', 'vault'],
      ['secrets', 'y', 'vault'],
    ];
    expect(planned).toMatchObject({ actions: ['delete', 'create'], replace_paths: paths });
  });

  since(
    engine,
    11,
    11,
  )('write-only values to the provider, and to nobody else', async () => {
    const work = await open(widget('name = "Widget"\npin = "1234"\ntimer = { code = "fake-code" }'));
    const planned = (await work.planJson()).resource_changes?.[0]?.change;
    expect(planned?.after).toMatchObject({ pin: null, timer: { code: null } });
    await work.apply();
    expect(work.stored().objects['1']).toMatchObject({ hidden: { pin: '1234', code: 'fake-code' } });
    expect((await work.state()).attributes(address)).toMatchObject({ pin: null, timer: { code: null } });
    expect(work.read('terraform.tfstate')).not.toMatch(/fake-code|"1234"/);
    expect(await work.plan()).toBe('empty');
  });

  const upgraded = { id: '1', region: 'eu', name: 'logs' };

  it('a state of the first version into the second', async () => {
    const work = await open(`resource "test_bucket" "a" {
      region = "eu"
      name   = "logs"
      bytes  = 9007199254740993
    }`);
    await work.apply();
    const stored = JSON.parse(work.read('terraform.tfstate')) as { resources: { instances: object[] }[] };
    const [instance] = stored.resources[0]?.instances ?? [];
    // As the first version wrote it: other attributes, and a number that no double holds.
    const old = { ...instance, schema_version: 0, attributes: { id: '1', path: 'eu/logs', size: 0 } };
    stored.resources[0]?.instances.splice(0, 1, old);
    const text = JSON.stringify({ ...stored, serial: 9 }).replace('"size":0', '"size":9007199254740993');
    work.write('terraform.tfstate', text);

    expect(await work.plan()).toBe('empty');
    await work.apply('-refresh=false');
    expect((await work.state()).attributes('test_bucket.a')).toMatchObject(upgraded);
    expect((await work.run('show', '-json')).stdout).toContain('"bytes":9007199254740993');

    work.write('terraform.tfstate', text.replace('eu/logs', 'logs'));
    expect((await work.run('plan', '-no-color')).text).toContain('The path has no "/".');
    work.write('terraform.tfstate', text.replace('"schema_version":0', '"schema_version":7'));
    expect((await work.run('plan', '-no-color')).code).toBe(1);
  });

  since(
    engine,
    12,
    undefined,
  )('an identity, and imports by it', async () => {
    const hcl = 'resource "test_bucket" "a" {\n region = "eu"\n name = "logs"\n}\n';
    const work = await open(hcl);
    await work.apply();
    const shown = (await work.run('show', '-json')).stdout;
    expect(shown).toContain('"identity":{"name":"logs","region":"eu"}');
    await work.run('state', 'rm', 'test_bucket.a');
    work.configure(`${hcl} import {\n to = test_bucket.a\n identity = { region = "eu" }\n}`);
    const planned = (await work.planJson()).resource_changes?.[0]?.change;
    expect(planned).toMatchObject({ actions: ['no-op'], importing: { identity: { region: 'eu' } } });
    await work.apply();
    expect((await work.state()).attributes('test_bucket.a')).toMatchObject(upgraded);
    expect(await work.plan()).toBe('empty');
    work.configure(hcl.replace('logs', 'media'));
    expect((await work.apply()).text).toContain('1 added, 0 changed, 1 destroyed');
    expect((await work.run('show', '-json')).stdout).toContain('"identity":{"name":"media","region":"eu"}');
    await work.destroy();
  });
});
