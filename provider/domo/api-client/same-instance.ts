import { type Failure, failure } from '../../framework';
import { type ClientReference, hasNameOf, match } from '../api/matching';
import type { Domo, DomoContext } from '../connection';
import { withVariable } from '../provider-block/schema';
import { describeClient } from './messages';
import type { ClientState, StoredClient } from './schema';

/** What a move has brought, and no refresh has found yet, may be anybody's: nothing of it is revoked. */
export function requireKnownInstance(state: StoredClient): void {
  if (state.instance !== null) return;
  throw failure(
    'The instance of the API client is not known yet',
    `${describeClient(state)} was moved here from another provider, and no refresh has found it since: the state does not say on which instance it is. Nothing was revoked. Plan again with a refresh (without -refresh=false), which looks for the client by its id and name.`,
  );
}

/**
 * Numeric ids mean something else on another instance. What the state calls the instance is a hint, though: a client
 * that the list shows under the same id and name, with a client id that agrees, is the same client.
 */
export async function isSameInstance(
  domo: Domo,
  state: StoredClient,
  reference: ClientReference,
  signal: AbortSignal,
): Promise<boolean> {
  if (state.instance !== null && domo.isCalled(state.instance)) return true;
  if (state.id === null) return false;
  const found = match(await domo.clients().list(signal), reference);
  return found?.kind === 'same' && found.agreement === 'agrees' && hasNameOf(found.client, reference);
}

/** Throws if nothing proves that the client is on this instance. */
export async function requireSameInstance(
  domo: Domo,
  state: StoredClient,
  reference: ClientReference,
  signal: AbortSignal,
): Promise<void> {
  if (await isSameInstance(domo, state, reference, signal)) return;
  throw otherInstance(
    state,
    `the provider is configured for "${domo.label()}", where nothing proves that this id is the same client`,
  );
}

/** @param but what the provider says instead */
export function otherInstance(state: StoredClient, but: string): Failure {
  return failure(
    'The state belongs to another instance',
    `${describeOtherInstance(state, but)} ${howToReturn}`,
  );
}

function describeOtherInstance(state: StoredClient, but: string): string {
  return `API client "${state.name}" (id ${state.id}) is on "${state.instance}" according to the state, and ${but}. Nothing was changed.`;
}

const howToReturn = `Set ${withVariable('instance')} or ${withVariable('base_url')} back, add the instance to instances of the provider and name it in instance of this resource, or give this resource a provider alias for its own instance.`;

/**
 * The state as it is, of a client on an instance that the provider is not configured for. A refresh leaves it alone, and only
 * a plan that has to decide about it fails.
 */
export function keptUnread(
  { warn }: Pick<DomoContext, 'warn'>,
  state: StoredClient,
  why: string,
): ClientState {
  warn(
    'An API client was not refreshed',
    `${describeOtherInstance(state, why)} Its state was left as it was, and it is not known whether the client still exists. ${howToReturn}`,
  );
  return { ...state, instance: String(state.instance) };
}
