import { type Failure, failure } from '../../framework';
import type { Absence, FindResult } from '../api/finder';
import type { SignInResult } from '../api/own-sign-in';
import type { ListedClient } from '../api/records';
import type { Domo } from '../connection';
import { listedIds } from './ids';
import { describeClient, forgetCommand, howToForget, howToImport } from './messages';
import type { StoredClient } from './schema';

/** Why a client is neither found nor proven to be gone, as an error. `consequence` is how things stand now. */
export function unproven(
  result: Exclude<FindResult, { readonly kind: 'found' | 'gone' }>,
  state: StoredClient,
  domo: Domo,
  consequence: string,
): Failure {
  switch (result.kind) {
    case 'stranger':
      return otherClient(result, state, consequence);
    case 'renamed':
      return otherName(result.client, state, consequence);
    case 'doubtful':
      return notClearlyOurs(result.client, state, domo, consequence);
    case 'alive':
      return failure(
        'An API client is not listed but still works',
        `${aliveInWords(result, state)} ${consequence}`,
      );
    case 'unproven':
      return notSeen(result, state, consequence);
    case 'part':
      return failure(
        "Domo's list of API clients is incomplete",
        `${describeClient(state)} is not in the list that Domo returned, and Domo marked the list as incomplete: ${result.says}. ${consequence} Try again later. If it keeps happening, please report it: Domo is not known to page this list.`,
      );
    case 'unseen':
      return failure(
        'The API client is not known at this address',
        `${describeClient(state)} is not in the list at ${domo.address()}, and that is not the address where, according to the state, it was last seen: its absence there proves nothing. ${consequence} If the address is wrong (a base_url or DOMO_BASE_URL left over from a sandbox, for example), correct it. If it is right and the client was revoked, ${howToForget(state)}`,
      );
  }
}

/** What is known of a client that the list lacks although it, or another one that the list lacks, signs in. */
export function aliveInWords({ itself }: Extract<Absence, { kind: 'alive' }>, state: StoredClient): string {
  return itself
    ? `${describeClient(state)} is not in Domo's list, but its own credentials still sign in: the client exists, and the list is incomplete or out of date.`
    : `${describeClient(state)} is not in Domo's list. Another client that is missing from the same list can still sign in, so the list is incomplete and proves nothing.`;
}

function otherClient(
  { client, signIn }: Extract<FindResult, { kind: 'stranger' }>,
  state: StoredClient,
  consequence: string,
): Failure {
  const here = listedIds(client).masked_client_id;
  const alive =
    signIn === 'works' ? ' The credentials in the state still sign in, so the client exists elsewhere.' : '';
  return failure(
    'The id belongs to another API client',
    `In Domo the id ${client.id} belongs to "${client.name}", whose client id begins with "${here}". The client id of ${describeClient(state)} begins with "${state.masked_client_id}", so they are different clients.${alive} ${consequence} Check that the provider is configured for the right instance (instance, base_url). If it is, the client in the state no longer exists: ${howToForget(state)}`,
  );
}

export function otherName(client: ListedClient, state: StoredClient, consequence: string): Failure {
  return failure(
    'The id belongs to another API client',
    `Client id ${client.id} is named "${state.name}" in the state, but "${client.name}" in Domo. ${consequence} Check that the provider is configured for the right instance; if so, ${state.instance === null ? 'the client that was to be moved no longer has this id' : 'the state is wrong'}: ${howToForget(state)}`,
  );
}

/** Id and name are the same on every instance that a team has set up alike. */
export function notClearlyThisOne(client: ListedClient, domo: Domo, consequence: string): Failure {
  return failure(
    'The API client is not known at this address',
    `${describeClient(client)} is listed at ${domo.address()}, but Domo shows too little of its client id to tell whether it is the one in the state, and that is not the address where, according to the state, that one was last seen. ${consequence} If the address is wrong (a base_url or DOMO_BASE_URL left over from a sandbox, for example), correct it. If it is the same client, remove the entry from the state (${forgetCommand}) and import the client:

${howToImport(domo, client.id)}`,
  );
}

function notClearlyOurs(client: ListedClient, state: StoredClient, domo: Domo, consequence: string): Failure {
  return failure(
    'Cannot tell whether this API client is yours',
    `The request that created "${state.name}" had no response, and the name is now held by ${describeClient(client)}. Nothing proves that this client is the result: it may be older, or belong to someone else. ${consequence}

If it is yours, remove the entry from the state (${forgetCommand}) and import the client:

${howToImport(domo, client.id)}

If it is not, remove the entry from the state and choose another name.`,
  );
}

function notSeen(
  { caller, signIn }: { readonly caller: string; readonly signIn: SignInResult },
  state: StoredClient,
  consequence: string,
): Failure {
  const owner = state.owner_id === null ? 'an unknown user' : `user ${state.owner_id}`;
  const life =
    signIn === 'works'
      ? ' It still exists: its own credentials sign in.'
      : signIn === 'refused'
        ? ' Its own credentials no longer sign in, so it was most likely revoked.'
        : '';
  return failure(
    'The API client cannot be seen',
    `${describeClient(state)} is not in the list that Domo shows to the caller (user ${caller}). That does not prove that it is gone: it belongs to ${owner}, and without the grant "Manage All Access Tokens and API Clients" Domo shows callers only their own clients.${life} ${consequence} Use a token of the owner, or of a user with that grant. If you know that the client was revoked, ${howToForget(state)}`,
  );
}
