import type { ClientCredentials } from './own-sign-in';
import { DomoError, excerpt, unreadable, unsuccessful } from './transport/errors';
import type { Http } from './transport/http';
import { fieldsOfBody } from './transport/json';
import type { Answer, Request } from './transport/request';
import { pause } from './transport/timers';

/** An access token of an API client. */
export interface AccessToken {
  readonly accessToken: string;
  /** When it ends, in ms since 1970; null if Domo does not say. */
  readonly expiresAt: number | null;
  /** What it may do, as Domo says; null if it does not. */
  readonly scopes: readonly string[] | null;
}

/**
 * What the token endpoint says:
 * - `granted`: with the token.
 * - `refused-client`: it does not accept the client's credentials.
 * - `refused-scope`: it accepts them, but does not grant one of the scopes.
 */
export type TokenResult =
  | { readonly kind: 'granted'; readonly token: AccessToken }
  | { readonly kind: 'refused-client' | 'refused-scope'; readonly error: DomoError };

/** Asks for access tokens with the credentials of API clients. */
export interface AccessTokens {
  /**
   * @param scopes those to ask for; without any, the token has all scopes of its client
   * @param patience ms for which a refusal of the credentials is asked again: those of a new client may not be known at once
   * @throws {@link DomoError} if the endpoint was not reached or says something else
   */
  request(
    credentials: ClientCredentials,
    scopes: readonly string[],
    signal: AbortSignal,
    patience?: number,
  ): Promise<TokenResult>;
}

export interface AccessTokensOptions {
  /** Sends to the token endpoint's host. */
  readonly http: Http;
  /** From now on, this value is a secret. */
  hide(secret: string): void;
}

/** In s. Domo's tokens live for an hour. */
const longestLife = 1_000_000_000;

/** Ms between two questions. */
const interval = 2_000;

export function accessTokens({ http, hide }: AccessTokensOptions): AccessTokens {
  async function ask(
    { clientId, clientSecret }: ClientCredentials,
    scopes: readonly string[],
    signal: AbortSignal,
  ): Promise<TokenResult> {
    const basic = Buffer.from(`${clientId}:${clientSecret}`).toString('base64');
    for (const secret of [clientId, clientSecret, basic]) hide(secret);
    const scope = scopes.length === 0 ? '' : `&scope=${encodeURIComponent(scopes.join(' '))}`;
    const request: Request = {
      method: 'GET',
      path: `/oauth/token?grant_type=client_credentials${scope}`,
      headers: { Authorization: `Basic ${basic}` },
    };
    const asked = Date.now();
    const answer = await http.send(request, signal);
    if (answer.status === 200) return { kind: 'granted', token: readToken(request, answer, asked, hide) };
    return refusal(request, answer);
  }

  return {
    async request(credentials, scopes, signal, patience = 0) {
      const until = performance.now() + patience;
      for (;;) {
        const result = await ask(credentials, scopes, signal);
        const isFinal = result.kind !== 'refused-client' || performance.now() + interval > until;
        if (isFinal || signal.aborted) return result;
        await pause(interval, signal);
      }
    },
  };
}

function readToken(
  request: Request,
  answer: Answer,
  asked: number,
  hide: (secret: string) => void,
): AccessToken {
  const fields = fieldsOfBody(answer);
  const [accessToken, seconds, scope] = ['access_token', 'expires_in', 'scope'].map((name) =>
    fields.get(name),
  );
  if (typeof accessToken === 'string') hide(accessToken);
  // It is going to be part of a header.
  if (typeof accessToken !== 'string' || !/^[!-~]+$/.test(accessToken)) {
    throw unreadable(request, answer, 'an access token');
  }
  const life = lifeIn(seconds);
  return {
    accessToken,
    expiresAt: life === undefined ? null : asked + life * 1000,
    scopes: typeof scope === 'string' ? scope.split(/[\s,]+/).filter((each) => each !== '') : null,
  };
}

/** In s. OAuth only recommends to send it, and some servers send it as text. */
function lifeIn(value: unknown): number | undefined {
  const seconds = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
  return typeof seconds === 'number' && seconds >= 0 && seconds <= longestLife ? seconds : undefined;
}

/** OAuth's own words for what is refused, and what Domo is known to say. */
function refusal(request: Request, answer: Answer): TokenResult {
  const { status } = answer;
  if (![400, 401, 403].includes(status)) throw unsuccessful(request, answer);
  const problem = String(fieldsOfBody(answer).get('error'));
  const said = excerpt(answer);
  const text = `Domo returned ${status}${said === '' ? '' : ` (${said})`}.`;
  const error = new DomoError('refused', request, text, { status });
  if (problem === 'invalid_client' && status !== 403) return { kind: 'refused-client', error };
  if (['invalid_scope', 'insufficient_scope'].includes(problem)) return { kind: 'refused-scope', error };
  throw error;
}
