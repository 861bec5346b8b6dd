import { attributePath, computed, each, nonEmpty, optional, required, root, t } from '../../framework';
import { define } from '../define';
import { instanceArgument } from '../on-instance';
import { describeScopes } from './messages';
import { describeByClientId, lackingScopes, patienceWithNew, signIn, whyNotGranted } from './sign-in';

export const accessToken = define.ephemeralResource('access_token', {
  description:
    'A short-lived access token for an API client, which is never stored in a plan or state. Each plan and each apply requests a new one at `api_url` with the OAuth client credentials; it expires after about an hour. The provider needs no instance and no credentials of its own for this. If the client does not exist yet, the token is requested during the apply.',
  attributes: {
    instance: instanceArgument('of the client, which decides the address that its credentials go to'),
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
      description: 'The scopes to ask for. Defaults to all scopes of the client.',
      validate: [each(nonEmpty)],
    }),
    access_token: computed(t.string, {
      description: 'The token, for an `Authorization: Bearer` header.',
      sensitive: true,
    }),
    expires_at: computed(t.string, {
      description: 'When the token expires, as an RFC 3339 timestamp in UTC. Null if Domo does not say.',
      nullable: true,
    }),
    granted_scopes: computed(t.set(t.string), {
      description: 'The scopes that the token has. Null if Domo does not say.',
      nullable: true,
    }),
  },
  async open({ client: instances, signal, warn }, config) {
    const domo = instances.at(config.instance);
    const { client_id: clientId, client_secret: clientSecret, scopes } = config;
    const token = await signIn({
      domo,
      signal,
      credentials: { clientId, clientSecret },
      scopes,
      // Another configuration of the provider may have created it.
      patience: domo.isNew(clientId) || domo.mayApply ? patienceWithNew : 0,
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
        expires_at: token.expiresAt === null ? null : new Date(token.expiresAt).toISOString(),
        granted_scopes: token.scopes,
      },
    };
  },
});
