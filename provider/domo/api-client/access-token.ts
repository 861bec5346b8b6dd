import { attributePath, computed, each, nonEmpty, optional, required, root, t } from '../../framework';
import { define } from '../define';
import { describeScopes } from './messages';
import { describeByClientId, lackingScopes, patienceWithNew, signIn, whyNotGranted } from './sign-in';

export const accessToken = define.ephemeralResource('access_token', {
  description:
    'A short-lived access token of an API client, which is in no plan and no state. It is asked for with the OAuth client credentials at `api_url`, anew in every run, and ends by itself after about an hour. The provider needs neither an instance nor credentials of its own for this. A client that does not exist yet is waited for until the apply.',
  attributes: {
    client_id: required(t.string, {
      description: 'The OAuth client id.',
      sensitive: true,
      validate: [nonEmpty],
    }),
    client_secret: required(t.string, {
      description: 'The OAuth client secret.',
      sensitive: true,
      validate: [nonEmpty],
    }),
    scopes: optional(t.set(t.string), {
      description: 'The scopes that the token should have. All that the client has if it is not set.',
      validate: [each(nonEmpty)],
    }),
    access_token: computed(t.string, {
      description: 'The token, for an `Authorization: Bearer` header.',
      sensitive: true,
    }),
    expires_at: computed(t.string, { description: 'When it ends, as an RFC 3339 timestamp in UTC.' }),
    granted_scopes: computed(t.set(t.string), {
      description: 'The scopes that it has. Null if Domo does not tell them.',
      nullable: true,
    }),
  },
  async open({ client, signal, warn }, config) {
    const { client_id: clientId, client_secret: clientSecret, scopes } = config;
    const token = await signIn({
      client,
      signal,
      credentials: { clientId, clientSecret },
      scopes,
      patience: client.isNew(clientId) ? patienceWithNew : 0,
      consequence: 'There is no access token.',
    });
    const lacking = lackingScopes(token, scopes ?? []);
    if (lacking.length > 0) {
      warn(
        'Domo did not grant a scope',
        `The access token of ${describeByClientId(clientId)} lacks ${describeScopes(lacking)}. ${whyNotGranted} What the token has is in granted_scopes.`,
        attributePath(root, 'scopes'),
      );
    }
    return {
      result: {
        ...config,
        access_token: token.accessToken,
        expires_at: new Date(token.expiresAt).toISOString(),
        granted_scopes: token.scopes,
      },
    };
  },
});
