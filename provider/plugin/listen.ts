import { once } from 'node:events';
import { mkdtempSync, rmdirSync, unlinkSync } from 'node:fs';
import type { AddressInfo, ListenOptions, Server } from 'node:net';
import { isAbsolute, join } from 'node:path';

/** Where a client finds the plugin: a socket's path, or `host:port`. */
export interface Address {
  readonly network: 'unix' | 'tcp';
  readonly address: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** How long a socket's path may be, in bytes: with the final zero, Linux allows 108 and macOS 104. */
const longestSocketPath = (platform: NodeJS.Platform) => (platform === 'linux' ? 107 : 103);

/**
 * Listens where a go-plugin client on this platform connects: on a Unix socket in a fresh private directory,
 * which is removed when the process exits, or on Windows on a loopback port.
 *
 * @param env PLUGIN_UNIX_SOCKET_DIR, which alone counts if it is set, or the usual variables for temporary folders;
 *   on Windows PLUGIN_MIN_PORT and PLUGIN_MAX_PORT (both inclusive)
 * @throws Error that says what to change, if there is no address to listen on
 */
export function listen(server: Server, env: Environment, platform: NodeJS.Platform): Promise<Address> {
  return platform === 'win32' ? listenTcp(server, env) : listenUnix(server, env, platform);
}

async function listenUnix(server: Server, env: Environment, platform: NodeJS.Platform): Promise<Address> {
  const problems: string[] = [];
  for (const folder of foldersFor(env)) {
    try {
      return { network: 'unix', address: await bindIn(folder, server, longestSocketPath(platform)) };
    } catch (error) {
      problems.push(`${folder} (${(error as Error).message})`);
    }
  }
  const variable = env.PLUGIN_UNIX_SOCKET_DIR ? 'PLUGIN_UNIX_SOCKET_DIR' : 'TMPDIR';
  throw new Error(
    `there is no folder for a socket: ${problems.join('; ')}. ` +
      `Set ${variable} to a folder that exists, can be written to and has a short path`,
  );
}

/** A client that names a folder looks for the socket there alone. */
function foldersFor(env: Environment): Iterable<string> {
  if (env.PLUGIN_UNIX_SOCKET_DIR) return [env.PLUGIN_UNIX_SOCKET_DIR];
  const { XDG_RUNTIME_DIR: runtime } = env;
  const usual = env.TMPDIR || env.TMP || env.TEMP || '/tmp';
  return new Set([usual, ...(runtime && isAbsolute(runtime) ? [runtime] : []), '/tmp']);
}

/** Listens in a fresh directory of that folder; returns the path of the socket. */
async function bindIn(folder: string, server: Server, longest: number): Promise<string> {
  const pattern = join(folder, 'plugin-');
  const length = Buffer.byteLength(join(`${pattern}XXXXXX`, 'rpc'));
  if (length > longest) {
    throw new Error(
      `the path of a socket there would have ${length} bytes, and the system allows ${longest}`,
    );
  }
  const directory = mkdtempSync(pattern); // mode 0700
  const path = join(directory, 'rpc');
  const remove = () => removeSocket(path, directory);
  process.once('exit', remove);
  try {
    await bind(server, { path });
    return path;
  } catch (error) {
    process.off('exit', remove);
    remove();
    throw error;
  }
}

function removeSocket(path: string, directory: string): void {
  try {
    unlinkSync(path);
  } catch {
    // It was never created, or somebody has already removed it.
  }
  try {
    rmdirSync(directory);
  } catch {
    // Likewise; or it is not empty, and what others put there is not ours to remove.
  }
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
