import { accessTokens } from './access-tokens/data-source';
import { checkApiClient } from './api-client/action-check';
import { revokeApiClients } from './api-client/action-revoke';
import { apiClient as apiClientData } from './api-client/data-source';
import { apiClients as apiClientsData } from './api-client/data-source-plural';
import { accessToken } from './api-client/ephemeral-access-token';
import { decryptedSecret } from './api-client/ephemeral-decrypted-secret';
import { basicAuth, maskClientId } from './api-client/functions';
import { apiClientList } from './api-client/list-resource';
import { apiClient } from './api-client/resource';
import { apiClientsExclusive } from './api-clients-exclusive/resource';
import { define } from './define';
import { openInstances } from './instances';
import { attributes } from './provider-block/schema';
import { checkBlock } from './provider-block/validate';
import { rotation } from './rotation/function';
import { apiClientScopes as apiClientScopesData } from './scopes/data-source';
import { canonicalScopes, unknownScopes } from './scopes/functions';
import { release } from './version';

export const domoProvider = define.provider({
  ...release,
  description: 'Manages the API clients of a Domo instance, their OAuth client ids and secrets, as code.',
  attributes,
  validate: checkBlock,
  configure({ log, terraformVersion, deferralAllowed }, config) {
    const userAgent = `terraform-provider-domo/${release.version} (Terraform ${terraformVersion})`;
    // Engines allow a deferral only where they apply as well: nothing else tells such a run from one that only plans.
    return openInstances(config, process.env, { log, userAgent, mayApply: deferralAllowed });
  },
  resources: [apiClient, apiClientsExclusive],
  listResources: [apiClientList],
  dataSources: [apiClientData, apiClientsData, apiClientScopesData, accessTokens],
  ephemeralResources: [decryptedSecret, accessToken],
  actions: [checkApiClient, revokeApiClients],
  functions: [basicAuth, maskClientId, canonicalScopes, unknownScopes, rotation],
});
