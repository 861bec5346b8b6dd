import { atLeastOne, type ListContext, nonEmpty } from '../../framework';
import type { ListedClient } from '../api/records';
import { byId } from '../by-id';
import type { Domo } from '../connection';
import { define } from '../define';
import { connectionFor, instanceArgument } from '../on-instance';
import { runWithTimeout } from '../run-with-timeout';
import { filters, passing, warnOfUnknownScopes } from './filters';
import { listedState, maySeeOthers, warnOfHiddenScopes } from './listed';
import { describeClient, incomplete } from './messages';
import { apiClient } from './resource';
import { noSecret } from './sealed-secret';

export const apiClientList = define.listResource(apiClient, {
  description:
    'The API clients that the caller can see, optionally filtered, whether or not Terraform manages them. `terraform query` shows them, and writes their configuration with `-generate-config-out`. `client_id` and `client_secret` are never included.',
  attributes: { instance: instanceArgument('to list'), ...filters },
  async *list(given, config) {
    const context = connectionFor(given, config.instance);
    const { client: domo, limit } = context;
    warnOfUnknownScopes(context, config);
    const clients = domo.clients();
    const { listing, shown, seesOthers } = await runWithTimeout(
      context,
      { kind: 'read', doing: 'Listing the API clients', consequence: 'Nothing was changed.' },
      async (signal) => {
        const listing = await clients.list(signal);
        if (listing.part !== undefined) throw incomplete(listing.part);
        const shown = [...(await passing([...listing.all()], config, signal))].sort(byId);
        return { listing, shown, seesOthers: await maySeeOthers(domo, listing, signal) };
      },
    );
    if (shown.length > limit) warnOfLimit(context, shown.length);
    if (!seesOthers) warnOfHiddenClients(context);
    if (domo.once('hidden scopes')) {
      warnOfHiddenScopes(
        context,
        listing,
        'Generated configuration has null for all that they have, which no plan accepts: delete their blocks.',
      );
    }
    const wanted = shown.slice(0, limit);
    warnOfUnmanageable(context, wanted);
    for (const client of wanted) yield found(domo, client);
  },
});

/** A result for people, for an import, and for the configuration: what is in it is printed, so nothing secret is. */
function found(domo: Domo, client: ListedClient) {
  const { id, name } = client;
  const { scopes, ...shown } = listedState(client, domo);
  const instance = domo.label();
  const unknowable = { client_id: null, secret_public_key: null, ...noSecret, timeouts: null };
  return {
    identity: { instance, id },
    displayName: `${name} (${id})`,
    ...(scopes && { resource: { ...shown, ...unknowable, scopes, instance } }),
  };
}

/** Terraform says nothing of it. The title has the numbers, since of equal titles only the first is shown in full. */
function warnOfLimit({ warn, limit }: Pick<ListContext<Domo>, 'warn' | 'limit'>, count: number): void {
  warn(
    `${count} clients match, and limit is ${limit}`,
    `Terraform stops at the limit of a list block, which is 100 by default, and leaves out the remaining ${count - limit}. To list all of them, set limit = ${count} in the block, beside provider and config.`,
  );
}

/** One of them in a generated configuration makes the plan of all others fail, too. */
function warnOfUnmanageable(
  { warn }: Pick<ListContext<Domo>, 'warn'>,
  clients: readonly ListedClient[],
): void {
  const reasons = clients.flatMap((client) => {
    const { name, scopes } = client;
    const why = [
      ...(nonEmpty.check(name) === undefined ? [] : ['its name is empty or blank']),
      ...(scopes === null || atLeastOne.check(scopes) === undefined ? [] : ['it has no scopes']),
    ];
    return why.length === 0 ? [] : [`${describeClient(client)}: ${why.join(', and ')}`];
  });
  if (reasons.length === 0) return;
  warn(
    'An API client cannot be managed',
    `Terraform shows it, but a configuration that says the same is invalid:\n\n${reasons.join('\n')}\n\nDelete its resource and import blocks from generated configuration, since the plan fails with them. If nobody needs the client, revoke it on the page Admin > Authentication > API Clients.`,
  );
}

function warnOfHiddenClients({ warn }: Pick<ListContext<Domo>, 'warn'>): void {
  warn(
    "Other owners' API clients may be hidden",
    'The list that Domo shows the caller has no clients of other owners. Either there are none, or the caller lacks the grant "Manage All Access Tokens and API Clients", without which Domo shows only one\'s own. Use a token of a user with that grant to list all clients of the instance.',
  );
}
