import { copyFileSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { toWire } from '../../provider/protocol/wire/values';
import { type FakeDomo, fakeDomo, paths } from '../support/fake-domo';
import { eventually, run } from '../support/plugin-client';
import { providerExecutable, providerVersion } from '../support/provider-build';
import { removeTempFolders, tempFolder } from '../support/temp';
import { buildTestProvider } from '../support/test-provider/build';
import { errorsOf, record, type StartedProvider, startProvider } from './provider-support';

const executable = providerExecutable();
const typeName = 'domo_api_client';

let domo: FakeDomo;
const started: StartedProvider[] = [];
beforeAll(async () => {
  domo = await fakeDomo();
});
afterEach(async () => {
  for (const { plugin } of started.splice(0)) await plugin.stop();
  domo.reset();
});
afterAll(async () => {
  await domo.close();
  removeTempFolders();
});

async function start(env: Record<string, string> = {}, of = executable): Promise<StartedProvider> {
  const provider = await startProvider(of, env);
  started.push(provider);
  return provider;
}

const configure = (provider: StartedProvider) =>
  provider.configure({ base_url: domo.url, access_token: domo.token });
const importing = (provider: StartedProvider) => provider.call('importResourceState', { typeName, id: '1' });

describe('run by hand', () => {
  it('says what it is and ends with 1', async () => {
    const { code, stdout, stderr } = await run(executable);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^terraform-provider-domo \S+ is a plugin .*domo-governance\/domo.*\.\n/);
  });

  it('prints its version', async () => {
    const { code, stdout, stderr } = await run(executable, { args: ['--version'] });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toBe(`terraform-provider-domo ${providerVersion()}\n`);
  });
});

it('starts in a plugin folder inside a project of ES modules', async () => {
  const project = tempFolder('esm');
  const plugins = join(project, 'terraform.d', 'plugins');
  mkdirSync(plugins, { recursive: true });
  writeFileSync(join(project, 'package.json'), '{"type":"module"}');
  const copy = join(plugins, basename(executable));
  for (const file of [basename(executable), 'package.json']) {
    // A compiled executable has nothing beside it.
    if (existsSync(join(dirname(executable), file)))
      copyFileSync(join(dirname(executable), file), join(plugins, file));
  }
  const { call } = await start({}, copy);
  expect((await call('getMetadata')).resources).toContainEqual({ typeName });
});

describe('the log', () => {
  it('has one line for each request at TRACE, without any header, body or secret', async () => {
    const name = 'not to be logged';
    domo.add({ id: 1, name });
    const provider = await start({ TF_LOG: 'TRACE' });
    await configure(provider);
    expect(errorsOf(await importing(provider))).toEqual([]);
    await provider.plugin.stop();
    const log = provider.plugin.stderr();
    const lines = log
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    const requests = lines.filter((line) => 'method' in line);
    expect(requests.map(({ method, path }) => `${method} ${path}`).sort()).toEqual(
      domo.requests.map(({ method, path }) => `${method} ${path}`).sort(),
    );
    expect(requests[0]).toEqual({
      '@level': 'debug',
      '@message': expect.any(String),
      '@module': expect.stringContaining('domo'),
      '@timestamp': expect.any(String),
      method: 'GET',
      path: expect.stringContaining('/api/'),
      status: 200,
      ms: expect.any(Number),
      attempt: expect.any(Number),
    });
    expect(log).not.toContain(domo.token);
    expect(log).not.toContain(name);
    expect(log).not.toMatch(/x-domo|user-agent|authorization/i);
  });

  it('is silent if nobody asks for it', async () => {
    const provider = await start();
    await configure(provider);
    await importing(provider);
    await provider.plugin.stop();
    expect(provider.plugin.stderr()).toBe('');
  });

  it.each([
    [{ TF_LOG: 'TRACE', TF_LOG_PROVIDER: 'OFF' }, false],
    [{ TF_LOG_PROVIDER: 'debug' }, true],
    [{ TF_LOG: 'JSON' }, true],
    [{ TF_LOG: 'WARN' }, false],
  ])('follows %j', async (env, told) => {
    const provider = await start(env as unknown as Record<string, string>);
    await configure(provider);
    await importing(provider);
    await provider.plugin.stop();
    expect(provider.plugin.stderr().includes('/api/')).toBe(told);
  });
});

describe('its end', () => {
  it('interrupts a request that is under way when Terraform stops it', async () => {
    const provider = await start();
    await configure(provider);
    domo.fail({ hang: true });
    const answer = importing(provider);
    await eventually('the request', () => domo.requests.length > 0);
    const began = performance.now();
    expect(await provider.call('stopProvider')).toEqual({ Error: '' });
    expect(errorsOf(await answer)).toEqual([expect.stringContaining('interrupted')]);
    // Half of what the request may take.
    expect(performance.now() - began).toBeLessThan(15_000);
    expect(errorsOf(await importing(provider))).toHaveLength(1);
    expect(domo.count(`GET ${paths.clients}`) + domo.count(`GET ${paths.me}`)).toBe(1);
  });

  it('answers validation after it was stopped', async () => {
    const { call, ...provider } = await start();
    await call('stopProvider');
    await configure({ call, ...provider });
    const { resourceSchemas } = await call('getProviderSchema');
    const names = resourceSchemas[typeName]?.block?.attributes.map(({ name }) => name) ?? [];
    const config = toWire(record(names, { name: '', scopes: ['data'] }));
    expect(errorsOf(await call('validateResourceConfig', { typeName, config }))).toHaveLength(1);
  });

  it.each([
    ['domo', executable],
    ['the test provider', buildTestProvider()],
  ])('leaves nothing behind: %s', async (_, of) => {
    const folder = tempFolder('end');
    const sockets = join(folder, 's');
    mkdirSync(sockets);
    const provider = await start({ PLUGIN_UNIX_SOCKET_DIR: sockets, TMPDIR: folder }, of);
    await provider.call('getProviderSchema');
    expect(readdirSync(sockets)).not.toEqual([]);
    await provider.plugin.stop();
    expect(await provider.plugin.ended).toEqual({ code: 0, signal: null });
    expect(readdirSync(sockets)).toEqual([]);
    expect(readdirSync(folder)).toEqual(['s']);
  });
});
