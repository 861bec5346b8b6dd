import {
  attributePath,
  type Change,
  type Context,
  failure,
  isUnknown,
  type Proposed,
  root,
} from '../../framework';
import type { Domo, DomoContext } from '../connection';
import type { Instances } from '../instances';
import { runWithTimeout } from '../run-with-timeout';
import { notAtHome } from './home';
import { describeClient } from './messages';
import { checkPlan, planUnplaced } from './plan';
import { referenceOf } from './reference';
import { otherInstance, requireKnownInstance, requireSameInstance } from './same-instance';
import type { Attributes, StoredClient } from './schema';

const instancePath = attributePath(root, 'instance');

/** Finds out which instances a change is about, and refuses what would move a client without being told to. */
export async function planOnInstance(
  context: Context<Instances>,
  change: Change<Attributes, 'instance'>,
): Promise<Partial<Proposed<Attributes>> | undefined> {
  const { client: instances } = context;
  const on = (domo: Domo): DomoContext => ({ ...context, client: domo });
  if (change.action === 'delete') {
    requireKnownInstance(change.prior);
    return checkPlan(on(await homeInPlan(context, change.prior)), change);
  }
  const { instance } = change.config;
  if (change.action === 'create') {
    return isUnknown(instance)
      ? planUnplaced(context, change)
      : checkPlan(on(instances.at(instance)), change);
  }
  if (isUnknown(instance)) throw notKnown(change.prior);
  const target = instances.at(instance);
  const home = await homeInPlan(context, change.prior, target);
  if (home === target) return checkPlan(on(target), change);
  if (instance === null) throw withoutArgument(change.prior, target);
  warnOfOtherInstance(context, change.prior, instance);
  return checkPlan(on(home), change, on(target));
}

/**
 * The instance that the client is on. If its state names none that is configured, the list of the default has to prove that it
 * is there.
 *
 * @param target where the configuration wants it
 */
async function homeInPlan(context: Context<Instances>, prior: StoredClient, target?: Domo): Promise<Domo> {
  const { client: instances } = context;
  const { instance } = prior;
  if (instance === null) return target ?? instances.at(null);
  const home = instances.find(instance);
  if (isUnknown(home)) {
    return target?.isDefault && instances.isOnlyDefaultUndecided ? target : instances.at(instance);
  }
  if (home) return home;
  if (!instances.hasDefault || target?.isDefault === false) throw notAtHome(prior);
  const domo = instances.at(null);
  // What is not known yet is an error of what needs it.
  if (!domo.areSettingsDecided) return domo;
  const here = { ...context, client: domo };
  const about = {
    kind: 'read',
    limit: prior.timeouts?.read,
    doing: `Looking for ${describeClient(prior)}`,
    consequence: 'Nothing was changed.',
  } as const;
  await runWithTimeout(here, about, (signal) =>
    requireSameInstance(domo, prior, referenceOf(here, prior), signal),
  );
  return domo;
}

function notKnown(prior: StoredClient) {
  return failure(
    'The instance of an existing client is not known yet',
    `The argument instance of ${describeClient(prior)} depends on something that is only known after an apply, so the plan cannot tell whether the client is to be replaced. Nothing was changed. Give it a value that is known, or apply first what it depends on (terraform apply -target=…).`,
    instancePath,
  );
}

function withoutArgument(prior: StoredClient, target: Domo) {
  // What the default still lacks is not what is wrong here.
  const name = target.areSettingsDecided ? `, "${target.label()}"` : '';
  return otherInstance(prior, `the resource has no argument instance, which means the default${name}`);
}

function warnOfOtherInstance({ warn }: Context<Instances>, prior: StoredClient, target: string): void {
  warn(
    'A client is replaced by one on another instance',
    `${describeClient(prior)} on "${prior.instance}" will be revoked, and another one, with a new client id and a new secret, is created on "${target}". Whoever uses the client loses access to "${prior.instance}". To keep it, set instance back to "${prior.instance}", and add a resource for the other instance.`,
    instancePath,
  );
}
