import type { Socket } from 'node:net';
import type { Server } from '@grpc/grpc-js';
import { createCertificate } from './certificate';
import { type Accept, mutualTlsServer, plainServer } from './connections';
import { handshakeLine } from './handshake';
import { type PluginInfo, readInvocation } from './invocation';
import { listen } from './listen';
import { type Log, openLog, writeNow } from './log';
import { watchParent } from './parent';

/** A plugin: what it says about itself, and the gRPC services that it offers. */
export interface Plugin extends PluginInfo {
  /** trace, debug, info, warn, error or off, in upper or lower case; undefined or any other word means off. */
  readonly logLevel: string | undefined;
  /** What --debug prints: how to attach a client to this process. */
  attach(target: { pid: number; network: 'unix' | 'tcp'; address: string }): string;
  /** Loads the plugin's own gRPC services and adds them. Called once the client knows where to connect. */
  register(server: Server, host: Host): Promise<void>;
}

/** What the process provides for a plugin's services. */
export interface Host {
  readonly log: Log;
}

/**
 * Serves the plugin to the go-plugin client that started this process, until that client sends Shutdown or dies.
 * Signals are left to the client; under --debug they end the process. Owns the process: its arguments, signals,
 * stdout and exit. Resolves once it serves.
 */
export async function serve(plugin: Plugin): Promise<void> {
  const invocation = readInvocation(plugin, process.argv.slice(2), process.env);
  if (invocation.kind === 'message') {
    writeNow(invocation.exitCode === 0 ? 1 : 2, `${invocation.text}\n`);
    process.exit(invocation.exitCode);
  }
  if (invocation.kind === 'refusal') return refuseStart(invocation.text);
  const log = openGuardedLog(plugin);
  const isDebug = invocation.kind === 'debug';
  endOnFailure(log);
  try {
    await (isDebug ? serveDebug(plugin, log) : servePlugin(plugin, log));
  } catch (error) {
    const problem = error instanceof Error ? error.message : error;
    const text = log.redact(`${plugin.name} cannot start: ${problem}`, 'foreign');
    if (!isDebug && !announced) return refuseStart(text);
    writeNow(2, `${text}\n`);
    process.exit(1);
  }
}

/** Whether the client has been told where to connect. */
let announced = false;

/** Tells the client, which shows its user the first line on stdout if that says nothing about a connection. */
function refuseStart(text: string): void {
  writeNow(1, `${text.replace(/\s+/g, ' ')}\n`);
  // It reads the line only from a process that has not ended, and then ends it.
  setTimeout(() => process.exit(1), 1000);
}

async function servePlugin(plugin: Plugin, log: Log): Promise<void> {
  // The client handles interrupts and hang-ups and tells us what to do, but the terminal signals us, too.
  process.on('SIGINT', () => log.debug('interrupt left to the client'));
  process.on('SIGHUP', () => log.debug('hang-up left to the client'));
  process.on('SIGTERM', () => log.debug('termination left to the client'));
  watchParent(end);

  const { PLUGIN_CLIENT_CERT: clientCertificate, PLUGIN_MULTIPLEX_GRPC: multiplex } = process.env;
  const connectionQueue = createConnectionQueue();
  const tls = clientCertificate ? { client: clientCertificate, own: createCertificate() } : undefined;
  const server = tls
    ? mutualTlsServer(tls.client, tls.own, connectionQueue.accept)
    : plainServer(connectionQueue.accept);
  const address = await listen(server, process.env, process.platform);
  writeNow(1, `${handshakeLine(plugin.protocolVersion, address, tls?.own.der, Boolean(multiplex))}\n`);
  announced = true;
  connectionQueue.drainTo(await createServer(plugin, log, end));
}

/** For someone with a debugger, who also ends it. Clients come and go, and need neither handshake nor TLS. */
async function serveDebug(plugin: Plugin, log: Log): Promise<void> {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, end);
  const accept = await createServer(plugin, log);
  const address = await listen(plainServer(accept), process.env, process.platform);
  writeNow(1, `${plugin.attach({ pid: process.pid, ...address })}\n`);
}

/** Holds connections that arrive while the server is still being loaded. */
function createConnectionQueue(): { readonly accept: Accept; drainTo(server: Accept): void } {
  const waiting: Socket[] = [];
  let server: Accept = (socket) => void waiting.push(socket);
  return {
    accept: (socket) => server(socket),
    drainTo(accept) {
      server = accept;
      for (const socket of waiting) accept(socket);
    },
  };
}

/**
 * The gRPC server with all its services, as a function that accepts connections. It is loaded after the client
 * has been told where to connect: it is most of what there is to load, and the client is busy meanwhile.
 */
async function createServer(plugin: Plugin, log: Log, onShutdown?: () => never): Promise<Accept> {
  const { createGrpcServer } = await import('./grpc-server');
  const { server, accept } = createGrpcServer(onShutdown);
  // The client may be connecting already: once it is answered, it is busy for a while, and we can load the rest.
  await new Promise((resolve) => setImmediate(resolve));
  await plugin.register(server, { log });
  return accept;
}

/** A log that, once there is something to hide, keeps it out of all that is printed on stderr. */
function openGuardedLog({ name, logLevel }: Plugin): Log {
  const log = openLog(name, logLevel);
  let guarded = false;
  return {
    ...log,
    hide(secret) {
      log.hide(secret);
      if (guarded) return;
      guarded = true;
      // Loaded late: a process that only reports its schema has nothing to hide, and every start counts.
      const { guardStderr } = require('./stderr') as typeof import('./stderr');
      guardStderr((text) => log.redact(text, 'foreign'));
    },
  };
}

function endOnFailure(log: Log): void {
  function fail(reason: unknown): void {
    // It is no failure if the client no longer reads our output.
    if ((reason as NodeJS.ErrnoException | undefined)?.code === 'EPIPE') return;
    // The stack only: an error's other properties may hold a request with its headers.
    const text = log.redact(
      reason instanceof Error ? (reason.stack ?? reason.message) : String(reason),
      'foreign',
    );
    log.error('the plugin failed', { error: text });
    // Clients show their user what follows this word on stderr (logStderr in go-plugin).
    writeNow(2, `panic: ${text}\n`);
    process.exit(1);
  }
  process.on('uncaughtException', fail);
  process.on('unhandledRejection', fail);
}

function end(): never {
  process.exit(0);
}
