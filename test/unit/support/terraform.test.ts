import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { findEngines } from '../../support/engines';
import { oneLine, startProcess } from '../../support/running';
import { tempFolder } from '../../support/temp';
import { cleanupAll, type Engine, engines, isAtLeast, workspace } from '../../support/terraform';
import { until } from '../../support/until';

const counter = (value: string) => `
variable "extra" { default = "clean" }
resource "terraform_data" "counter" { input = "${value}" }
output "seen" {
  sensitive = true
  value     = "\${terraform_data.counter.output}-\${var.extra}"
}
`;

afterAll(cleanupAll);

describe.each(engines())('a workspace of $name', (engine: Engine) => {
  it('goes through the life of a resource', async () => {
    const work = workspace({ engine, files: { 'main.tf': counter('one') } });
    await work.init();
    expect(await work.plan()).toBe('changes');
    const applied = await work.apply();
    expect(applied.text).toContain('Apply complete! Resources: 1 added, 0 changed, 0 destroyed.');
    expect(await work.plan()).toBe('empty');
    expect(await work.output('seen')).toBe('one-clean');

    work.write('main.tf', counter('two'));
    const { resource_changes } = await work.planJson();
    expect(resource_changes?.map(({ address, change }) => [address, change.actions])).toEqual([
      ['terraform_data.counter', ['update']],
    ]);
    expect((await work.state()).attributes('terraform_data.counter')).toMatchObject({ output: 'one' });

    await work.destroy();
    const state = await work.state();
    expect(state.resource('terraform_data.counter')).toBeUndefined();
    expect(() => state.attributes('terraform_data.counter')).toThrow('it has: nothing');
  });

  it('throws what the engine said, with wrapped sentences in one piece', async () => {
    const sentence = 'This sentence is long enough to be wrapped by the engine, and is found nevertheless.';
    const work = workspace({
      engine,
      files: {
        'main.tf': `resource "terraform_data" "a" {
          lifecycle { 
            precondition { 
              condition     = terraform.workspace == "other"
              error_message = "${sentence}"
            }
          }
        }`,
      },
    });
    await work.init();
    await expect(work.apply()).rejects.toThrow(sentence);
    await expect(work.plan()).rejects.toThrow(sentence);
    expect((await work.run('plan', '-no-color')).code).toBe(1);
  });

  it('interrupts a running command', async () => {
    const work = workspace({
      engine,
      files: {
        'main.tf':
          'resource "terraform_data" "slow" {\n provisioner "local-exec" {\n command = "echo begun; exec sleep 60"\n }\n}',
      },
    });
    await work.init();
    const running = work.start('apply', '-auto-approve', '-no-color');
    await until('the provisioner', () => running.text().includes('(local-exec): begun'));
    running.interrupt();
    const { code, text } = await running.done;
    expect(code).toBe(1);
    expect(text).toMatch(/interrupt/i);
    expect((await work.state()).resource('terraform_data.slow')?.tainted).toBe(true);
  });
});

describe('the environment of a workspace', () => {
  const leaks = { TF_VAR_extra: 'leaked', DOMO_LEAK: 'leaked', HTTPS_PROXY: 'http://127.0.0.1:9' };
  const before = { ...process.env };
  beforeAll(() => void Object.assign(process.env, leaks));
  afterAll(() => {
    for (const name of Object.keys(leaks)) {
      if (before[name] === undefined) delete process.env[name];
      else process.env[name] = before[name];
    }
  });

  it("keeps the person's settings out and the test's own in", async () => {
    const work = workspace({
      env: { DOMO_OWN: 'given' },
      files: {
        'main.tf': `variable "extra" { default = "clean" }
          resource "terraform_data" "a" {
            provisioner "local-exec" {
              command = "echo \${var.extra} own=$DOMO_OWN leak=$DOMO_LEAK$HTTPS_PROXY. temp=$TMPDIR."
            }
          }`,
      },
    });
    await work.init();
    expect((await work.apply()).text).toContain(`clean own=given leak=. temp=${work.temp}.`);
  });

  it('installs nothing from a registry', async () => {
    const requirement = 'terraform {\n required_providers {\n a = { source = "a/a" }\n }\n}';
    const work = workspace({ files: { 'main.tf': requirement } });
    await expect(work.init()).rejects.toThrow('no available releases match');
  });
});

