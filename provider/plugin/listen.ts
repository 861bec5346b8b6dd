import { once } from 'node:events';
import { mkdtempSync, rmdirSync, unlinkSync } from 'node:fs';
import type { AddressInfo, ListenOptions, Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where a client finds the plugin: a socket's path, or `host:port`. */
export interface Address {
  readonly network: 'unix' | 'tcp';
  readonly address: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** The lowest limit of the systems that we run on, in bytes (with the final zero, macOS allows 104 and Linux 108). */
const longestSocketPath = 103;

/**
 * Listens where a go-plugin client on this platform connects: on a Unix socket in a fresh private directory,
 * which is removed when the process exits, or on Windows on a loopback port.
 *
 * @param env PLUGIN_UNIX_SOCKET_DIR, or PLUGIN_MIN_PORT and PLUGIN_MAX_PORT (both inclusive)
 * @throws Error that says what to change, if there is no address to listen on
 */
export function listen(server: Server, env: Environment, platform: NodeJS.Platform): Promise<Address> {
  return platform === 'win32' ? listenTcp(server, env) : listenUnix(server, env);
}

async function listenUnix(server: Server, env: Environment): Promise<Address> {
  const [variable, base] = env.PLUGIN_UNIX_SOCKET_DIR
    ? ['PLUGIN_UNIX_SOCKET_DIR', env.PLUGIN_UNIX_SOCKET_DIR]
    : ['TMPDIR', tmpdir()];
  const pattern = join(base, 'plugin-');
  const length = Buffer.byteLength(join(`${pattern}XXXXXX`, 'rpc'));
  if (length > longestSocketPath) {
    throw new Error(
      `the path of a socket under ${base} would have ${length} bytes, and systems allow ` +
        `${longestSocketPath}; set ${variable} to a folder with a shorter path`,
    );
  }
  const directory = mkdtempSync(pattern); // mode 0700
  const address = join(directory, 'rpc');
  process.once('exit', () => {
    try {
      unlinkSync(address);
    } catch {
      // It was never created, or somebody has already removed it.
    }
    try {
      rmdirSync(directory);
    } catch {
      // Likewise; or it is not empty, and what others put there is not ours to remove.
    }
  });
  await bind(server, { path: address });
  return { network: 'unix', address };
}

async function listenTcp(server: Server, env: Environment): Promise<Address> {
  const first = Number(env.PLUGIN_MIN_PORT || 0);
  const last = Number(env.PLUGIN_MAX_PORT || first);
  for (let port = first; port <= last; port++) {
    try {
      await bind(server, { host: '127.0.0.1', port });
      return { network: 'tcp', address: `127.0.0.1:${(server.address() as AddressInfo).port}` };
    } catch {
      // In use or not allowed; the next one may be free.
    }
  }
  throw new Error(`no free port on 127.0.0.1 from PLUGIN_MIN_PORT=${first} to PLUGIN_MAX_PORT=${last}`);
}

/** Resolves once the server listens; rejects with the reason of the system why it cannot. */
async function bind(server: Server, target: ListenOptions): Promise<void> {
  server.listen(target);
  await once(server, 'listening');
}
