import { copyFileSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { toWire } from '../../provider/protocol/wire/values';
import { buildKitchen } from '../support/kitchen/build';
import { eventually, run } from '../support/plugin-client';
import { providerExecutable, providerVersion } from '../support/provider-build';
import { paths, type StandIn, standIn } from '../support/stand-in';
import { removeTempFolders, tempFolder } from '../support/temp';
import { errorsOf, type Played, play, record } from './provider-support';

const executable = providerExecutable();
const typeName = 'domo_api_client';

let domo: StandIn;
const started: Played[] = [];
beforeAll(async () => {
  domo = await standIn();
});
afterEach(async () => {
  for (const { plugin } of started.splice(0)) await plugin.stop();
  domo.reset();
});
afterAll(async () => {
  await domo.close();
  removeTempFolders();
});

async function start(env: Record<string, string> = {}, of = executable): Promise<Played> {
  const played = await play(of, env);
  started.push(played);
  return played;
}

const configure = (played: Played) => played.configure({ base_url: domo.url, access_token: domo.token });
const importing = (played: Played) => played.call('importResourceState', { typeName, id: '1' });

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
  expect((await call('getMetadata')).resources).toEqual([{ typeName }]);
});

describe('the log', () => {
  it('has one line for each request at TRACE, without any header, body or secret', async () => {
    const name = 'not to be logged';
    domo.add({ id: 1, name });
    const played = await start({ TF_LOG: 'TRACE' });
    await configure(played);
    expect(errorsOf(await importing(played))).toEqual([]);
    await played.plugin.stop();
    const log = played.plugin.stderr();
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

  it('is silent where nobody asks for it', async () => {
    const played = await start();
    await configure(played);
    await importing(played);
    await played.plugin.stop();
    expect(played.plugin.stderr()).toBe('');
  });

  it.each([
    [{ TF_LOG: 'TRACE', TF_LOG_PROVIDER: 'OFF' }, false],
    [{ TF_LOG_PROVIDER: 'debug' }, true],
    [{ TF_LOG: 'JSON' }, true],
    [{ TF_LOG: 'WARN' }, false],
  ])('follows %j', async (env, told) => {
    const played = await start(env as unknown as Record<string, string>);
    await configure(played);
    await importing(played);
    await played.plugin.stop();
    expect(played.plugin.stderr().includes('/api/')).toBe(told);
  });
});

describe('its end', () => {
  it('interrupts a request that is under way when Terraform stops it', async () => {
    const played = await start();
    await configure(played);
    domo.fail({ hang: true });
    const answer = importing(played);
    await eventually('the request', () => domo.requests.length > 0);
    const began = performance.now();
    expect(await played.call('stopProvider')).toEqual({ Error: '' });
    expect(errorsOf(await answer)).toEqual([expect.stringContaining('interrupted')]);
    expect(performance.now() - began).toBeLessThan(5000);
    expect(errorsOf(await importing(played))).toHaveLength(1);
    expect(domo.count(`GET ${paths.clients}`) + domo.count(`GET ${paths.me}`)).toBe(1);
  });

  it('answers validation after it was stopped', async () => {
    const { call, ...played } = await start();
    await call('stopProvider');
    await configure({ call, ...played });
    const { resourceSchemas } = await call('getProviderSchema');
    const names = resourceSchemas[typeName]?.block?.attributes.map(({ name }) => name) ?? [];
    const config = toWire(record(names, { name: '', scopes: ['data'] }));
    expect(errorsOf(await call('validateResourceConfig', { typeName, config }))).toHaveLength(1);
  });

  it.each([
    ['domo', executable],
    ['kitchen', buildKitchen()],
  ])('leaves nothing behind: %s', async (_, of) => {
    const folder = tempFolder('end');
    const sockets = join(folder, 's');
    mkdirSync(sockets);
    const played = await start({ PLUGIN_UNIX_SOCKET_DIR: sockets, TMPDIR: folder }, of);
    await played.call('getProviderSchema');
    expect(readdirSync(sockets)).not.toEqual([]);
    await played.plugin.stop();
    expect(await played.plugin.ended).toEqual({ code: 0, signal: null });
    expect(readdirSync(sockets)).toEqual([]);
    expect(readdirSync(folder)).toEqual(['s']);
  });
});
