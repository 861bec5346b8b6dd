import { isUnknown, nonEmpty, optional, optionalComputed, t, type Unknown } from '../framework';
import type { Domo } from './connection';
import type { Instances } from './instances';

const description = (what: string) =>
  `The instance ${what}: the default of the provider, or one of its \`instances\`, by name or address. Required if the provider has no default.`;

/** The argument `instance` of what has no state of its own. */
export const instanceArgument = (what: string) =>
  optional(t.string, { description: description(what), validate: [nonEmpty] });

/** The same of a data source, which says in its result which instance was asked. */
export const instanceAttribute = (what: string) =>
  optionalComputed(t.string, { description: description(what), validate: [nonEmpty] });

/**
 * What a handler is given, with the one instance that it is about. Throws a failure at the attribute `instance` if that is
 * not configured.
 *
 * @param instance as the configuration has it; null for the default
 */
export function connectionFor<C extends { readonly client: Instances }>(
  context: C,
  instance: string | null,
): OnInstance<C> {
  return { ...context, client: context.client.at(instance) };
}

/** A context whose client is one instance. */
export type OnInstance<C> = Omit<C, 'client'> & { readonly client: Domo };

/** Another text for the same instance is no change. */
export function settleInstance(
  { find }: Instances,
  { instance: earlier }: { readonly instance: string | null },
  { instance: later }: { readonly instance: string | null | Unknown },
): { readonly instance?: string } {
  if (earlier === null || later === null || isUnknown(later) || earlier === later) return {};
  const [was, is] = [find(earlier), find(later)];
  return was !== undefined && !isUnknown(was) && was === is ? { instance: earlier } : {};
}

/** Configuration is generated with the instance only if it is not the default. */
export function generateInstance(
  { find }: Instances,
  { instance }: { readonly instance: string | null },
): { readonly instance?: null } {
  const domo = instance === null ? undefined : find(instance);
  return domo !== undefined && !isUnknown(domo) && domo.isDefault ? { instance: null } : {};
}
