import { failure } from '../../framework';
import { type ClientReference, hasNameOf, match } from '../api/matching';
import type { Domo } from '../connection';
import { withVariable } from '../provider-block/schema';
import { describeClient } from './messages';
import type { StoredClient } from './schema';

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
export async function requireSameInstance(
  domo: Domo,
  state: StoredClient,
  reference: ClientReference,
  signal: AbortSignal,
): Promise<void> {
  const here = domo.label();
  if (state.instance === here) return;
  if (state.id !== null) {
    const found = match(await domo.clients().list(signal), reference);
    if (found?.kind === 'same' && found.agreement === 'agrees' && hasNameOf(found.client, reference)) return;
  }
  throw failure(
    'The state belongs to another instance',
    `API client "${state.name}" (id ${state.id}) is on "${state.instance}" according to the state, and the provider is configured for "${here}", where nothing proves that this id is the same client. Nothing was changed. Set ${withVariable('instance')} or ${withVariable('base_url')} back, or give this resource a provider alias for its own instance.`,
  );
}
