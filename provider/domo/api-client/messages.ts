import { type Failure, failure } from '../../framework';
import type { ListedClient, NotedClient } from '../api/records';
import type { Domo } from '../connection';
import { withVariable } from '../provider-block/schema';

/** Throws if the provider is read-only. `consequence`: what was not done, as the beginning of a sentence. */
export function requireWritable(domo: Domo, consequence: string): void {
  if (!domo.readOnly) return;
  throw failure(
    'The provider is read-only',
    `${consequence}, because ${withVariable('read_only')} is set: this run can plan but not change anything in Domo. To apply, unset it.`,
  );
}

/** The client as messages name it. */
export function describeClient({ name, id }: { readonly name: string; readonly id: string | null }): string {
  return `API client "${name}" (id ${id ?? 'not known yet'})`;
}

/** A client that holds the name that another one should have, as messages describe it. */
export function describeHolder(holder: ListedClient): string {
  const owner = holder.ownerId === null ? 'an unknown owner' : `user ${holder.ownerId}`;
  return `${describeClient(holder)}, owned by ${owner}, with ${describeScopes(holder.scopes)}`;
}

/** Null: Domo does not show them. */
export function describeScopes(scopes: readonly string[] | null): string {
  if (scopes === null) return 'scopes that Domo does not show';
  return scopes.length === 0 ? 'no scopes' : `the scopes ${[...scopes].sort().join(', ')}`;
}

/** How to take a resource out of the state. A move that no apply has confirmed is not in it: the old address is. */
export const forgetCommand = 'terraform state rm <its address, as terraform state list shows it>';

/** How to remove an entry from the state if its client is gone for good, or was never the right one. */
export function howToForget({ name, instance }: { readonly name: string; readonly instance: string | null }) {
  if (instance !== null) return `remove it from the state: ${forgetCommand}.`;
  return `remove the moved block, take the object out of the state (until the move is applied, it is there under its old address, such as restapi_object.<name>): ${forgetCommand}. If the client has been recreated, import it:\n\n${importBlock(`name:${name}`)}`;
}

/** How to bring the client of this id under management. The command is second: it fails where a for_each is known only at plan. */
export function howToImport(domo: Domo, id: string): string {
  const target = importId(domo, `id:${id}`);
  return `${importBlock(target)}\n\nOr, without a plan: terraform import <address of the resource> ${target === `id:${id}` ? id : inQuotes(target)}`;
}

/** What to import, such as `id:1234`, with the instance that it is on unless that is the default. */
export function importId({ isDefault, label }: Pick<Domo, 'isDefault' | 'label'>, target: string): string {
  return isDefault ? target : `${label()}/${target}`;
}

/**
 * The block that brings a client under management that is there already. Engines disagree on its provider argument: all
 * refuse it beside a resource block that has none, and Terraform 1.16 needs it as long as there is no resource block.
 *
 * @param id what to import, such as `id:1234` or `name:reports`
 */
export function importBlock(id: string): string {
  return `import {\n  # provider = domo # only as long as there is no resource block\n  to = <address of the resource>\n  id = ${inQuotes(id)}\n}`;
}

/** A text as the configuration language quotes it. */
function inQuotes(text: string): string {
  const short: Readonly<Record<string, string>> = { '\\b': '\\u0008', '\\f': '\\u000c' };
  return JSON.stringify(text)
    .replace(/\\./g, (pair) => short[pair] ?? pair)
    .replace(/[$%](?=\{)/g, '$&$&');
}

/** A list that Domo itself marks as incomplete; `says` is how. */
export function incomplete(says: string): Failure {
  return failure(
    "Domo's list of API clients is incomplete",
    `Domo marked the list as incomplete: ${says}. Clients that it omits would be silently missing here. Try again later. If it keeps happening, please report it: Domo is not known to page this list.`,
  );
}

/** A set of names would remove what a resource keeps; `name` is what the resource calls it. */
export function notAmongNames(removed: NotedClient, name: string): Failure {
  const domosName = removed.name === name ? '' : `, and Domo shows as "${removed.name}"`;
  return failure(
    'A managed API client is missing from the names that may exist',
    `domo_api_clients_exclusive would revoke the client with the id ${removed.id}, which a domo_api_client of this plan keeps as "${name}"${domosName}. Nothing was changed. Add "${removed.name}" to names, best by reference to the resource (domo_api_client.<label>.name), or remove the resource as well.`,
  );
}
