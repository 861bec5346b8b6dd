import { type Failure, failure } from '../../framework';
import type { NotedClient } from '../api/records';
import { describeClient } from '../api-client/messages';
import type { DomoContext } from '../connection';
import type { Holders } from './names';
import { recall } from './private-state';
import type { NamesState } from './schema';

/** One line for each client, with its owner. */
export function lines(clients: readonly NotedClient[]): string {
  return clients.map((client) => `  - ${describeNoted(client)}`).join('\n');
}

function describeNoted(client: NotedClient): string {
  const owner = client.ownerId === null ? 'an unknown owner' : `user ${client.ownerId}`;
  return `${describeClient(client)}, owned by ${owner}`;
}

/** `1 API client`, `3 API clients`. */
export function count(clients: readonly NotedClient[]): string {
  return clients.length === 1 ? '1 API client' : `${clients.length} API clients`;
}

export function ambiguous({ name, clients }: Holders): Failure {
  return failure(
    'More than one API client has this name',
    `"${name}" is to be removed from the names that may exist, but ${clients.length} clients have it, or may have it as Domo spells names:\n\n${lines(clients)}\n\nNothing was revoked. Revoke those that nobody needs on the page Admin > Authentication > API Clients, or keep the name in names.`,
  );
}

/** Ids mean something else elsewhere: throws unless the provider is configured for where the clients were listed. */
export function requireSamePlace(context: DomoContext, { instance }: NamesState): void {
  const { client: domo } = context;
  const { address } = recall(context);
  if (domo.isCalled(instance) && address === domo.address()) return;
  throw failure(
    'The plan was made for another instance',
    `The clients to revoke were listed on "${instance}" at ${address}, but the provider is configured for "${domo.label()}" at ${domo.address()}. Nothing was revoked. Apply with the settings that the plan was made with, or make a new plan with a refresh (without -refresh=false).`,
  );
}

/** What is listed elsewhere is no difference to the names of this instance. */
export function requireSameInstance({ client: domo }: Pick<DomoContext, 'client'>, instance: string): void {
  if (domo.isCalled(instance)) return;
  throw otherInstance(
    instance,
    `${domo.isDefault ? 'the provider is configured for' : 'its argument instance names'} "${domo.label()}"`,
    `Set ${domo.argument('instance')} or ${domo.argument('base_url')} back, or set instance in the resource.`,
  );
}

/** The error if there is no default to look at either; `names` are those of all instances. */
export function notAtHome(instance: string, names: string): Failure {
  return otherInstance(
    instance,
    `the provider is configured for ${names}`,
    'Add the instance to instances of the provider.',
  );
}

const otherInstance = (instance: string, but: string, advice: string) =>
  failure(
    'The state belongs to another instance',
    `The state of domo_api_clients_exclusive is about "${instance}", and ${but}. Nothing was changed. ${advice} To have the names of another instance, remove the resource from the state (terraform state rm): the first apply after that revokes nothing.`,
  );
