import type { Socket } from 'node:net';
import { aborted, DomoError, messageOf, pathOf, type Reason } from './errors';
import type { TransportFailure } from './exchange';
import { createPace } from './pace';
import { createProgress } from './progress';
import type { HttpProxy } from './proxy';
import { type Answer, effectiveMethod, type Log, type Redact, type Request } from './request';
import { backoff, isUnavailable, mayRepeat, retryAfter } from './retry';
import { pause } from './timers';

/** What {@link http} needs. */
export interface HttpOptions {
  /** Scheme, host and port, such as `https://acme.domo.com`. */
  baseUrl: string;
  /** Milliseconds for one request, from the connection to the last byte of the answer. */
  requestTimeout: number;
  /** How often a request that is safe to repeat is tried again; waits for 429 are not counted. */
  maxRetries: number;
  /** Certificates (PEM) of authorities to trust besides those of the runtime and the system. */
  trusted?: readonly string[];
  /** Called once for each attempt to send a request. */
  log: Log;
  /** Called now and then while Domo limits the rate, with the number of requests answered and refused so far. */
  onLimit?: Log;
  /** Is given the connection of each attempt, once it is established. */
  onConnection?: (socket: Socket) => void;
  /** Takes the known secrets out of words that get into messages. */
  redact?: Redact;
  userAgent: string;
  /** Sent with every request. */
  headers?: Record<string, string>;
  /** The jitter of the waits, from 0 to 1; `Math.random` if absent. */
  random?: () => number;
}

/** Sends requests to one host, and repeats what is safe to repeat. */
export interface Http {
  /**
   * Returns every complete answer, whatever its status, except 429, which is waited out. Throws a
   * {@link DomoError} of kind `not-sent`, `no-answer` or `aborted`, or `unreadable` for a GET whose answer is
   * too large. Once the signal is aborted, nothing new starts, and waits and GETs end at once; but the answer
   * to a POST or DELETE that is on its way is still awaited and returned.
   */
  send(request: Request, signal: AbortSignal): Promise<Answer>;
}

/**
 * Loads axios, which is slow to load and which many processes never need. The first request does it at the latest;
 * whoever knows earlier that there will be one can call this while there is nothing else to do.
 */
export const loadTransport = () => import('./exchange');

/** An {@link Http} for one host. All of its requests share one {@link createPace | pace}. */
export function http(options: HttpOptions): Http {
  const { requestTimeout, maxRetries, log, trusted = [], random = Math.random } = options;
  const { redact = (text: string) => text } = options;
  const { host } = new URL(options.baseUrl);
  // Without the lookbehind, a run of slashes would be tried from each of its slashes.
  const baseUrl = options.baseUrl.replace(/(?<!\/)\/+$/, '');
  const pace = createPace();
  const progress = createProgress(options.onLimit ?? (() => undefined));

  async function send(request: Request, signal: AbortSignal): Promise<Answer> {
    const { method, body } = request;
    const rules = effectiveMethod(request);
    const headers = { 'User-Agent': options.userAgent, ...options.headers, ...request.headers };
    requireSendableHeaders(request, headers);
    const url = baseUrl + request.path;
    const { exchange, proxyFor } = await loadTransport();
    const proxy = requireUsable(request, () => proxyFor(url));
    const { onConnection } = options;
    const timeout = requestTimeout;
    const outgoing = { url, method, rules, headers, body, timeout, trusted, proxy, redact, onConnection };
    let repeats = 0;
    let pauses = 0;
    let mayBeDone = false;
    let waitedFor = 'before it was sent';

    for (let attempt = 1; ; attempt++) {
      await pace.turn(signal);
      if (!signal.aborted && (await request.beforeSend?.(signal))) await pace.turn(signal);
      if (signal.aborted) throw aborted(request, signal, waitedFor);

      request.onSend?.();
      const start = performance.now();
      const result = await exchange(outgoing, signal);
      const isLimited = 'status' in result && result.status === 429;
      const wait = isLimited
        ? pace.limited(retryAfter(result.retryAfter, Date.now()) ?? backoff(pauses++, random))
        : 0;
      log('Domo request', {
        method,
        path: pathOf(request),
        ...('status' in result ? { status: result.status } : { error: result.code }),
        ms: Math.round(performance.now() - start),
        attempt,
        ...(isLimited && { waitMs: Math.round(wait) }),
      });

      if (isLimited) {
        progress.limited(wait);
        waitedFor = 'while waiting, since Domo returned 429 (too many requests)';
        continue;
      }
      pace.answered();
      progress.answered();
      mayBeDone ||= isUnavailable(result) || ('kind' in result && result.kind === 'no-answer');
      if (!mayRepeat(rules, result) || repeats >= maxRetries) {
        if ('status' in result) {
          const { status, body, headers } = result;
          return { status, body, headers, ...(repeats > 0 && { attempts: repeats + 1 }), redact };
        }
        if (result.kind === 'aborted') {
          throw aborted(request, signal, rules === 'GET' ? 'before Domo responded' : waitedFor);
        }
        // If an earlier attempt may have reached Domo, the outcome of a DELETE is open even if the last one did not.
        const open = mayBeDone && result.kind === 'not-sent';
        throw failed(request, open ? { ...result, kind: 'no-answer' } : result, { host, proxy }, attempt);
      }
      waitedFor = `while waiting to try again after ${'status' in result ? result.status : result.code}`;
      await pause(backoff(repeats++, random), signal);
    }
  }

  return { send };
}

