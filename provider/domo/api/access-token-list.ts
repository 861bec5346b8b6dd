import { composed } from './composed';
import { idOf, momentIn } from './field-values';
import { partOf } from './list-parts';
import { parseJson, unreadable, unsuccessful } from './transport/errors';
import { fieldsOf } from './transport/json';
import type { Answer, Request } from './transport/request';
import type { Session } from './transport/session';
import { oneAtATime } from './transport/single-flight';

/** An access token of a user, as Domo lists it: never the token itself. */
export interface ListedToken {
  readonly id: string;
  readonly name: string;
  /** The user whose token it is; null if Domo does not say. */
  readonly ownerId: string | null;
  /** In ms since 1970; null if Domo names no end. */
  readonly expires: number | null;
}

/** One answer to the list of access tokens. */
export interface ListedTokens {
  readonly tokens: readonly ListedToken[];
  /** What Domo says of tokens that are missing; undefined if the list is whole, as far as Domo says. */
  readonly part: string | undefined;
  /** The ids of those whose end Domo names in a form that is not known. */
  readonly unclear: readonly string[];
}

/** The access tokens of one instance, as one caller may see them. */
export interface TokenList {
  /** The list that the run already has, or a new one. */
  list(signal: AbortSignal): Promise<ListedTokens>;
}

const request: Request = { method: 'GET', path: '/api/data/v1/accesstokens' };

export function createTokenList(session: Session): TokenList {
  let listed: ListedTokens | undefined;
  const ask = oneAtATime(async (signal) => {
    const answer = await session.send(request, signal);
    if (answer.status !== 200) throw unsuccessful(request, answer);
    listed = readTokens(answer);
    return listed;
  });
  return { list: async (signal) => listed ?? ask(signal) };
}

function readTokens(answer: Answer): ListedTokens {
  const expected = 'a JSON array of access tokens';
  const body = parseJson(request, answer, expected);
  // Bare in the one answer that is known; the list of API clients has been wrapped.
  const envelope = fieldsOf(body);
  const entries = Array.isArray(body) ? body : envelope.get('entries');
  if (!Array.isArray(entries)) throw unreadable(request, answer, expected);
  const tokens = new Map<string, ListedToken>();
  const unclear = new Set<string>();
  for (const entry of entries) {
    const token = tokenIn(entry);
    if (typeof token === 'string') {
      throw unreadable(request, answer, `the field "${token}" of every access token`);
    }
    if ((tokens.get(token.id) ?? token).name !== token.name) {
      const twice = `one access token for each id, but ${token.id} appears with two names`;
      throw unreadable(request, answer, twice);
    }
    tokens.set(token.id, token);
    if (token.expires === null && isUnclear(fieldsOf(entry).get('expires'))) unclear.add(token.id);
  }
  const part = partOf(envelope, answer.headers ?? {}, entries.length);
  return { tokens: [...tokens.values()], part, unclear: [...unclear] };
}

/** Whether it may still mean an expiry time. A number that is not a time, such as 0 or the highest one, means that the token never expires. */
function isUnclear(expires: unknown): boolean {
  if (typeof expires === 'string') return expires !== '' && Number.isNaN(Number(expires));
  return typeof expires === 'object' && expires !== null;
}

/** The name of a field that it must have if that is missing. */
function tokenIn(entry: unknown): ListedToken | 'id' | 'name' {
  const fields = fieldsOf(entry);
  const id = idOf(fields.get('id'));
  const name = fields.get('name');
  if (id === null) return 'id';
  if (typeof name !== 'string') return 'name';
  return {
    id,
    name: composed(name),
    ownerId: idOf(fields.get('ownerId')),
    expires: momentIn(fields.get('expires')),
  };
}
