import type { Config, Context } from '../../framework';
import type { Domo, DomoContext } from '../connection';
import type { Instances } from '../instances';
import { connectionFor } from '../on-instance';
import { keptUnread, otherInstance } from './same-instance';
import type { Attributes, ClientPlan, ClientState, StoredClient } from './schema';

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

/** A text in the configuration is planned as it is; only the default can be another one than in the plan. */
export function forCreation(
  context: Context<Instances>,
  _: ClientPlan,
  { instance }: Config<Attributes>,
): DomoContext {
  return connectionFor(context, instance as string | null);
}
