import {
  attributePath,
  type Change,
  type Context,
  failure,
  isUnknown,
  type Proposed,
  root,
} from '../../framework';
import type { DomoContext } from '../connection';
import type { Instances } from '../instances';
import { connectionFor } from '../on-instance';
import { notAtHome, requireSameInstance } from './messages';
import { planNames, warnOfDestruction } from './plan';
import type { Attributes, NamesState } from './schema';

/** The instance that a state is about. Throws if the provider is not configured for it. */
export function atHome(context: Context<Instances>, { instance }: NamesState): DomoContext {
  const { client: instances } = context;
  // If it is not configured, fall back to the default, so that the error can name both instances.
  const home = instances.find(instance) ?? (instances.hasDefault ? instances.at(null) : undefined);
  if (home === undefined) throw notAtHome(instance, instances.names());
  const here = { ...context, client: isUnknown(home) ? instances.at(instance) : home };
  requireSameInstance(here, instance);
  return here;
}

/** Finds out which instance a change is about: with another one, the set starts anew and revokes nothing. */
export async function planAtHome(
  context: Context<Instances>,
  change: Change<Attributes>,
): Promise<Partial<Proposed<Attributes>> | undefined> {
  if (change.action === 'delete') {
    warnOfDestruction(context);
    return undefined;
  }
  const { instance } = change.config;
  if (isUnknown(instance)) {
    if (change.action === 'create') return undefined;
    throw notKnown(change.prior.instance);
  }
  const target = connectionFor(context, instance);
  if (change.action !== 'create' && change.action !== 'replace') {
    requireSameInstance(target, change.prior.instance);
  }
  const planned = await planNames(target, change);
  // As it is configured: the engine does not accept another text.
  return planned?.instance === undefined || instance === null ? planned : { ...planned, instance };
}

const notKnown = (instance: string) =>
  failure(
    'The names that may exist are not known yet',
    `The argument instance depends on something that Terraform only knows after an apply, so this plan could not tell whether the names are still those of "${instance}". Nothing was changed. Use a value that is known when planning, or apply what it depends on first (terraform apply -target=…).`,
    attributePath(root, 'instance'),
  );