/** axios would silently drop the characters that Node.js rejects, and so send another secret than the one given. */
function requireSendableHeaders(request: Request, headers: Record<string, string>): void {
  for (const [name, value] of Object.entries(headers)) {
    if (!/[^\t -~\u0080-\u00ff]/.test(value)) continue;
    const text =
      `not sent: the value of the header ${name} contains a line break or another character that a header ` +
      'cannot carry.';
    throw new DomoError('not-sent', request, text, { reason: 'invalid-header' });
  }
}

/** @throws a DomoError with the sentence that `find` throws */
function requireUsable<T>(request: Request, find: () => T): T {
  try {
    return find();
  } catch (error) {
    throw new DomoError('not-sent', request, `not sent: ${messageOf(error)}`, { reason: 'proxy' });
  }
}

/** Where a request was to go. */
interface Target {
  readonly host: string;
  readonly proxy: HttpProxy | undefined;
}

function failed(request: Request, failure: TransportFailure, target: Target, attempts: number): DomoError {
  const reason = reasonOf(failure, target.proxy);
  const tried = attempts > 1 ? ` Tried ${attempts} times.` : '';
  return new DomoError(failure.kind, request, `${whatHappened(request, failure, target, reason)}${tried}`, {
    reason,
    cause: new Error(`${failure.code}: ${failure.message}`),
  });
}

function reasonOf(
  { kind, code, message }: TransportFailure,
  proxy: HttpProxy | undefined,
): Reason | undefined {
  if (kind === 'no-answer' && code === 'timeout') return 'timeout';
  if (kind !== 'not-sent') return undefined;
  if (proxy?.protocol === 'https' && isNotTls(`${code} ${message}`)) return 'proxy';
  if (/^CERT_(HAS_EXPIRED|NOT_YET_VALID)$/.test(code)) return 'certificate-expired';
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return 'certificate-name';
  return /CERT|SIGNATURE|ISSUER|TLS|SSL/.test(code) ? 'certificate-untrusted' : 'unreachable';
}

function whatHappened(
  request: Request,
  { kind, message }: TransportFailure,
  { host, proxy }: Target,
  reason: Reason | undefined,
): string {
  if (kind === 'unreadable') return `${host} responded, but ${message}.`;
  if (kind === 'no-answer') {
    const open = effectiveMethod(request) === 'GET' ? '' : ' Whether Domo carried it out is unknown.';
    return `no complete response from ${host} (${message}).${open}`;
  }
  const through = proxy && ` through the proxy ${proxy.host}:${proxy.port} (${proxy.variable})`;
  if (reason === 'proxy') {
    return `no connection${through}, nothing was sent. It does not speak TLS: write http:// instead of https://.`;
  }
  return `no connection to ${host}${through ?? ''}, nothing was sent (${message}).${certificateProblem(reason)}`;
}

/** Whether the words are OpenSSL's for an answer that is not TLS. */
const isNotTls = (words: string) => /EPROTO|wrong.version.number|packet.length.too.long/i.test(words);

function certificateProblem(reason: Reason | undefined): string {
  switch (reason) {
    case 'certificate-expired':
      return " Its certificate is out of date, or this machine's clock is wrong. Whoever runs the server must renew it.";
    case 'certificate-name':
      return ' Its certificate is for another name.';
    case 'certificate-untrusted':
      return ' Its certificate is not trusted here.';
    default:
      return '';
  }
}
