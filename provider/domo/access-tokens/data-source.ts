import { computed, type DataContext, each, failure, optional, t } from '../../framework';
import type { ListedToken } from '../api/access-token-list';
import { byId } from '../by-id';
import { define } from '../define';
import { day } from '../duration';
import { isRegex, matching } from '../name-regex';
import { connectionFor, instanceAttribute } from '../on-instance';
import { isUserId, ownerDescription, ownersArgument, ownersOf, ownerType } from '../owners';
import { runWithTimeout } from '../run-with-timeout';
import { isTime, rfc3339, timeOf } from '../time';

const tokenType = t.object({
  id: t.string,
  name: t.string,
  owner_id: t.string,
  owner: ownerType,
  expires_at: t.string,
  expires_in_days: t.number,
});

export const accessTokens = define.dataSource('access_tokens', {
  description:
    'The access tokens that the caller can see, optionally filtered: their names, owners and expiry times. Without the grant "Manage All Access Tokens and API Clients", expect only the caller\'s own. The tokens themselves are never returned; Domo shows them only when they are created.',
  attributes: {
    name_regex: optional(t.string, { description: 'Only tokens whose name matches.', validate: [isRegex] }),
    owner_ids: optional(t.set(t.string), {
      description: 'Only tokens of these users, by user id. An empty set filters nothing.',
      validate: [each(isUserId)],
    }),
    instance: instanceAttribute('to ask'),
    owners: ownersArgument,
    now: optional(t.string, {
      description:
        'The time from which `expires_in_days` counts: `plantimestamp()`, or a fixed time for tests. If Terraform does not know it yet, it reads the tokens during the apply.',
      validate: [isTime],
    }),
    ids: computed(t.list(t.string), { description: 'The numeric ids, in ascending order.' }),
    names: computed(t.list(t.string), { description: 'The names, in the order of `ids`.' }),
    // A plain list: `terraform test` cannot override nested attributes.
    tokens: computed(t.list(tokenType), {
      description: `The tokens, in the order of \`ids\`: objects with \`id\`, \`name\`, \`owner_id\`, \`owner\`, \`expires_at\` (an RFC 3339 time; null if Domo shows no expiry time, one after the year 9999, or one that cannot be read, which is a warning) and \`expires_in_days\` (whole days from \`now\`, rounded down: 0 in the last 24 hours, negative once the token has expired; null without \`now\` or \`expires_at\`). \`owner\` is ${ownerDescription}`,
    }),
  },
  async read(given, config) {
    const context = connectionFor(given, config.instance);
    const { client: domo } = context;
    const about = {
      kind: 'read',
      doing: 'Listing the access tokens',
      consequence: 'Nothing was changed.',
    } as const;
    const list = domo.tokenList();
    return runWithTimeout(context, about, async (signal) => {
      const { tokens, part, unclear } = await list.list(signal);
      if (part !== undefined) throw incomplete(part);
      const owned = tokens.filter(belongsTo(config.owner_ids));
      const shown = [...(await matching(owned, config.name_regex, signal))].sort(byId);
      warnOfUnclearEnds(
        context,
        shown.filter(({ id }) => unclear.includes(id)),
      );
      const ids = shown.map(({ ownerId }) => ownerId);
      const ownerOf = await ownersOf(context, config.owners, ids, signal);
      const now = config.now === null ? undefined : timeOf(config.now)?.from;
      return {
        ...config,
        instance: config.instance ?? domo.label(),
        ids: shown.map(({ id }) => id),
        names: shown.map(({ name }) => name),
        tokens: shown.map((token) => ({ ...state(token, now), owner: ownerOf(token.ownerId) })),
      };
    });
  },
});

function belongsTo(ownerIds: readonly string[] | null): (token: ListedToken) => boolean {
  const owners = new Set(ownerIds);
  return ({ ownerId }) => owners.size === 0 || (ownerId !== null && owners.has(ownerId));
}

/** @param now in ms since 1970 */
function state({ id, name, ownerId, expires }: ListedToken, now: number | undefined) {
  return {
    id,
    name,
    owner_id: ownerId,
    expires_at: expires === null ? null : rfc3339(expires),
    expires_in_days: expires === null || now === undefined ? null : Math.floor((expires - now) / day),
  };
}

function warnOfUnclearEnds({ warn }: Pick<DataContext<never>, 'warn'>, tokens: readonly ListedToken[]): void {
  if (tokens.length === 0) return;
  const named = tokens.map(({ id, name }) => `"${name}" (id ${id})`).join(', ');
  warn(
    'The end of an access token cannot be read',
    `Domo names the end of these access tokens in a form that is not known: ${named}. expires_at is null for them, which does not mean that they have no end: look at the page Admin > Authentication > Access tokens. Please report it.`,
  );
}

function incomplete(says: string) {
  return failure(
    "Domo's list of access tokens is incomplete",
    `Domo marked the list as incomplete: ${says}. Tokens that it omits would be silently missing here. Try again later. If it keeps happening, please report it: Domo is not known to page this list.`,
  );
}
