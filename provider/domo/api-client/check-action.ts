import { each, failure, nonEmpty, optional, required, t, writeOnly } from '../../framework';
import { define } from '../define';
import { describeScopes } from './messages';
import { describeByClientId, lackingScopes, patienceWithNew, signIn, whyNotGranted } from './sign-in';

export const checkApiClient = define.action('check_api_client', {
  description:
    'Checks that an API client works: it signs in with the credentials of the client at `api_url` and asks for its scopes. The token is discarded. A refusal of the credentials is asked again for 30 seconds, since engines never repeat an action that failed after a creation.',
  attributes: {
    client_id: required(t.string, {
      description: 'The OAuth client id.',
      sensitive: true,
      validate: [nonEmpty],
    }),
    client_secret: writeOnly(t.string, {
      description:
        'The OAuth client secret. The action fails without it, as it does with `-invoke` in Terraform 1.16, which passes no write-only values then.',
      sensitive: true,
    }),
    scopes: optional(t.set(t.string), {
      description: 'The scopes that the client must have. Without them, only the sign-in is checked.',
      validate: [each(nonEmpty)],
    }),
  },
  async invoke({ client, signal, progress }, { client_id: clientId, client_secret: clientSecret, scopes }) {
    const who = describeByClientId(clientId);
    if (clientSecret === null || clientSecret === '') {
      throw failure(
        'The check received no client secret',
        `client_secret is null, so ${who} was not checked. Terraform 1.16 passes no write-only values to an action that is invoked by itself (-invoke): let a resource trigger it, or use another version of Terraform. Otherwise the client has no secret in clear: one that is sealed comes from the ephemeral resource domo_decrypted_secret, and that of an imported client is unknown.`,
      );
    }
    const about = {
      client,
      signal,
      credentials: { clientId, clientSecret },
      consequence: 'Nothing was changed by the check.',
    };
    progress(`Signing in as ${who} at the token endpoint`);
    const token = await signIn({ ...about, scopes: null, patience: patienceWithNew });
    progress(`Domo accepts the credentials of ${who} and grants ${describeScopes(token.scopes)}`);
    if (scopes === null || scopes.length === 0) return;
    progress(`Asking for ${describeScopes(scopes)}`);
    const lacking = lackingScopes(await signIn({ ...about, scopes, patience: 0 }), scopes);
    if (lacking.length > 0) {
      throw failure(
        'Domo did not grant a scope',
        `Domo accepts the credentials of ${who}, but its token lacks ${describeScopes(lacking)}. ${whyNotGranted} ${about.consequence}`,
      );
    }
    progress(`Domo grants ${describeScopes(scopes)}`);
  },
});
