import { computed, t } from '../../framework';
import type { ListedClient } from '../api/records';
import { define } from '../define';
import { runWithTimeout } from '../run-with-timeout';
import { filters, passes, warnOfUnknownScopes } from './filters';
import { listed, listedState } from './listed';

export const apiClients = define.dataSource('api_clients', {
  description:
    'All API clients that the caller can see, or those of them that pass the filters. With the grant "Manage All Access Tokens and API Clients" these are all clients of the instance, else only one\'s own. It never tells a secret.',
  attributes: {
    ...filters,
    ids: computed(t.list(t.string), { description: 'The numeric ids, in ascending order.' }),
    names: computed(t.list(t.string), { description: 'The names, in the order of `ids`.' }),
    clients: computed(t.list(t.nested(listed)), { description: 'The clients, in the order of `ids`.' }),
    sees_all_owners: computed(t.bool, {
      description:
        'Whether the list, before any filter, demonstrably holds clients of other owners than the caller: then it is complete. `false` means unproven, not incomplete: where one service account owns every client it is always `false`.',
    }),
  },
  async read(context, config) {
    const { client: domo } = context;
    warnOfUnknownScopes(context, config);
    const about = {
      kind: 'read',
      doing: 'Listing the API clients',
      consequence: 'Nothing was changed.',
    } as const;
    const clients = domo.clients();
    return runWithTimeout(context, about, async (signal) => {
      const listing = await clients.list(signal);
      const shown = [...listing.all()].filter(passes(config)).sort(byId);
      return {
        ...config,
        ids: shown.map(({ id }) => id),
        names: shown.map(({ name }) => name),
        clients: shown.map((client) => listedState(client, domo)),
        sees_all_owners: await clients.seesOthers(listing, signal),
      };
    });
  },
});

/** Ids are numbers, and can be larger than JavaScript's numbers are exact. */
const byId = (a: ListedClient, b: ListedClient) => (BigInt(a.id) < BigInt(b.id) ? -1 : 1);
