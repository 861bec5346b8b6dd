import { computed, t } from '../../framework';
import { byId } from '../by-id';
import { define } from '../define';
import { connectionFor, instanceAttribute } from '../on-instance';
import { ownerDescription, ownersArgument, ownersOf, ownerType } from '../owners';
import { runWithTimeout } from '../run-with-timeout';
import { filters, passing, warnOfUnknownScopes } from './filters';
import { listedState, listedTypes, warnOfHiddenScopes } from './listed';
import { incomplete } from './messages';

export const apiClients = define.dataSource('api_clients', {
  description:
    'The API clients that the caller can see, optionally filtered: with the grant "Manage All Access Tokens and API Clients" all clients of the instance, otherwise only the caller\'s own. Secrets are never returned.',
  attributes: {
    instance: instanceAttribute('to ask'),
    ...filters,
    owners: ownersArgument,
    ids: computed(t.list(t.string), { description: 'The numeric ids, in ascending order.' }),
    names: computed(t.list(t.string), { description: 'The names, in the order of `ids`.' }),
    // A plain list: `terraform test` cannot override nested attributes.
    clients: computed(t.list(t.object({ ...listedTypes, owner: ownerType })), {
      description: `The clients, in the order of \`ids\`: objects with \`id\`, \`name\`, \`description\`, \`scopes\`, \`owner_id\`, \`owner\` and \`masked_client_id\`, as in the data source \`domo_api_client\`. What Domo does not show is null. \`owner\` is ${ownerDescription}`,
    }),
    sees_all_owners: computed(t.bool, {
      description:
        'Whether the unfiltered list contains clients of other owners, which proves that it is complete. `false` means unproven, not incomplete: if one service account owns every client, it is always `false`.',
    }),
  },
  async read(given, config) {
    const context = connectionFor(given, config.instance);
    const { client: domo } = context;
    warnOfUnknownScopes(context, config);
    const about = {
      kind: 'read',
      doing: 'Listing the API clients',
      consequence: 'Nothing was changed.',
    } as const;
    const clients = domo.clients();
    return runWithTimeout(context, about, async (signal) => {
      const listing = await clients.upToDate(signal);
      if (listing.part !== undefined) throw incomplete(listing.part);
      warnOfHiddenScopes(
        context,
        listing,
        'They are null here, and filters on scopes do not match these clients.',
      );
      const shown = [...(await passing([...listing.all()], config, signal))].sort(byId);
      const owners = shown.map(({ ownerId }) => ownerId);
      const ownerOf = await ownersOf(context, config.owners, owners, signal);
      return {
        ...config,
        instance: config.instance ?? domo.label(),
        ids: shown.map(({ id }) => id),
        names: shown.map(({ name }) => name),
        clients: shown.map((client) => ({ ...listedState(client, domo), owner: ownerOf(client.ownerId) })),
        sees_all_owners: await clients.seesOthers(listing, signal),
      };
    });
  },
});
