import { fieldsOf, parseExactly } from './json';
import { type Answer, effectiveMethod, type Request } from './request';

/**
 * What became of a request:
 * - `not-sent`: no connection (DNS, refused, TLS, proxy), or no sign-in; Domo saw nothing of the request.
 * - `no-answer`: sent, but the connection broke or time ran out; whether Domo did it is open.
 * - `refused`: a complete answer whose status is not a success.
 * - `unreadable`: a success whose body is not what the endpoint should return.
 * - `credentials`: the sign-in, the access token or the session was not accepted.
 * - `other-instance`: the credentials of a client belong to another instance than the one that is asked.
 * - `aborted`: given up (interrupted or out of time) before it was sent, while waiting, or a GET in flight.
 */
export type Kind =
  | 'not-sent'
  | 'no-answer'
  | 'refused'
  | 'unreadable'
  | 'credentials'
  | 'other-instance'
  | 'aborted';

/**
 * The cause more precisely, if it is known, so that a program can say what to do about it:
 * - `unreachable`: no connection, for any reason but a certificate.
 * - `certificate-…`: the certificate of the server is out of date, for another name, or not trusted.
 * - `proxy`: the environment names a proxy that cannot be used.
 * - `invalid-header`: the value of a header, such as an access token, cannot be sent.
 * - `timeout`: the time for one request ran out.
 * - `sign-in`: Domo did not accept the user name and password.
 * - `account-locked`: the same, until an administrator unlocks the account.
 * - `no-session`: the sign-in that the request needed failed; `cause` is its error.
 * - `blocked`: the instance does not admit the address that the request came from.
 * - `server-failure`: a status of 500 or more.
 */
export type Reason =
  | 'unreachable'
  | 'certificate-expired'
  | 'certificate-name'
  | 'certificate-untrusted'
  | 'proxy'
  | 'invalid-header'
  | 'timeout'
  | 'sign-in'
  | 'account-locked'
  | 'no-session'
  | 'blocked'
  | 'server-failure';

/** The one error of this room. The message says what happened, and where. */
export class DomoError extends Error {
  readonly kind: Kind;
  readonly reason: Reason | undefined;
  /** Method and path without query, such as `GET /api/content/v2/users/me`. */
  readonly endpoint: string;
  /** Status of the answer that this error is about, if there was one. */
  readonly status?: number;
  /** Domo itself has refused, in its own form: nothing was done. */
  readonly definite: boolean;

  constructor(
    kind: Kind,
    request: Pick<Request, 'method' | 'path'>,
    text: string,
    about: { status?: number; reason?: Reason | undefined; cause?: unknown; definite?: boolean } = {},
  ) {
    const endpoint = `${request.method} ${pathOf(request)}`;
    super(`${endpoint}: ${text}`, about.cause === undefined ? {} : { cause: about.cause });
    this.name = 'DomoError';
    this.kind = kind;
    this.reason = about.reason;
    this.endpoint = endpoint;
    if (about.status !== undefined) this.status = about.status;
    this.definite = about.definite ?? false;
  }

  /** Whether it is about this request, and not about one that had to come first. */
  isAbout(request: Pick<Request, 'method' | 'path'>): boolean {
    return this.endpoint === `${request.method} ${pathOf(request)}`;
  }
}

/** The path of a request without its query. */
export function pathOf(request: Pick<Request, 'path'>): string {
  return request.path.replace(/\?.*$/s, '');
}

/** The message of anything thrown. Does not use `instanceof`, since errors also come from other realms. */
export function messageOf(thrown: unknown): string {
  if (typeof thrown === 'object' && thrown !== null && 'message' in thrown) return String(thrown.message);
  return String(thrown);
}

/** The error for a request that was given up because its signal was aborted. */
export function aborted(request: Request, signal: AbortSignal, when: string): DomoError {
  const reason: unknown = signal.reason;
  return new DomoError('aborted', request, `aborted ${when}: ${messageOf(reason)}`, { cause: reason });
}

/** The error for an answer that is not the expected success: `credentials` for 401, otherwise `refused`. */
export function unsuccessful(request: Request, answer: Answer): DomoError {
  const { status, attempts = 1 } = answer;
  if (isBlockedPage(answer)) return blocked(request, answer);
  const said = excerpt(answer);
  const tried = attempts > 1 ? `, ${attempts} times in a row` : '';
  const parts = [
    `Domo returned ${status}${said === '' ? '' : ` (${said})`}${tried}.`,
    meaningOf(request, status),
    traceOf(answer),
  ];
  return new DomoError(status === 401 ? 'credentials' : 'refused', request, sentences(parts), {
    status,
    definite: isRefusalOfDomo(answer),
    reason: status >= 500 ? 'server-failure' : undefined,
  });
}

const sentences = (parts: readonly string[]) => parts.filter((part) => part !== '').join(' ');