describe('workspaces', () => {
  it('run side by side, each on its own copy without state', async () => {
    const first = workspace({ files: { 'main.tf': counter('one'), 'modules/m/m.tf': '' } });
    await first.init();
    await first.apply();
    const copies = ['two', 'three'].map((value) => {
      const copy = workspace({ copyOf: first.folder, files: { 'main.tf': counter(value) } });
      expect(existsSync(join(copy.folder, 'terraform.tfstate'))).toBe(false);
      expect(existsSync(join(copy.folder, 'modules/m/m.tf'))).toBe(true);
      return copy;
    });
    const outputs = copies.map(async (copy) => {
      await copy.init();
      await copy.apply();
      return copy.output('seen');
    });
    expect(await Promise.all(outputs)).toEqual(['two-clean', 'three-clean']);
    expect(await first.output('seen')).toBe('one-clean');
  });

  it('kill what still runs, children included, and leave no folder behind', async () => {
    // A grandchild holds a connection: its end is seen even where nobody reaps it.
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const hold = `exec '${process.execPath}' -e 'require("net").connect(${port}, "127.0.0.1").resume()'`;
    const work = workspace({
      files: {
        'main.tf': `resource "terraform_data" "a" {
          provisioner "local-exec" {
            command = ${JSON.stringify(hold)}
          }
        }`,
      },
    });
    await work.init();
    const running = work.start('apply', '-auto-approve', '-no-color');
    const [connection] = (await once(server, 'connection')) as [Socket];
    const closed = once(connection.on('error', () => {}).resume(), 'close');
    await work.cleanup();
    await closed;
    expect((await running.done).code).toBeNull();
    expect(existsSync(work.folder)).toBe(false);
    server.close();
  });
});

describe('oneLine', () => {
  it('drops colours, frames and line breaks', () => {
    const framed = '\u001b[31m╷\u001b[0m\n│ Error: One\n│ \n│ two three\n│ four.\n╵\n';
    expect(oneLine(framed)).toBe('Error: One two three four.');
  });
});

describe('engines', () => {
  const terraform = engines()[0]?.path ?? '';

  it('start with the terraform of the PATH', () => {
    expect(engines()[0]).toMatchObject({
      product: 'terraform',
      name: expect.stringMatching(/^terraform \d+\.\d+/),
    });
  });

  it('are refused where terraform is missing or a named one does not exist', () => {
    expect(() => findEngines({ PATH: tempFolder('empty') })).toThrow('need terraform on the PATH');
    expect(() => findEngines({ PATH: join(terraform, '..'), ENGINES: '/nowhere/terraform' })).toThrow(
      '/nowhere/terraform',
    );
    expect(() => findEngines({ PATH: join(terraform, '..'), ENGINES: process.execPath })).toThrow(
      process.execPath,
    );
  });

  it('are each named once', () => {
    expect(
      findEngines({ PATH: join(terraform, '..'), ENGINES: `${terraform}:${terraform}` }).filter(
        ({ path }) => path === terraform,
      ),
    ).toHaveLength(1);
  });

  it('are compared by product and version', () => {
    const engine: Engine = {
      name: '',
      path: '',
      product: 'terraform',
      version: { major: 1, minor: 11, patch: 4 },
    };
    expect(isAtLeast(engine, 'terraform', 1, 11)).toBe(true);
    expect(isAtLeast(engine, 'terraform', 1, 12)).toBe(false);
    expect(isAtLeast(engine, 'terraform', 0, 15)).toBe(true);
    expect(isAtLeast(engine, 'tofu', 1, 6)).toBe(false);
  });
});

describe('until', () => {
  it('gives up at its deadline, saying what it waited for', async () => {
    await expect(until('the impossible', () => false, 20)).rejects.toThrow('the impossible');
  });
});

describe('startProcess', () => {
  it('rejects where there is no such program', async () => {
    const options = { cwd: tempFolder('none'), env: {} };
    await expect(startProcess('/nowhere/program', [], options).done).rejects.toThrow('ENOENT');
  });
});
