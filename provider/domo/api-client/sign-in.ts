import { type Failure, failure } from '../../framework';
import { describeTokenError } from '../advice';
import type { ClientCredentials } from '../api/own-sign-in';
import type { AccessToken, TokenResult } from '../api/token-endpoint';
import type { Domo } from '../connection';
import { runWithTimeout } from '../run-with-timeout';
import { asDomoSpells } from '../scopes/scopes';
import { mask } from './ids';
import { describeScopes } from './messages';

/**
 * A client of which only the client id is known, by the part of it that is safe to show. Without an ellipsis, before which
 * even part of a hidden value is removed; for the same reason, words must follow.
 */
export const describeByClientId = (clientId: string) => `API client "${mask(clientId).slice(0, -1)}"`;

/** Ms for which a new client's sign-in is asked for again if it is refused. */
export const patienceWithNew = 30_000;

interface SignInOptions {
  readonly domo: Domo;
  readonly signal: AbortSignal;
  readonly credentials: ClientCredentials;
  /** Null for all that the client has. */
  readonly scopes: readonly string[] | null;
  /** In ms. */
  readonly patience: number;
  readonly consequence: string;
}

/** Signs an API client in with its own credentials. Throws a {@link Failure} that says what was refused, or not reached. */
export async function signIn(options: SignInOptions): Promise<AccessToken> {
  const { domo, signal, credentials, scopes, patience, consequence } = options;
  const who = describeByClientId(credentials.clientId);
  const wanted = asDomoSpells(scopes ?? [], domo.additionalScopes ?? []);
  const tokens = domo.tokens();
  const result = await runWithTimeout(
    { signal, client: domo },
    { kind: 'read', doing: `Signing in as ${who}`, consequence, describe: describeTokenError },
    (limited) => tokens.request(credentials, wanted, limited, patience),
  );
  if (result.kind === 'granted') return result.token;
  throw refused(result, who, wanted, patience, consequence);
}

/** Those that a token lacks of the scopes that were asked for: Domo may grant fewer. None are known to be lacking if Domo does not tell. */
export function lackingScopes(token: AccessToken, wanted: readonly string[]): readonly string[] {
  const granted = token.scopes?.map((scope) => scope.toLowerCase());
  return granted ? wanted.filter((scope) => !granted.includes(scope.toLowerCase())) : [];
}

/** What to know of a scope that a client is not granted. */
export const whyNotGranted =
  'A client has only the scopes that it was created with, and can do no more than its owner.';

function refused(
  { kind, error }: Exclude<TokenResult, { readonly kind: 'granted' }>,
  who: string,
  scopes: readonly string[],
  patience: number,
  consequence: string,
): Failure {
  if (kind === 'refused-scope') {
    return failure(
      'Domo did not grant a scope',
      `${error.message} Domo accepts the credentials of ${who}, but does not grant all of what was asked for: ${describeScopes(scopes)}. ${whyNotGranted} ${consequence}`,
    );
  }
  const asked = patience > 0 ? ` The provider retried for ${Math.round(patience / 1000)} seconds.` : '';
  return failure(
    'Domo rejected the credentials of an API client',
    `${error.message}${asked} The client id or the secret of ${who} is wrong, or the client was revoked. ${consequence}`,
  );
}
