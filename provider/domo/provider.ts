import { apiClient as apiClientData } from './api-client/data-source';
import { apiClients as apiClientsData } from './api-client/data-source-list';
import { apiClient } from './api-client/resource';
import { connect } from './connection';
import { define } from './define';
import { attributes } from './provider-block/schema';
import { resolve } from './provider-block/settings';
import { contradictions } from './provider-block/sign-in';
import { rotation } from './rotation/function';
import { apiClientScopes as apiClientScopesData } from './scopes/data-source';
import { release } from './version';

export const domoProvider = define.provider({
  ...release,
  description: 'Manages the API clients of a Domo instance, their OAuth client ids and secrets, as code.',
  attributes,
  validate: contradictions,
  configure({ log, terraformVersion }, config) {
    const userAgent = `terraform-provider-domo/${release.version} (Terraform ${terraformVersion})`;
    return connect(resolve(config, process.env), log, userAgent);
  },
  resources: [apiClient],
  dataSources: [apiClientData, apiClientsData, apiClientScopesData],
  functions: [rotation],
});
