import {
  attributePath,
  type DataContext,
  each,
  nonEmpty,
  optional,
  root,
  t,
  validator,
} from '../../framework';
import type { ListedClient } from '../api/records';
import type { Domo } from '../connection';
import { unknownScope } from '../scopes';

/** The pattern that a text stands for; undefined where it is none. */
function pattern(text: string): RegExp | undefined {
  try {
    return new RegExp(text);
  } catch {
    return undefined;
  }
}

const isPattern = validator<string>(
  'must be a regular expression in JavaScript syntax; it matches anywhere in the name unless it has anchors',
  (text) => (pattern(text) ? undefined : `"${text}" is not: check its brackets and escapes.`),
);

const isUserId = validator<string>('must be the number of a user', (text) =>
  /^\d+$/.test(text) ? undefined : `"${text}" is not.`,
);

const scopes = (description: string) =>
  optional(t.set(t.string), {
    description: `${description} Letter case does not matter. An empty set is no filter.`,
    validate: [each(nonEmpty)],
  });

/** What a list of clients can be narrowed by; a client must pass all that are set. */
export const filters = {
  name_regex: optional(t.string, {
    description: 'Only clients whose name matches.',
    validate: [isPattern],
  }),
  owner_ids: optional(t.set(t.string), {
    description: 'Only clients of these users. An empty set is no filter.',
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

/** Whether a client passes. What is null or empty lets everything pass. */
export function passes(filter: Filters): (client: ListedClient) => boolean {
  const name = pattern(filter.name_regex ?? '');
  const owners = new Set(filter.owner_ids);
  const [any, all] = [filter.scopes_any, filter.scopes_all].map((set) => (set ?? []).map(lower));
  return (client) => {
    const has = new Set(client.scopes.map(lower));
    return (
      name?.test(client.name) !== false &&
      (owners.size === 0 || (client.ownerId !== null && owners.has(client.ownerId))) &&
      (!any?.length || any.some((scope) => has.has(scope))) &&
      (all ?? []).every((scope) => has.has(scope))
    );
  };
}

const lower = (text: string) => text.toLowerCase();

/** A scope that nobody can have finds nothing, without a word: most likely it is a typing error. */
export function warnOfUnknownScopes(context: DataContext<Domo>, filter: Filters): void {
  for (const name of ['scopes_any', 'scopes_all'] as const) {
    for (const scope of filter[name] ?? []) {
      const problem = unknownScope(scope, context.client.additionalScopes ?? []);
      if (problem) context.warn('Unknown scope in a filter', problem, attributePath(root, name));
    }
  }
}
