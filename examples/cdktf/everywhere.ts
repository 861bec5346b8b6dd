import { TerraformOutput, TerraformStack } from 'cdktf';
import { apiClient, provider } from 'cdktf-provider-domo';
import type { Construct } from 'constructs';
import type { Row } from './domo-api-clients';

export interface EverywhereConfig {
  /** The default instance. Its token comes from DOMO_ACCESS_TOKEN. */
  readonly home: string;
  /** The others, by name. An entry without credentials takes its token from DOMO_ACCESS_TOKEN_ACME_EMEA and the like. */
  readonly others: Readonly<Record<string, provider.DomoProviderInstances>>;
  /** What each instance has. */
  readonly clients: readonly Row[];
}

/**
 * The same API clients on several instances, with one provider. For each client there is a sensitive output with
 * `client_id` and `client_secret` by instance.
 */
export class Everywhere extends TerraformStack {
  constructor(scope: Construct, id: string, { home, others, clients }: EverywhereConfig) {
    super(scope, id);
    new provider.DomoProvider(this, 'domo', { instance: home, instances: { ...others } });
    for (const { name, description, scopes } of clients) {
      const credentials = [home, ...Object.keys(others)].map((instance) => {
        const client = new apiClient.ApiClient(this, `${name}-${instance}`, {
          instance,
          name,
          description,
          scopes: [...scopes],
        });
        return [instance, { client_id: client.clientId, client_secret: client.clientSecret }] as const;
      });
      new TerraformOutput(this, `${name}_output`, {
        value: Object.fromEntries(credentials),
        description: `The credentials of ${name}, by instance.`,
        sensitive: true,
      }).overrideLogicalId(name.replaceAll('-', '_'));
    }
  }
}
