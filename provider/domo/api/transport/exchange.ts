import { isUtf8 } from 'node:buffer';
import {
  type ClientRequest,
  request as httpRequest,
  type IncomingMessage,
  type RequestOptions,
} from 'node:http';
import { request as httpsRequest, type RequestOptions as TlsOptions } from 'node:https';
import { Socket } from 'node:net';
import axios from 'axios';
import { systemAuthorities, usualAuthorities } from './authorities';
import { messageOf } from './errors';
import type { HttpProxy } from './proxy';
import { type AnswerHeaders, answerHeaders } from './request';
import { longestTimer } from './timers';

/** One HTTP request as it goes out. `timeout` in ms, from the connection to the last byte of the answer. */
export interface Outgoing {
  url: string;
  method: 'GET' | 'POST' | 'DELETE';
  /** The method whose rules hold for it. */
  rules: 'GET' | 'POST' | 'DELETE';
  headers: Record<string, string>;
  body: unknown;
  timeout: number;
  /** Certificates (PEM) of authorities to trust besides those of the runtime and the system. */
  trusted: readonly string[];
  /** Undefined if the request goes straight to its host. */
  proxy: HttpProxy | undefined;
  /** Is given the connection, once it is established, before the request is on its way. */
  onConnection?: ((socket: Socket) => void) | undefined;
  /** For the words of the system and of axios, before they become the message of a {@link TransportFailure}. */
  redact(text: string): string;
}

/** A complete answer. */
export interface Received {
  status: number;
  body: string;
  headers: AnswerHeaders;
  retryAfter: string | undefined;
}

/** Why there is no complete response; `code` is short and for logs, such as `ECONNRESET` or `timeout`. */
export interface TransportFailure {
  kind: 'not-sent' | 'no-answer' | 'unreadable' | 'aborted';
  code: string;
  message: string;
}

export type TransportResult = Received | TransportFailure;

/** Drops a byte order mark, which JSON does not allow. */
const text = new TextDecoder();

const maxAnswerBytes = 64 * 1024 * 1024;

// Loaded together with axios, which brings what it needs.
export { proxyFor } from './proxy';

/** Those of the system, once a server has been met that only they vouch for. */
let system: readonly string[] = [];

/**
 * Sends one request once, as {@link attempt} does. A server that the runtime does not trust is asked again with what the
 * system trusts besides: it takes long to read, and nothing has been sent yet.
 */
export async function exchange(outgoing: Outgoing, signal: AbortSignal): Promise<TransportResult> {
  const result = await attempt(outgoing, signal, system);
  if (!isUntrusted(result) || system.length > 0) return result;
  const more = systemAuthorities();
  if (more.length === 0) return result;
  const second = await attempt(outgoing, signal, more);
  if (!isUntrusted(second)) system = more;
  return second;
}

const isUntrusted = (result: TransportResult) =>
  'kind' in result &&
  result.kind === 'not-sent' &&
  /SELF_SIGNED|ISSUER|LEAF_SIGNATURE|UNTRUSTED/.test(result.code);

/**
 * Sends one request once. Never throws, and never lets an axios error out, since those carry the headers. An aborted
 * signal ends it at once, except for a POST or DELETE that is already on its way: its answer must not be lost.
 */
async function attempt(
  outgoing: Outgoing,
  signal: AbortSignal,
  system: readonly string[],
): Promise<TransportResult> {
  const { url, method, rules, headers, body, timeout } = outgoing;
  const trusted = [...system, ...outgoing.trusted];
  const stop = new AbortController();
  let connected = false;
  let tunnelRefused = false;
  let givenUp: 'timeout' | 'aborted' | undefined;

  function giveUp(why: 'timeout' | 'aborted'): void {
    givenUp ??= why;
    stop.abort();
  }
  function onAbort(): void {
    if (rules === 'GET' || !connected) giveUp('aborted');
  }

  /** What axios itself would use, but it notes when the connection is established: from then on the request counts as sent. */
  function request(options: RequestOptions, onResponse: (response: IncomingMessage) => void): ClientRequest {
    const secure = options.protocol === 'https:';
    const started = secure
      ? httpsRequest({ ...options, ...verified(trusted) }, onResponse)
      : httpRequest(options, onResponse);
    started.once('socket', (socket: Socket & { encrypted?: boolean; secureConnecting?: boolean }) => {
      // If a proxy refuses the tunnel, its own answer is replayed on a plain socket.
      const onEstablished = () => {
        connected = true;
        outgoing.onConnection?.(socket);
      };
      if (secure && socket instanceof Socket && !socket.encrypted) tunnelRefused = true;
      else if (!socket.connecting && !socket.secureConnecting) onEstablished();
      else socket.once(secure ? 'secureConnect' : 'connect', onEstablished);
    });
    return started;
  }

  const timer = setTimeout(giveUp, Math.min(timeout, longestTimer), 'timeout');
  signal.addEventListener('abort', onAbort);
  try {
    if (signal.aborted) onAbort();
    const response = await axios.request<Buffer>({
      url,
      method,
      headers,
      data: body,
      adapter: 'http',
      transport: { request },
      responseType: 'arraybuffer',
      validateStatus: () => true,
      maxRedirects: 0,
      maxContentLength: maxAnswerBytes,
      signal: stop.signal,
      // Not what axios makes of the environment: see docs/decisions.md.
      proxy: outgoing.proxy ?? false,
    });
    const { status, data } = response;
    if (tunnelRefused) {
      return {
        kind: 'not-sent',
        code: `PROXY_${status}`,
        message: `the proxy responded ${status} to CONNECT`,
      };
    }
    // The answer to a creation is read all the same: its secret must not be lost over one bad character.
    if (rules === 'GET' && !isUtf8(data)) {
      return { kind: 'unreadable', code: 'not-utf-8', message: 'the response is not valid UTF-8' };
    }
    const header = (name: string) => {
      const value: unknown = response.headers[name];
      return typeof value === 'string' ? value : undefined;
    };
    return {
      status,
      body: text.decode(data),
      headers: Object.fromEntries(answerHeaders.map((name) => [name, header(name)])),
      retryAfter: header('retry-after'),
    };
  } catch (error) {
    if (givenUp === 'aborted') return { kind: 'aborted', code: 'aborted', message: 'given up' };
    const kind = connected ? 'no-answer' : 'not-sent';
    if (givenUp === 'timeout') return { kind, code: 'timeout', message: `timeout after ${timeout / 1000} s` };
    const message = messageOf(error);
    if (message.startsWith('maxContentLength')) {
      const tooLarge = `the response is larger than ${maxAnswerBytes / 1024 / 1024} MiB`;
      return { kind: rules === 'GET' ? 'unreadable' : kind, code: 'too-large', message: tooLarge };
    }
    return { kind, code: codeOf(error), message: outgoing.redact(message) };
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
  }
}

/** Certificates are verified whatever NODE_TLS_REJECT_UNAUTHORIZED says, since a token is sent. */
function verified(trusted: readonly string[]): TlsOptions {
  if (trusted.length === 0) return { rejectUnauthorized: true };
  const ca = [...usualAuthorities(), ...trusted];
  // As in other tools, an issuing authority is enough: the root above it need not be named.
  return { rejectUnauthorized: true, ca, allowPartialTrustChain: true };
}

function codeOf(error: unknown): string {
  const code =
    typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'unknown';
  // What axios calls a bad response is a connection that broke in the middle of an answer.
  return code === 'ERR_BAD_RESPONSE' ? 'ECONNRESET' : code;
}
