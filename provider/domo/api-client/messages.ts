import { failure } from '../../framework';
import type { ListedClient } from '../api/records';
import type { Domo } from '../connection';
import { withVariable } from '../provider-block/schema';
import type { ClientState } from './schema';

/** Throws if the provider is read-only. `consequence`: what was not done, as the beginning of a sentence. */
export function requireWritable(domo: Domo, consequence: string): void {
  if (!domo.readOnly) return;
  throw failure(
    'The provider is read-only',
    `${consequence}, because ${withVariable('read_only')} is set: this run may plan, but not change anything in Domo. Apply from a run without it.`,
  );
}

/** Throws if the client lives on another instance: the same id is another client there. */
export function requireSameInstance(domo: Domo, state: ClientState): void {
  const here = domo.label();
  if (state.instance === here) return;
  throw failure(
    'The client lives on another instance',
    `API client "${state.name}" (id ${state.id}) is on "${state.instance}" according to the state, and the provider is configured for "${here}", where this id means another client. Nothing was changed. Set ${withVariable('instance')} or ${withVariable('base_url')} back, or give this resource a provider alias for its own instance.`,
  );
}

/** The error for a client that is not listed, but may just be hidden from the caller. */
export function notSeen(state: ClientState, caller: string, consequence: string) {
  const owner = state.owner_id === null ? 'somebody whom the state does not name' : `user ${state.owner_id}`;
  return failure(
    'The API client cannot be seen',
    `${describeClient(state)} is not in the list that Domo shows to the caller (user ${caller}). That does not prove that it is gone: it belongs to ${owner}, and without the grant "Manage All Access Tokens and API Clients" Domo shows only one's own clients. ${consequence} Use a token of the owner, or of a user with that grant. If you know that the client was revoked, take it out of the state: terraform state rm <address of the resource>.`,
  );
}

/** The client as messages name it. */
export function describeClient({ name, id }: { readonly name: string; readonly id: string | null }): string {
  return `API client "${name}" (id ${id ?? 'not known yet'})`;
}

/** A client that holds the name that another one should have, as messages describe it. */
export function describeHolder(holder: ListedClient): string {
  const owner = holder.ownerId === null ? 'an unknown owner' : `user ${holder.ownerId}`;
  return `${describeClient(holder)}, owned by ${owner}, with the scopes ${[...holder.scopes].sort().join(', ')}`;
}

/** How to bring an existing client under management. */
export function importCommand(id: string): string {
  return `terraform import <address of the resource> ${id}`;
}
