import { each, failure, isUnknown, nonEmpty, optional, required, t, writeOnly } from '../../framework';
import { define } from '../define';
import { instanceArgument } from '../on-instance';
import { describeScopes } from './messages';
import { describeByClientId, lackingScopes, patienceWithNew, signIn, whyNotGranted } from './sign-in';

export const checkApiClient = define.action('check_api_client', {
  description:
    "Checks that an API client works: signs in with its credentials at `https://api.domo.com`, or the provider's `api_url`, and requests the scopes in `scopes`. The token is discarded. Needs Terraform 1.14. If Domo rejects the credentials, the action retries for 30 seconds, because Terraform never reruns an action that failed after a create. If it still fails, the client exists all the same: to check it again, invoke the action by hand, as the guide on secrets shows.",
  attributes: {
    instance: instanceArgument('of the client, which decides the address that its credentials go to'),
    client_id: required(t.string, {
      description: 'The OAuth client id.',
      sensitive: true,
      validate: [nonEmpty],
    }),
    client_secret: writeOnly(t.string, {
      description:
        'The OAuth client secret. The action fails without it. With `-invoke`, Terraform 1.16 passes no write-only values, so the action fails there.',
      sensitive: true,
    }),
    scopes: optional(t.set(t.string), {
      description: 'The scopes that the client must have. Without them, only the sign-in is checked.',
      validate: [each(nonEmpty)],
    }),
  },
  async plan({ client: instances }, { instance }) {
    if (!isUnknown(instance)) instances.at(instance);
  },
  async invoke({ client: instances, signal, progress }, config) {
    const { client_id: clientId, client_secret: clientSecret, scopes } = config;
    const domo = instances.at(config.instance);
    const who = describeByClientId(clientId);
    if (clientSecret === null || clientSecret === '') {
      throw failure(
        'The check received no client secret',
        `client_secret is not set, so ${who} was not checked. If its secret is sealed, use the ephemeral resource domo_decrypted_secret; if the client was imported, its secret is unknown. With -invoke, Terraform 1.16 passes no write-only values to the action: trigger it from a resource, or use Terraform 1.14 or 1.15.`,
      );
    }
    const about = {
      domo,
      signal,
      credentials: { clientId, clientSecret },
      consequence: 'The check changed nothing.',
    };
    progress(`Signing in as ${who} at the token endpoint`);
    const until = performance.now() + patienceWithNew;
    const token = await signIn({ ...about, scopes: null, patience: patienceWithNew });
    progress(`Domo accepts the credentials of ${who} and grants ${describeScopes(token.scopes)}`);
    if (scopes === null || scopes.length === 0) return;
    progress(`Asking for ${describeScopes(scopes)}`);
    // Another node of Domo's may not know the client yet.
    const patience = Math.max(0, until - performance.now());
    const lacking = lackingScopes(await signIn({ ...about, scopes, patience }), scopes);
    if (lacking.length > 0) {
      throw failure(
        'Domo did not grant a scope',
        `Domo accepts the credentials of ${who}, but its token lacks ${describeScopes(lacking)}. ${whyNotGranted} ${about.consequence}`,
      );
    }
    progress(`Domo grants ${describeScopes(scopes)}`);
  },
});
