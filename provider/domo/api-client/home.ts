import type { Context } from '../../framework';
import type { Domo, DomoContext } from '../connection';
import type { Instances } from '../instances';
import { keptUnread, otherInstance } from './same-instance';
import type { ClientState, StoredClient } from './schema';

/**
 * The instance that a state is on, or else the default, where something else has to prove that the client is there. Undefined
 * if there is no default either. What a move has brought is looked for on the default.
 */
export function homeOf(instances: Instances, { instance }: StoredClient): Domo | undefined {
  if (instance === null) return instances.at(null);
  if (instances.find(instance) !== undefined) return instances.at(instance);
  return instances.hasDefault ? instances.at(null) : undefined;
}

const notConfigured = 'the provider is not configured for that';

/** The outcome of a refresh if the client's instance is not configured, and there is no default to look at. */
export function unread(context: Context<Instances>, state: StoredClient): ClientState {
  return keptUnread(context, state, notConfigured);
}

/** The error for everything else in that case. */
export const notAtHome = (state: StoredClient) => otherInstance(state, notConfigured);

export function forRevocation(context: Context<Instances>, state: StoredClient): DomoContext {
  const domo = homeOf(context.client, state);
  if (!domo) throw notAtHome(state);
  return { ...context, client: domo };
}
