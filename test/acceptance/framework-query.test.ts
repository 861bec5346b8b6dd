import { mirror } from '../support/provider-build';
import { since } from '../support/since';
import { cleanupAll, engines } from '../support/terraform';
import { buildTestProvider, testProviderMirror } from '../support/test-provider/build';
import { testProviderWorkspace } from '../support/test-provider/workspace';

const executable = buildTestProvider('compiled');
const testProvider = testProviderMirror(executable);
const others = ['example/shop', 'fork/test'].map((address) => mirror(executable, '1.0.0', { address }));
afterAll(cleanupAll);

const shelf = (name: string, body = '') =>
  `resource "test_shelf" "${name}" {\n room = "${name}"\n${body}\n}\n`;

interface StoredResource {
  type: string;
  name: string;
  provider: string;
  instances: Record<string, unknown>[];
}

describe.each(engines())('$name carries', (engine) => {
  const open = (hcl: string, mirrors = [testProvider]) => testProviderWorkspace(engine, mirrors, hcl);

  since(
    engine,
    14,
    undefined,
  )('a query with its limit, and the configuration that it generates', async () => {
    const work = await open(
      `${shelf('hall', 'label = "a \\"b\\""\nboards = [{ holds = "books" }]')}${shelf('attic', 'height = 12.5')}${shelf('cellar')}`,
    );
    await work.apply();
    for (const name of ['hall', 'attic', 'cellar']) await work.run('state', 'rm', `test_shelf.${name}`);
    work.configure('');
    const list = (name: string, body: string) =>
      `list "test_shelf" "${name}" {\n provider = test\n${body}\n}\n`;

    work.write('a.tfquery.hcl', list('two', 'limit = 2') + list('hall', 'config {\n room = "hall"\n}'));
    const { text, stdout, code } = await work.run('query', '-no-color');
    expect(code).toBe(0);
    expect(text).toContain('3 shelves match, and limit is 2.');
    expect(stdout.match(/^list\.test_shelf\.two .*\((\d)\)$/gm)).toHaveLength(2);
    expect(stdout).toMatch(/^list\.test_shelf\.hall +house=home,id=(\d) +hall \(\1\)$/m);

    work.write('a.tfquery.hcl', list('wrong', 'config {\n room = " "\n}'));
    expect((await work.run('query', '-no-color')).text).toContain('Invalid room');

    // Of what is invented nothing is known but the identity.
    work.write('a.tfquery.hcl', list('unknown', 'config {\n room = "none"\n invented = 1\n}'));
    expect((await work.run('query', '-no-color', '-generate-config-out=unknown.tf')).code).toBe(0);
    expect(work.read('unknown.tf')).toMatch(/room += null\n[\s\S]*id += "invented-0"/);
    work.write('unknown.tf', '');

    work.write('a.tfquery.hcl', list('all', ''));
    expect((await work.run('query', '-no-color', '-generate-config-out=all.tf')).code).toBe(0);
    expect(work.read('all.tf')).not.toMatch(/\b(wood|key|made|paint) += "/);
    expect((await work.apply()).text).toContain('3 imported, 0 added, 0 changed, 0 destroyed');
    expect(await work.plan()).toBe('empty');
  });

  it('a move from another type, and one from a fork, which change nothing else', async () => {
    const work = await open(shelf('a', 'height = 9007199254740993') + shelf('b'), [testProvider, ...others]);
    await work.apply();
    const before = await work.state();
    const [a, b] = ['a', 'b'].map((name) => before.attributes(`test_shelf.${name}`).id);
    const state = JSON.parse(work.read('terraform.tfstate')) as {
      resources: StoredResource[];
      serial: number;
    };
    const moved = state.resources.map((resource) => {
      const [instance = {}] = resource.instances;
      const { identity, identity_schema_version, private: _, ...rest } = instance;
      if (resource.name === 'b')
        return { ...resource, provider: resource.provider.replace('example', 'fork') };
      return {
        ...{ ...resource, type: 'shop_crate', provider: resource.provider.replace('/test', '/shop') },
        instances: [{ ...rest, attributes: { number: a, room: 'a', height: 0 } }],
      };
    });
    const text = JSON.stringify({ ...state, serial: 9, resources: moved });
    work.write('terraform.tfstate', text.replace('"height":0', '"height":9007199254740993'));
    const block = (from: string, to: string) => `moved {\n from = ${from}\n to = test_shelf.${to}\n}\n`;
    const config = `${shelf('c', 'height = 9007199254740993').replace('room = "c"', 'room = "a"')}${shelf('d').replace('room = "d"', 'room = "b"')}`;
    work.configure(config + block('shop_crate.a', 'c') + block('test_shelf.b', 'd'));
    await work.init();

    const planned = (await work.planJson()).resource_changes ?? [];
    expect(
      planned.map(({ address, previous_address, change }) => [address, previous_address, change.actions]),
    ).toEqual([
      ['test_shelf.c', 'shop_crate.a', ['no-op']],
      ['test_shelf.d', 'test_shelf.b', ['no-op']],
    ]);
    expect((await work.apply()).text).toContain('0 added, 0 changed, 0 destroyed');
    expect((await work.state()).attributes('test_shelf.c')).toMatchObject({
      id: a,
      house: 'home',
      room: 'a',
    });
    expect((await work.state()).attributes('test_shelf.d')).toMatchObject({
      id: b,
      house: 'home',
      room: 'b',
    });
    expect(work.read('terraform.tfstate')).toContain('9007199254740993');
    work.configure(config);
    expect(await work.plan()).toBe('empty');

    work.write('terraform.tfstate', text.replace('"shop_crate"', '"shop_box"'));
    work.configure(config + block('shop_box.a', 'c') + block('test_shelf.b', 'd'));
    expect((await work.run('plan', '-no-color')).text).toContain('This move is not supported');
  });

  it('a generated configuration for an import, and then an empty plan', async () => {
    const work = await open(
      shelf('hall', 'boards = [{ holds = "books" }, { holds = "tools", paint = "red" }]'),
    );
    await work.apply();
    await work.run('state', 'rm', 'test_shelf.hall');
    const block = (provider: string) => `import {\n to = test_shelf.hall\n id = "1"\n ${provider}\n}`;
    // 1.16 needs to be told the provider of what is not there yet, and every engine refuses to be told once it is.
    work.configure(block('provider = test'));
    await work.plan('-generate-config-out=new.tf');
    work.configure(block(''));
    expect((await work.apply()).text).toContain('1 imported, 0 added, 0 changed, 0 destroyed');
    expect(await work.plan()).toBe('empty');
  });
});
