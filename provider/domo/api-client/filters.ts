import { attributePath, type DataContext, each, nonEmpty, optional, root, t } from '../../framework';
import type { ListedClient } from '../api/records';
import type { Domo } from '../connection';
import { isRegex, matching } from '../name-regex';
import { isUserId } from '../owners';
import { unknownScope } from '../scopes/scopes';

const scopes = (description: string) =>
  optional(t.set(t.string), {
    description: `${description} Case-insensitive. An empty set filters nothing.`,
    validate: [each(nonEmpty)],
  });

/** The filters for a list of clients; a client must pass all that are set. */
export const filters = {
  name_regex: optional(t.string, {
    description: 'Only clients whose name matches.',
    validate: [isRegex],
  }),
  owner_ids: optional(t.set(t.string), {
    description: 'Only clients that these users own, by user id. An empty set filters nothing.',
    validate: [each(isUserId)],
  }),
  scopes_any: scopes('Only clients with at least one of these scopes.'),
  scopes_all: scopes('Only clients with all of these scopes.'),
};

/** The values of {@link filters}. */
export interface Filters {
  readonly name_regex: string | null;
  readonly owner_ids: readonly string[] | null;
  readonly scopes_any: readonly string[] | null;
  readonly scopes_all: readonly string[] | null;
}

/** The clients that pass. What is null or empty lets everything pass. */
export function passing(
  clients: readonly ListedClient[],
  filter: Filters,
  signal: AbortSignal,
): Promise<readonly ListedClient[]> {
  return matching(clients.filter(passes(filter)), filter.name_regex, signal);
}

function passes(filter: Filters): (client: ListedClient) => boolean {
  const owners = new Set(filter.owner_ids);
  const [any, all] = [filter.scopes_any, filter.scopes_all].map((set) => (set ?? []).map(lower));
  return (client) => {
    const has = new Set((client.scopes ?? []).map(lower));
    return (
      (owners.size === 0 || (client.ownerId !== null && owners.has(client.ownerId))) &&
      (!any?.length || any.some((scope) => has.has(scope))) &&
      (all ?? []).every((scope) => has.has(scope))
    );
  };
}

const lower = (text: string) => text.toLowerCase();

/** An unknown scope would silently find nothing, and is most likely a typing error. */
export function warnOfUnknownScopes(
  { client: domo, warn }: Pick<DataContext<Domo>, 'client' | 'warn'>,
  filter: Filters,
): void {
  for (const name of ['scopes_any', 'scopes_all'] as const) {
    for (const scope of filter[name] ?? []) {
      const problem = unknownScope(scope, domo.additionalScopes ?? []);
      if (problem) warn('Unknown scope in a filter', problem, attributePath(root, name));
    }
  }
}
