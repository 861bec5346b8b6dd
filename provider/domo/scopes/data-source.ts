import { computed, t } from '../../framework';
import { define } from '../define';
import { notConfiguredYet } from '../not-configured';
import { scopeMeanings } from './scopes';

export const apiClientScopes = define.dataSource('api_client_scopes', {
  description:
    "The scopes that an API client can have, and what each allows: those known to this release, plus the provider's `additional_scopes`. It makes no network request.",
  attributes: {
    scopes: computed(t.map(t.string), { description: 'What each scope allows, keyed by scope.' }),
  },
  async read({ client: domo }) {
    const { additionalScopes } = domo;
    if (additionalScopes === undefined)
      throw notConfiguredYet({ arguments: ['additional_scopes'], so: 'the scopes are not known yet' });
    const added = additionalScopes.filter((scope) => !(scope.toLowerCase() in scopeMeanings));
    const additions = added.map((scope) => [scope, "Named in the provider's additional_scopes"]);
    return { scopes: { ...Object.fromEntries(additions), ...scopeMeanings } };
  },
});
