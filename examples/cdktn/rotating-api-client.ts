import { call, Fn, propertyAccess, TerraformIterator, TerraformLocal, TerraformOutput, Token } from 'cdktn';
import { apiClient } from 'cdktn-provider-domo';
import { Construct } from 'constructs';
import type { Scope } from './domo-api-clients';

export interface RotatingApiClientConfig {
  /** The names of all API clients: `names` of one data source without filters, which all constructs share. */
  readonly names: string[];
  /** What the name of every generation begins with, including a blank or hyphen before the date. */
  readonly prefix: string;
  readonly description: string;
  readonly scopes: readonly Scope[];
  /** When the first generation begins, such as "2026-01-01". */
  readonly first: string;
  /** Such as "90d". */
  readonly every: string;
  /** Such as "14d": how long the old generation stays once the new one is there. */
  readonly overlap: string;
  /** Further dates or times to rotate at. */
  readonly rotateAt?: readonly string[];
  /** Generations to revoke without an overlap, such as "2026-06-30". */
  readonly leaked?: readonly string[];
  /** For tests; otherwise it is the time of the plan. */
  readonly now?: string;
}

/** A client with new credentials on a schedule, and a sensitive output of them. Needs Terraform 1.8, or OpenTofu. */
export class RotatingApiClient extends Construct {
  readonly clientId: string;
  readonly clientSecret: string;

  constructor(scope: Construct, id: string, config: RotatingApiClientConfig) {
    super(scope, id);
    const { names, prefix, description, scopes, first, every, overlap, rotateAt = [], leaked = [] } = config;
    const schedule = { prefix, first, every, overlap, rotate_at: rotateAt, leaked };
    const now = config.now ?? Fn.plantimestamp();
    const rotation = new TerraformLocal(
      this,
      'rotation',
      // Without a generated class: CDKTF has none.
      call('provider::domo::rotation', [schedule, names, now]),
    );
    const told = (name: string) => propertyAccess(rotation.expression, [name]);

    const generations = TerraformIterator.fromList(Token.asList(told('live')));
    const clients = new apiClient.ApiClient(this, 'generation', {
      forEach: generations,
      name: `${prefix}${generations.value}`,
      description,
      scopes: [...scopes],
    });
    const current = (name: string) => Token.asString(propertyAccess(clients.fqn, [told('current'), name]));
    this.clientId = current('client_id');
    this.clientSecret = current('client_secret');
    new TerraformOutput(this, 'credentials', {
      value: { client_id: this.clientId, client_secret: this.clientSecret },
      description: `The credentials of the newest ${prefix.trim()} that is there.`,
      sensitive: true,
    }).overrideLogicalId(id.replaceAll('-', '_'));
  }
}