/** Whether it is Domo's own page for addresses that are not on the allowlist of the instance, or the way to it. */
export function isBlockedPage({ status, body, headers }: Answer): boolean {
  if (status >= 300 && status < 400) return /whitelist\/blocked/i.test(headers?.location ?? '');
  return body.length <= longestQuoted && /<title>\s*Domo - Blocked\s*<\/title>/i.test(body);
}

function blocked(request: Request, { status }: Answer): DomoError {
  const text = `Domo returned ${status} with its page "Domo - Blocked": the public IP address that this request came from is not on the instance's allowlist.`;
  return new DomoError('refused', request, text, { status, reason: 'blocked' });
}

/** The id under which Domo's support finds a request, as a sentence; "" if the answer has none. */
export function traceOf({ body, redact = (text) => text }: Answer): string {
  if (body.length > longestQuoted) return '';
  try {
    const toe = fieldsOf(JSON.parse(body)).get('toe');
    return typeof toe === 'string' && /^[\w.:-]{1,64}$/.test(toe) && redact(toe) === toe
      ? `Trace id for Domo's support: ${toe}.`
      : '';
  } catch {
    return '';
  }
}

/**
 * Whether Domo itself says that it has refused: an object whose `status` is that of the answer. Anything else can come
 * from something in between, before or after Domo has done its work.
 */
export function isRefusalOfDomo({ status, body }: Answer): boolean {
  if (![400, 401, 403, 409, 422].includes(status) || body.length > longestQuoted) return false;
  try {
    const said: unknown = JSON.parse(body);
    return typeof said === 'object' && said !== null && 'status' in said && said.status === status;
  } catch {
    return false;
  }
}

function meaningOf(request: Request, status: number): string {
  if (status === 401) return 'The access token or session is wrong or has expired.';
  if (status === 403 && effectiveMethod(request) === 'POST') {
    return (
      'Creating needs the grant "Create API OAuth Clients", which "Manage All Access Tokens and API Clients" does ' +
      'not include.'
    );
  }
  if (status === 403) {
    return (
      'Either there is no such instance, or the caller lacks a grant: ' +
      '"Create API OAuth Clients" or "Manage All Access Tokens and API Clients".'
    );
  }
  if (status >= 300 && status < 400) {
    return 'Redirects are not followed, so that the credentials stay on this host.';
  }
  return status >= 500 ? 'Domo has a problem at the moment. Try again later.' : '';
}

/**
 * The error for a success whose body is not what the endpoint should return. `expected` says what is missing,
 * such as `a JSON array of API clients` or `the field "clientId" (text)`. The body itself is not shown, since it
 * may hold a secret.
 */
export function unreadable(request: Request, answer: Answer, expected: string): DomoError {
  if (isBlockedPage(answer)) return blocked(request, answer);
  const parts = [
    `Domo returned ${answer.status} without the expected content: ${expected}.`,
    'Something else may have responded in its place (a proxy, a login page).',
    traceOf(answer),
  ];
  return new DomoError('unreadable', request, sentences(parts), { status: answer.status });
}

/** The parsed JSON body of an answer; an `unreadable` error if it is not JSON. */
export function parseJson(request: Request, answer: Answer, expected: string): unknown {
  try {
    return parseExactly(answer.body);
  } catch {
    // The parser's own message quotes the body, so it is not kept as the cause.
    throw unreadable(request, answer, expected);
  }
}

/** In characters. A longer body is no error message, and not worth the time to read it. */
const longestQuoted = 65_536;

const messageFields = ['message', 'statusReason', 'error_description', 'error', 'reason', 'title'];

/** What looks like a credential: long hex, a UUID, or a long mix of capitals, small letters and digits. */
const credentialLike =
  /[0-9a-fA-F]{16,}|[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|\b(?=[\w+/=-]*[A-Z])(?=[\w+/=-]*[a-z])(?=[\w+/=-]*\d)[\w+/=-]{24,}/g;

/**
 * Domo's own words in the body of an answer: one line of at most 200 characters, "" if there are none. What looks
 * like a credential is cut out, since an answer may repeat the request or describe what was created.
 */
export function excerpt({ body, redact = (text) => text }: Answer): string {
  if (body.length > longestQuoted) return '';
  const words = redact(ownWords(body)).slice(0, 2000).replace(credentialLike, '(redacted)');
  if (/<[a-z!/?]/i.test(words)) return '';
  // \p{C}: control and invisible characters, including those that reverse the direction of writing.
  const line = words.replace(/[\p{C}\s]+/gu, ' ').trim();
  const characters = [...line];
  return characters.length > 200 ? `${characters.slice(0, 199).join('')}…` : line;
}

function ownWords(body: string): string {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    return body;
  }
  if (typeof parsed === 'string') return parsed;
  const fields = parsed as Readonly<Record<string, unknown>> | null;
  for (const name of messageFields) {
    const value = fields?.[name];
    if (typeof value === 'string' && value.trim() !== '') return value;
  }
  return '';
}
