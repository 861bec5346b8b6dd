import { type Failure, failure } from '../../framework';
import type { Absence, FindResult } from '../api/finder';
import type { SignInResult } from '../api/own-sign-in';
import type { ListedClient } from '../api/records';
import type { Domo } from '../connection';
import { listedIds } from './ids';
import { describeClient, forgetCommand, importBlock } from './messages';
import type { ClientState } from './schema';

/** Why a client is neither found nor proven to be gone, as an error. `consequence` is how things stand now. */
export function unproven(
  result: Exclude<FindResult, { readonly kind: 'found' | 'gone' }>,
  state: ClientState,
  domo: Domo,
  consequence: string,
): Failure {
  switch (result.kind) {
    case 'stranger':
      return otherClient(result, state, consequence);
    case 'renamed':
      return otherName(result.client, state, consequence);
    case 'doubtful':
      return notClearlyOurs(result.client, state, consequence);
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
        `${describeClient(state)} is not in the list that Domo returned, and ${result.says}: by its own account the list is incomplete. ${consequence} Try again later. If it keeps happening, please report it: Domo is not known to page this list.`,
      );
    case 'unseen':
      return failure(
        'The API client has never been seen at this address',
        `${describeClient(state)} is not in the list at ${domo.address()}, and there is no record that it ever was: its absence there proves nothing. ${consequence} If the address is wrong (a base_url or DOMO_BASE_URL left over from a sandbox, for example), correct it. If it is right and the client was revoked, ${forgetCommand}.`,
      );
  }
}

/** What is known of a client that the list lacks although it, or another one that the list lacks, signs in. */
export function aliveInWords({ itself }: Extract<Absence, { kind: 'alive' }>, state: ClientState): string {
  return itself
    ? `${describeClient(state)} is not in Domo's list, but its own credentials still sign in: the client exists, and the list is incomplete or behind.`
    : `${describeClient(state)} is not in Domo's list. Another client that is missing from the same list can still sign in, so the list is incomplete and proves nothing.`;
}

function otherClient(
  { client, signIn }: Extract<FindResult, { kind: 'stranger' }>,
  state: ClientState,
  consequence: string,
): Failure {
  const here = listedIds(client).masked_client_id;
  const alive =
    signIn === 'works' ? ' The credentials in the state still sign in, so the client exists elsewhere.' : '';
  return failure(
    'The id belongs to another API client',
    `In Domo the id ${client.id} belongs to "${client.name}", whose client id begins with "${here}". The client id of ${describeClient(state)} begins with "${state.masked_client_id}", so they are different clients.${alive} ${consequence} Check that the provider is configured for the right instance (instance, base_url). If it is, the client in the state no longer exists: ${forgetCommand}.`,
  );
}

export function otherName(client: ListedClient, state: ClientState, consequence: string): Failure {
  return failure(
    'The id belongs to another API client',
    `The state calls the client of id ${client.id} "${state.name}", but in Domo it is "${client.name}". ${consequence} Check that the provider is configured for the right instance; if so, the state is wrong: ${forgetCommand}.`,
  );
}

function notClearlyOurs(client: ListedClient, state: ClientState, consequence: string): Failure {
  return failure(
    'Cannot tell whether this API client is yours',
    `The request that created "${state.name}" was not answered, and the name is now held by ${describeClient(client)}. Nothing proves that this client is the result: it may be older, or belong to someone else. ${consequence}

If it is yours, remove the entry from the state (terraform state rm <address of the resource>) and import the client:

${importBlock(client.id)}

If it is not, remove the entry from the state and choose another name.`,
  );
}

function notSeen(
  { caller, signIn }: { readonly caller: string; readonly signIn: SignInResult },
  state: ClientState,
  consequence: string,
): Failure {
  const owner = state.owner_id === null ? 'a user whom the state does not name' : `user ${state.owner_id}`;
  const life =
    signIn === 'works'
      ? ' It still exists: its own credentials sign in.'
      : signIn === 'refused'
        ? ' Its own credentials no longer sign in, so it was most likely revoked.'
        : '';
  return failure(
    'The API client cannot be seen',
    `${describeClient(state)} is not in the list that Domo shows to the caller (user ${caller}). That does not prove that it is gone: it belongs to ${owner}, and without the grant "Manage All Access Tokens and API Clients" Domo shows callers only their own clients.${life} ${consequence} Use a token of the owner, or of a user with that grant. If you know that the client was revoked, ${forgetCommand}.`,
  );
}
