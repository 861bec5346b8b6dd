import { type ChildProcess, spawn } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import {
  type ChannelCredentials,
  type ChannelOptions,
  type Client,
  credentials,
  type ServiceError,
} from '@grpc/grpc-js';
import { type Certificate, createCertificate } from '../../provider/plugin/certificate';
import { GRPCControllerClient } from '../../provider/plugin/generated/goplugin';

/** How to start an executable. The environment is not inherited, except for what any program needs. */
export interface StartOptions {
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

export interface LaunchOptions extends StartOptions {
  /** Ask for mutual TLS, as Terraform does; true if absent. */
  readonly tls?: boolean;
}

/** A process that was started, and all that it has printed so far. */
export interface Running {
  readonly process: ChildProcess;
  stdout(): string;
  stderr(): string;
  /** Settles once the process has ended and all its output has arrived. */
  readonly ended: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>;
}

/** The fields of the handshake line. */
export interface Handshake {
  readonly line: string;
  readonly core: string;
  readonly protocol: string;
  readonly network: string;
  readonly address: string;
  readonly transport: string;
  /** Base64 of DER without padding; empty without TLS. */
  readonly certificate: string;
  /** Whether the plugin multiplexes; undefined unless it was asked. */
  readonly multiplex: string | undefined;
}

type ClientConstructor<T> = new (
  address: string,
  credentials: ChannelCredentials,
  options: Partial<ChannelOptions>,
) => T;

/** A plugin that has printed its handshake line. */
export interface Launched extends Running {
  readonly handshake: Handshake;
  /** From the start of the process to its handshake line, in ms. */
  readonly handshakeTook: number;
  /** A gRPC target: `unix:<path>` or `host:port`. */
  readonly target: string;
  readonly credentials: ChannelCredentials;
  /** Connects a generated client, such as `ProviderClient`; with other credentials, to see them refused. */
  connect<T extends Client>(client: ClientConstructor<T>, as?: ChannelCredentials): T;
  /** Ends the plugin as Terraform does: Shutdown, then wait; kills it if that takes more than 5 s. */
  stop(): Promise<void>;
}

/** What Terraform sets for every provider. */
export const terraformEnvironment = {
  TF_PLUGIN_MAGIC_COOKIE: 'd602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2',
  PLUGIN_PROTOCOL_VERSIONS: '5,6',
  PLUGIN_MIN_PORT: '10000',
  PLUGIN_MAX_PORT: '25000',
};

// The certificate names localhost, while the address is a path. Limits are off, as in Terraform.
const channelOptions: ChannelOptions = {
  'grpc.ssl_target_name_override': 'localhost',
  'grpc.default_authority': 'localhost',
  'grpc.max_receive_message_length': -1,
  'grpc.max_send_message_length': -1,
};

const patience = 45_000;

/** Starts an executable without waiting for anything. */
export function start(executable: string, { args = [], env = {} }: StartOptions = {}): Running {
  const { PATH = '', HOME = '', TMPDIR } = process.env;
  const child = spawn(executable, args, {
    env: { PATH, HOME, ...(TMPDIR ? { TMPDIR } : {}), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const ended: Running['ended'] = new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal }));
  });
  ended.catch(() => {}); // told to whoever waits for it
  return { process: child, stdout: () => stdout, stderr: () => stderr, ended };
}

/** Starts an executable that ends by itself, and waits for that. */
export async function run(executable: string, options?: StartOptions) {
  const running = start(executable, options);
  const { code, signal } = await running.ended;
  return { code, signal, stdout: running.stdout(), stderr: running.stderr() };
}

/**
 * Starts a plugin the way a go-plugin client does, with a P-521 client certificate, and reads its handshake.
 *
 * @param options.env must hold the plugin's cookie: `terraformEnvironment` for a provider
 * @throws Error with the plugin's stderr if no handshake line comes
 */
export async function launch(executable: string, options: LaunchOptions = {}): Promise<Launched> {
  const own = options.tls === false ? undefined : createCertificate('P-521');
  const env = { ...options.env, ...(own ? { PLUGIN_CLIENT_CERT: own.certificate } : {}) };
  const started = performance.now();
  const running = start(executable, { ...options, env });
  let handshake: Handshake;
  let handshakeTook: number;
  try {
    const line = await firstLine(running);
    handshakeTook = performance.now() - started;
    handshake = readHandshake(line);
  } catch (error) {
    running.process.kill('SIGKILL');
    throw error;
  }

  const target = handshake.network === 'unix' ? `unix:${handshake.address}` : handshake.address;
  const trusted = own ? pluginCredentials(handshake, own) : credentials.createInsecure();
  const clients: Client[] = [];

  function connect<T extends Client>(client: ClientConstructor<T>, as = trusted): T {
    const made = new client(target, as, channelOptions);
    clients.push(made);
    return made;
  }

  async function stop(): Promise<void> {
    if (running.process.exitCode === null && running.process.signalCode === null) {
      const controller = connect(GRPCControllerClient);
      controller.shutdown({}, () => {});
      const kill = setTimeout(() => running.process.kill('SIGKILL'), 5000);
      await running.ended;
      clearTimeout(kill);
    }
    for (const client of clients) client.close();
  }

  return { ...running, handshake, handshakeTook, target, credentials: trusted, connect, stop };
}

/** Credentials that trust the handshake's certificate alone and show the given one. */
export function pluginCredentials(handshake: Handshake, own?: Certificate): ChannelCredentials {
  const root = new X509Certificate(Buffer.from(handshake.certificate, 'base64')).toString();
  return credentials.createSsl(
    Buffer.from(root),
    own ? Buffer.from(own.privateKey) : null,
    own ? Buffer.from(own.certificate) : null,
  );
}

/** A unary call of a generated client as a promise: `answer<Response>((done) => client.method(request, done))`. */
export function answer<T>(
  call: (done: (error: ServiceError | null, value: T) => void) => unknown,
): Promise<T> {
  return new Promise((resolve, reject) => {
    call((error, value) => (error ? reject(error) : resolve(value)));
  });
}

/** Polls until the condition gives something; an Error that names it after the deadline. */
export async function eventually<T>(what: string, condition: () => T | undefined | false): Promise<T> {
  const deadline = Date.now() + patience;
  while (Date.now() < deadline) {
    const found = condition();
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(`not seen within ${patience} ms: ${what}`);
}

/** Waits for something; an Error that names it after the deadline. */
async function within(what: string, awaited: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not seen within ${patience} ms: ${what}`)), patience);
  });
  await Promise.race([awaited, late]).finally(() => clearTimeout(timer));
}

/** The first line that a process prints; an Error with its stderr if it ends first. */
export async function firstLine(running: Running): Promise<string> {
  const { stdout } = running.process;
  const printed = new Promise<void>((resolve) => {
    const look = () => void (running.stdout().includes('\n') && resolve());
    stdout?.on('data', look);
    look();
  });
  await within('a line on stdout', Promise.race([printed, running.ended]));
  const [line, rest] = running.stdout().split('\n', 2);
  if (line === undefined || rest === undefined) {
    throw new Error(`ended before its first line; on stderr: ${running.stderr()}`);
  }
  return line;
}

function readHandshake(line: string): Handshake {
  const [core, protocol, network, address, transport, certificate, multiplex] = line.split('|');
  if (!core || !protocol || !network || !address || !transport || certificate === undefined) {
    throw new Error(`not a handshake line: ${line}`);
  }
  return { line, core, protocol, network, address, transport, certificate, multiplex };
}
