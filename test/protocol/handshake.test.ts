import { X509Certificate } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { buildTestPlugin } from '../support/plugin/build';
import { send } from '../support/plugin/service';
import {
  eventually,
  firstLine,
  type Launched,
  type LaunchOptions,
  launch,
  run,
  start,
} from '../support/plugin-client';

const { executable, remove } = buildTestPlugin();
const cookie = { TEST_PLUGIN_COOKIE: 'fake-cookie' };
const launched: Launched[] = [];

async function launchTest(options: LaunchOptions = {}): Promise<Launched> {
  const plugin = await launch(executable, { ...options, env: { ...cookie, ...options.env } });
  launched.push(plugin);
  return plugin;
}

afterEach(async () => {
  for (const plugin of launched.splice(0)) await plugin.stop();
});
afterAll(remove);

describe('the handshake line', () => {
  it('says where the plugin listens and shows its certificate, without padding', async () => {
    const { handshake } = await launchTest({ env: { PLUGIN_PROTOCOL_VERSIONS: '5,6' } });
    expect(handshake).toMatchObject({ core: '1', protocol: '6', network: 'unix', transport: 'grpc' });
    expect(handshake.line.split('|')).toHaveLength(6);
    expect(handshake.certificate).toMatch(/^[A-Za-z0-9+/]+$/);
    const certificate = new X509Certificate(Buffer.from(handshake.certificate, 'base64'));
    expect(certificate.subjectAltName).toBe('DNS:localhost');
    expect(statSync(handshake.address).isSocket()).toBe(true);
    expect(statSync(dirname(handshake.address)).mode & 0o777).toBe(0o700);
  });

  it('shows no certificate to a client that has none', async () => {
    const plugin = await launchTest({ tls: false });
    expect(plugin.handshake.line).toMatch(/^1\|6\|unix\|[^|]+\|grpc\|$/);
    expect(String(await send(plugin, 'hello'))).toBe('hello');
  });

  it('says that it does not multiplex, only to a client that asks', async () => {
    const { handshake } = await launchTest({ env: { PLUGIN_MULTIPLEX_GRPC: 'true' } });
    expect(handshake.multiplex).toBe('false');
    expect(handshake.line.split('|')).toHaveLength(7);
  });

  it('names a socket in the folder that the client wants', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'handshake-'));
    try {
      const plugin = await launchTest({ env: { PLUGIN_UNIX_SOCKET_DIR: directory } });
      expect(dirname(dirname(plugin.handshake.address))).toBe(directory);
      await plugin.stop();
      expect(readdirSync(directory)).toEqual([]);
    } finally {
      rmSync(directory, { recursive: true });
    }
  });
});

describe('no handshake', () => {
  // Each stays a second, until the client has read its line.
  it.concurrent.each([
    ['a client of other versions', { PLUGIN_PROTOCOL_VERSIONS: '4,5' }, 'offers 4,5'],
    ['a client certificate that is none', { PLUGIN_CLIENT_CERT: 'fake' }, 'PLUGIN_CLIENT_CERT'],
    ['a missing folder', { PLUGIN_UNIX_SOCKET_DIR: '/missing' }, '/missing'],
  ])('for %s, but one line on stdout', async (_what, env, message) => {
    const { code, stdout, stderr } = await run(executable, { env: { ...cookie, ...env } });
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    expect(stdout).toMatch(/^test-plugin .*\n$/);
    expect(stdout).toContain(message);
  });

  it('and a process that stays until the client has read it', async () => {
    const running = start(executable, { env: { ...cookie, PLUGIN_PROTOCOL_VERSIONS: '4' } });
    await firstLine(running);
    running.process.kill();
    expect(await running.ended).toEqual({ code: null, signal: 'SIGTERM' });
  });
});

describe('run by hand', () => {
  it('says what it is and ends with 1', async () => {
    const { code, stdout, stderr } = await run(executable);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^A plugin for tests\.\n/);
  });

  it('prints its version', async () => {
    expect(await run(executable, { args: ['--version'] })).toEqual({
      code: 0,
      signal: null,
      stdout: 'test-plugin 1.2.3\n',
      stderr: '',
    });
  });

  it('refuses an argument that it does not know', async () => {
    const { code, stderr } = await run(executable, { args: ['--loud'] });
    expect(code).toBe(1);
    expect(stderr).toContain('unknown argument --loud');
  });

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('with --debug serves until %s', async (signal) => {
    const running = start(executable, { args: ['--debug'] });
    const target = JSON.parse(await firstLine(running));
    expect(target).toEqual({ pid: running.process.pid, network: 'unix', address: expect.any(String) });
    expect(existsSync(target.address)).toBe(true);
    running.process.kill(signal);
    expect(await running.ended).toEqual({ code: 0, signal: null });
    expect(existsSync(dirname(target.address))).toBe(false);
  });
});

describe('the log', () => {
  it('comes on stderr at the level that is set, without what is hidden', async () => {
    const plugin = await launchTest({ env: { TEST_PLUGIN_LOG: 'INFO' } });
    await send(plugin, 'hide');
    await send(plugin, 'log');
    await eventually('a log line', () => plugin.stderr().includes('\n'));
    expect(JSON.parse(plugin.stderr())).toMatchObject({
      '@level': 'info',
      '@module': 'test-plugin',
      '@message': 'on demand',
      token: '(redacted)',
    });
  });

  it('is empty if no level is set', async () => {
    const plugin = await launchTest();
    await send(plugin, 'log');
    await plugin.stop();
    expect(plugin.stderr()).toBe('');
  });
});
