import { attributePath, type Change, isUnknown, type Proposed, root, unknown } from '../../framework';
import type { DomoContext } from '../connection';
import { describeClient } from './messages';
import type { Attributes, StoredClient } from './schema';
import { isKeyOf, otherKey, requireKey } from './sealed-secret';

const keyPath = attributePath(root, 'secret_public_key');

type Warner = Pick<DomoContext, 'warn'>;

/**
 * In an apply, a replacement is only planned if the key was unknown before: a known one was planned as a replacement, of
 * which an apply plans the creation alone. Stacks plan with the same mark as they apply, but read first.
 */
export function requireKeyOfPlan({ client: domo }: DomoContext, prior: StoredClient, key: unknown): void {
  if (!domo.mayApply || prior.encrypted_client_secret === null) return;
  if (prior.id === null || domo.planned.wasRead(prior.id)) return;
  if (key === null || (typeof key === 'string' && !isKeyOf(prior, key))) throw otherKey(prior);
}

/** What a plan means for the secret: whether it is in plain text, sealed, or neither. Throws if the key cannot be used. */
export async function planSealing(
  context: Warner,
  change: Change<Attributes, 'instance'>,
): Promise<Partial<Proposed<Attributes>> | undefined> {
  const { action, planned } = change;
  if (action === 'delete' || action === 'none') return undefined;
  const key = planned.secret_public_key;
  if (!isUnknown(key)) await requireKey(key, 'Nothing was changed');
  if (action === 'update') return planUpdate(context, change.prior, key);
  if (action === 'replace') warnOfOtherKey(context, change.prior, key);
  if (isUnknown(key)) return undefined;
  return key === null ? { encrypted_client_secret: null } : { client_secret: null };
}

function planUpdate(
  { warn }: Warner,
  prior: StoredClient,
  key: Proposed<Attributes>['secret_public_key'],
): Partial<Proposed<Attributes>> | undefined {
  if (key === prior.secret_public_key) return undefined;
  if (prior.encrypted_client_secret !== null) {
    if (isUnknown(key)) {
      warn(
        'The key of a sealed secret is not known yet',
        `The secret of ${describeClient(prior)} is stored only in its sealed form, and secret_public_key will only be known during the apply. If it is the same key, nothing changes. If it is another one, the apply fails without changing anything (OpenTofu then reports an inconsistent final plan), and a new plan replaces the client.`,
        keyPath,
      );
    }
    return undefined;
  }
  if (prior.client_secret === null) {
    if (key !== null && !isUnknown(key)) warnOfNothingToSeal(warn, prior);
    return undefined;
  }
  if (key === null) return undefined;
  if (isUnknown(key)) return { client_secret: unknown, encrypted_client_secret: unknown };
  warn(
    'Earlier copies of a secret are not sealed',
    `The secret of ${describeClient(prior)} is encrypted in place: the client and its secret stay the same. Earlier versions of the state, its backups and this plan, if it is saved, still contain the secret in plain text. Delete them, or replace the client (-replace) to get a new secret that is never stored in plain text.`,
    keyPath,
  );
  return { client_secret: null, encrypted_client_secret: unknown };
}

function warnOfNothingToSeal(warn: DomoContext['warn'], prior: StoredClient): void {
  warn(
    'There is no secret to seal',
    `The secret of ${describeClient(prior)} is not known, because the client was imported or its secret was lost. The key is stored, and will be used if the client is replaced.`,
    keyPath,
  );
}

function warnOfOtherKey(
  { warn }: Warner,
  prior: StoredClient,
  key: Proposed<Attributes>['secret_public_key'],
): void {
  if (prior.encrypted_client_secret === null || isUnknown(key) || isKeyOf(prior, key)) return;
  warn(
    'A client is replaced because its secret is sealed',
    `The secret of ${describeClient(prior)} is stored only in its sealed form, so it cannot be ${key === null ? 'stored in plain text' : 'sealed for another key'}. The client is replaced, and the old credentials stop working. To keep it, restore the previous key.`,
    keyPath,
  );
}
