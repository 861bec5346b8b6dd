import { computed, type DataContext, type State, t } from '../../framework';
import type { Listing } from '../api/listing';
import type { ListedClient } from '../api/records';
import type { Domo } from '../connection';
import { asDomoSpells } from '../scopes/scopes';
import { listedIds } from './ids';
import { describeClient } from './messages';

/** What Domo's list shows of an API client: never its secret or its full client id. */
export const listed = {
  id: computed(t.string, { description: "The client's numeric id in Domo." }),
  name: computed(t.string, { description: 'The name.' }),
  description: computed(t.string, { description: 'What the client is for; `""` if none was given.' }),
  scopes: computed(t.set(t.string), {
    description: 'What the client may do. Null if Domo does not show it.',
    nullable: true,
  }),
  owner_id: computed(t.string, {
    description: "The owner's user id. Null if Domo does not show it.",
    nullable: true,
  }),
  masked_client_id: computed(t.string, {
    description: 'The beginning of the client id, safe to show. Null if Domo does not show it.',
    nullable: true,
  }),
};

/** The types of {@link listed}. */
export const listedTypes = {
  id: listed.id.type,
  name: listed.name.type,
  description: listed.description.type,
  scopes: listed.scopes.type,
  owner_id: listed.owner_id.type,
  masked_client_id: listed.masked_client_id.type,
};

/** The values of {@link listed} for one client. */
export function listedState(client: ListedClient, { additionalScopes = [] }: Domo): State<typeof listed> {
  return {
    id: client.id,
    name: client.name,
    description: client.description,
    scopes: client.scopes && asDomoSpells(client.scopes, additionalScopes),
    owner_id: client.ownerId,
    masked_client_id: listedIds(client).masked_client_id,
  };
}

/** Warns of clients whose scopes Domo does not show; `consequence` is a sentence about them. */
export function warnOfHiddenScopes(
  { warn }: Pick<DataContext<Domo>, 'warn'>,
  listing: Listing,
  consequence: string,
): void {
  const hidden = [...listing.all()].filter(({ scopes }) => scopes === null).map(describeClient);
  if (hidden.length === 0) return;
  warn(
    'Domo does not show the scopes of an API client',
    `The list has no scopes for ${hidden.join(', ')}. ${consequence}`,
  );
}

/** Who the caller is only says how much the list proves: if Domo does not tell, it proves nothing. */
export async function maySeeOthers(domo: Domo, listing: Listing, signal: AbortSignal): Promise<boolean> {
  try {
    return await domo.clients().seesOthers(listing, signal);
  } catch {
    signal.throwIfAborted();
    return false;
  }
}
