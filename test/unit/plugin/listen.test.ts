import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, statSync } from 'node:fs';
import { type AddressInfo, connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { listen } from '../../../provider/plugin/listen';
import { skipped } from '../../support/skipped';

const servers: Server[] = [];

function newServer(): Server {
  const server = createServer((socket) => socket.end('hello'));
  servers.push(server);
  return server;
}

afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function greeting(target: { path: string } | { host: string; port: number }): Promise<string> {
  const socket = connect(target);
  const [data] = await once(socket, 'data');
  return String(data);
}

// Each socket is removed at the end of the process.
process.setMaxListeners(50);

describe('on a unix socket', () => {
  const base = mkdtempSync(join(tmpdir(), 'listen-'));
  afterAll(() => rmSync(base, { recursive: true, force: true }));

  it('listens in a fresh private folder of PLUGIN_UNIX_SOCKET_DIR', async () => {
    const env = { PLUGIN_UNIX_SOCKET_DIR: base };
    const [first, second] = [
      await listen(newServer(), env, 'linux'),
      await listen(newServer(), env, 'darwin'),
    ];
    expect(first.network).toBe('unix');
    expect(dirname(dirname(first.address))).toBe(base);
    expect(statSync(dirname(first.address)).mode & 0o777).toBe(0o700);
    expect(dirname(second.address)).not.toBe(dirname(first.address));
    expect(await greeting({ path: first.address })).toBe('hello');
  });

  it('says which folder is too deep for a socket', async () => {
    const deep = join(base, 'd'.repeat(100));
    const failed = listen(newServer(), { PLUGIN_UNIX_SOCKET_DIR: deep, TMPDIR: base }, 'linux');
    await expect(failed).rejects.toThrow(`${deep} (the path of a socket there would have`);
    await expect(failed).rejects.toThrow('Set PLUGIN_UNIX_SOCKET_DIR to a folder that exists');
  });

  it('says which folder is missing', async () => {
    const missing = join(base, 'missing');
    const failed = listen(newServer(), { PLUGIN_UNIX_SOCKET_DIR: missing }, 'linux');
    await expect(failed).rejects.toThrow(missing);
    expect(existsSync(missing)).toBe(false);
  });
});

if (process.platform === 'win32') skipped('sockets in temporary folders', 'Windows has none');
else
  describe('on a unix socket in a temporary folder', () => {
    let base = '';
    beforeEach(() => {
      base = realpathSync(mkdtempSync('/tmp/listen-'));
    });
    const made: string[] = [];
    afterEach(() => {
      for (const folder of [base, ...made.splice(0)]) rmSync(folder, { recursive: true, force: true });
    });

    async function folderOf(
      env: Record<string, string>,
      platform: NodeJS.Platform = 'linux',
    ): Promise<string> {
      const { address } = await listen(newServer(), env, platform);
      made.push(dirname(address));
      return dirname(dirname(address));
    }

    /** A folder whose sockets have paths of that many bytes. */
    function folderFor(bytes: number): string {
      const folder = join(base, 'd'.repeat(bytes - `${base}//plugin-XXXXXX/rpc`.length));
      mkdirSync(folder);
      return folder;
    }

    it('listens in TMPDIR, up to the length that the system allows', async () => {
      const allowed = process.platform === 'linux' ? 107 : 103;
      const [longest, tooLong] = [folderFor(allowed), folderFor(allowed + 1)];
      expect(await folderOf({ TMPDIR: longest }, process.platform)).toBe(longest);
      expect(await folderOf({ TMPDIR: tooLong }, process.platform)).toBe('/tmp');
    });

    it('keeps to the shorter paths of macOS there', async () => {
      const [longest, tooLong] = [folderFor(103), folderFor(104)];
      expect(await folderOf({ TMPDIR: longest }, 'darwin')).toBe(longest);
      expect(await folderOf({ TMPDIR: tooLong }, 'darwin')).toBe('/tmp');
    });

    it.each([
      ['is missing', () => join(base, 'missing')],
      ['is a file', () => __filename],
      ['is too long', () => folderFor(150)],
    ])('takes another folder if TMPDIR %s', async (_, tmpdir) => {
      const TMPDIR = tmpdir();
      expect(await folderOf({ TMPDIR })).toBe('/tmp');
      expect(await folderOf({ TMPDIR, XDG_RUNTIME_DIR: base })).toBe(base);
      expect(await folderOf({ TMPDIR, XDG_RUNTIME_DIR: 'relative' })).toBe('/tmp');
      expect(await folderOf({ TMPDIR, XDG_RUNTIME_DIR: join(base, 'missing') })).toBe('/tmp');
    });

    it('tells of each folder why it does not do', async () => {
      const env = { PLUGIN_UNIX_SOCKET_DIR: __filename };
      await expect(listen(newServer(), env, 'linux')).rejects.toThrow(`${__filename} (ENOTDIR`);
    });

    it('leaves nothing in a folder that takes no socket', async () => {
      const server = newServer();
      server.listen = () => {
        setImmediate(() => server.emit('error', new Error('no sockets here')));
        return server;
      };
      const env = { PLUGIN_UNIX_SOCKET_DIR: base };
      await expect(listen(server, env, 'linux')).rejects.toThrow(`${base} (no sockets here)`);
      expect(readdirSync(base)).toEqual([]);
    });
  });

describe('on Windows', () => {
  const portOf = (address: string) => Number(address.replace(/^127\.0\.0\.1:/, ''));

  /** A port that is taken while the test runs. */
  async function takenPort(): Promise<number> {
    const other = newServer();
    other.listen(0, '127.0.0.1');
    await once(other, 'listening');
    return (other.address() as AddressInfo).port;
  }

  it('listens on any loopback port if no range is given', async () => {
    const { network, address } = await listen(newServer(), {}, 'win32');
    expect(network).toBe('tcp');
    expect(await greeting({ host: '127.0.0.1', port: portOf(address) })).toBe('hello');
  });

  it('takes the next port of the range if one is in use', async () => {
    const taken = await takenPort();
    const env = { PLUGIN_MIN_PORT: String(taken), PLUGIN_MAX_PORT: String(taken + 50) };
    const { address } = await listen(newServer(), env, 'win32');
    expect(portOf(address)).toBeGreaterThan(taken);
    expect(portOf(address)).toBeLessThanOrEqual(taken + 50);
    expect(await greeting({ host: '127.0.0.1', port: portOf(address) })).toBe('hello');
  });

  it('names the range if none of its ports is free', async () => {
    const taken = String(await takenPort());
    const env = { PLUGIN_MIN_PORT: taken, PLUGIN_MAX_PORT: taken };
    await expect(listen(newServer(), env, 'win32')).rejects.toThrow(
      `PLUGIN_MIN_PORT=${taken} to PLUGIN_MAX_PORT=${taken}`,
    );
  });
});
