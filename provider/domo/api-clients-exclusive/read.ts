import type { Listing } from '../api/listing';
import { maySeeOthers } from '../api-client/listed';
import { incomplete } from '../api-client/messages';
import type { DomoContext } from '../connection';
import { runWithTimeout } from '../run-with-timeout';
import { strangers } from './names';
import { recall, rememberListed } from './private-state';
import type { NamesState } from './schema';

/**
 * The names as last applied, plus those of all unlisted clients. Only the latter differ from the configuration, and one
 * that is revoked by hand disappears again.
 */
export async function readNames(context: DomoContext, state: NamesState): Promise<NamesState> {
  const listing = await listAll(context, 'The state was left as it is.');
  context.client.planned.notePlanWalk();
  rememberListed(context, listing);
  return { ...state, names: namesNow(listing, recall(context).applied ?? []) };
}

export function namesNow(listing: Listing, applied: readonly string[]): string[] {
  return [...new Set([...applied, ...strangers(listing, applied).map(({ name }) => name)])];
}

/** The whole list, as far as the caller can see it: says so if that may not be all. */
export async function listAll(context: DomoContext, consequence: string): Promise<Listing> {
  const { client: domo } = context;
  const about = { kind: 'read', doing: 'Listing the API clients', consequence } as const;
  const { listing, seesOthers } = await runWithTimeout(context, about, async (signal) => {
    const clients = domo.clients();
    const listing = await (clients.hasChanged() ? clients.upToDate(signal) : clients.list(signal));
    if (listing.part !== undefined) throw incomplete(listing.part);
    return { listing, seesOthers: await maySeeOthers(domo, listing, signal) };
  });
  if (!seesOthers && domo.once('names among hidden clients')) {
    context.warn(
      "Other owners' API clients may be hidden",
      'The list that Domo shows the caller has no clients of other owners. Either there are none, or the caller lacks the grant "Manage All Access Tokens and API Clients", without which Domo shows only one\'s own. domo_api_clients_exclusive can compare only what it sees: clients that are hidden from this caller are neither shown nor revoked. Use a token of a user with that grant.',
    );
  }
  return listing;
}
