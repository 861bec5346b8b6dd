import type { Answer, Request } from './request';

/**
 * What became of a request:
 * - `not-sent`: no connection (DNS, refused, TLS, proxy); Domo saw nothing of it.
 * - `no-answer`: sent, then the connection broke or request_timeout passed; whether it was done is open.
 * - `refused`: a complete answer whose status is not a success.
 * - `unreadable`: a success whose body is not what the endpoint promises.
 * - `credentials`: the sign-in, the access token or the session was not accepted.
 * - `aborted`: given up (interrupted or out of time) before it was sent, while waiting, or a GET in flight.
 */
export type Kind = 'not-sent' | 'no-answer' | 'refused' | 'unreadable' | 'credentials' | 'aborted';

/** The one error of this room. The message is complete: what happened, where, and what to do. */
export class DomoError extends Error {
  readonly kind: Kind;
  /** Method and path without query, such as `GET /api/content/v2/users/me`. */
  readonly endpoint: string;
  /** Status of the answer that this error is about, if there was one. */
  readonly status?: number;

  constructor(
    kind: Kind,
    request: Pick<Request, 'method' | 'path'>,
    text: string,
    about: { status?: number; cause?: unknown } = {},
  ) {
    const endpoint = `${request.method} ${pathOf(request)}`;
    super(`${endpoint}: ${text}`, about.cause === undefined ? {} : { cause: about.cause });
    this.name = 'DomoError';
    this.kind = kind;
    this.endpoint = endpoint;
    if (about.status !== undefined) this.status = about.status;
  }
}

/** The path of a request without its query. */
export function pathOf(request: Pick<Request, 'path'>): string {
  return request.path.replace(/\?.*$/s, '');
}

/** The message of anything thrown. Not by `instanceof`: errors also come from other realms. */
export function messageOf(thrown: unknown): string {
  if (typeof thrown === 'object' && thrown !== null && 'message' in thrown) return String(thrown.message);
  return String(thrown);
}

/** The error for a request that was given up because its signal was aborted. */
export function aborted(request: Request, signal: AbortSignal, when: string): DomoError {
  const reason: unknown = signal.reason;
  return new DomoError('aborted', request, `given up ${when}: ${messageOf(reason)}`, { cause: reason });
}

/** Turns an answer that is not the wanted success into an error: `credentials` for 401, else `refused`. */
export function unsuccessful(request: Request, answer: Answer): DomoError {
  const said = excerpt(answer.body);
  const text = `Domo answered ${answer.status}${said === '' ? '' : ` (${said})`}. ${adviceFor(answer.status)}`;
  return new DomoError(answer.status === 401 ? 'credentials' : 'refused', request, text.trimEnd(), answer);
}

function adviceFor(status: number): string {
  if (status === 401) {
    return (
      'The access token or session is wrong or has expired. Check access_token (DOMO_ACCESS_TOKEN), ' +
      'or username and password (DOMO_USERNAME, DOMO_PASSWORD).'
    );
  }
  if (status === 403) {
    return (
      'Either there is no such instance (check instance, DOMO_INSTANCE), or the caller lacks a grant: ' +
      '"Create API OAuth Clients" or "Manage All Access Tokens and API Clients".'
    );
  }
  if (status >= 300 && status < 400) {
    return (
      'Redirects are not followed, so that the credentials stay on this host. ' +
      'Check instance (DOMO_INSTANCE) or base_url (DOMO_BASE_URL).'
    );
  }
  return status >= 500 ? 'Domo has a problem at the moment. Try again later.' : '';
}

/**
 * The error for a success whose body is not what the endpoint promises. `expected` says what was missing,
 * such as `a JSON array of API clients` or `the field "clientId" (text)`. The body itself may hold a secret
 * and is not shown.
 */
export function unreadable(request: Request, answer: Answer, expected: string): DomoError {
  const text =
    `Domo answered ${answer.status} without what was expected: ${expected}. Something else may have answered ` +
    'in its place (a proxy, a login page): check instance (DOMO_INSTANCE) or base_url (DOMO_BASE_URL).';
  return new DomoError('unreadable', request, text, { status: answer.status });
}

/** The parsed JSON body of an answer; an `unreadable` error if it is not JSON. */
export function parseJson(request: Request, answer: Answer, expected: string): unknown {
  try {
    return JSON.parse(answer.body);
  } catch {
    // The parser's own message quotes the body, so it is not kept as the cause.
    throw unreadable(request, answer, expected);
  }
}

const messageFields = ['message', 'statusReason', 'error_description', 'error', 'reason', 'title'];

/** What looks like a credential: long in hex, a UUID, or long in a mix of capitals, small letters and digits. */
const credentialLike =
  /[0-9a-fA-F]{16,}|[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|\b(?=[\w+/=-]*[A-Z])(?=[\w+/=-]*[a-z])(?=[\w+/=-]*\d)[\w+/=-]{24,}/g;

/**
 * Domo's own words in the body of a refusal: one line, at most 200 characters, "" if there are none. What looks
 * like a credential is cut out, since an answer may repeat what it was asked, or tell what it has made.
 */
export function excerpt(body: string): string {
  const words = ownWords(body).slice(0, 2000).replace(credentialLike, '(redacted)');
  if (/<[a-z!/?]/i.test(words)) return '';
  // \p{C}: control and invisible characters, also those that reverse the writing direction.
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
  const fields = new Map(Object.entries(parsed ?? {}));
  for (const name of messageFields) {
    const value: unknown = fields.get(name);
    if (typeof value === 'string' && value.trim() !== '') return value;
  }
  return '';
}
