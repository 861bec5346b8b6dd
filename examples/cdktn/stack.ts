import { TerraformStack } from 'cdktn';
import { provider } from 'cdktn-provider-domo';
import type { Construct } from 'constructs';
import { DomoApiClients, type Team } from './domo-api-clients';

export interface GovernanceConfig {
  readonly environment: string;
  /** The Domo instance, as in https://acme.domo.com. The token comes from DOMO_ACCESS_TOKEN. */
  readonly instance: string;
  readonly teams: Readonly<Record<string, Team>>;
}

/** One instance's API clients. */
export class Governance extends TerraformStack {
  readonly clients: DomoApiClients;

  constructor(scope: Construct, id: string, { environment, instance, teams }: GovernanceConfig) {
    super(scope, id);
    new provider.DomoProvider(this, 'domo', { instance });
    this.clients = new DomoApiClients(this, 'clients', { stack: 'governance', environment, teams });
  }
}
