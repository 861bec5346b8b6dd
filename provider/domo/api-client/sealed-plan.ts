import { attributePath, type Change, isUnknown, type Proposed, root, unknown } from '../../framework';
import type { DomoContext } from '../connection';
import { describeClient } from './messages';
import type { Attributes, StoredClient } from './schema';
import { requireKey } from './sealed-secret';

const keyPath = attributePath(root, 'secret_public_key');

/** What a plan means for the secret: whether it is in clear, sealed, or neither. Throws if the key cannot be used. */
export async function planSealing(
  context: DomoContext,
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
  { warn }: DomoContext,
  prior: StoredClient,
  key: Proposed<Attributes>['secret_public_key'],
): Partial<Proposed<Attributes>> | undefined {
  if (key === prior.secret_public_key) return undefined;
  if (prior.encrypted_client_secret !== null) {
    if (isUnknown(key)) {
      warn(
        'The key of a sealed secret is not known yet',
        `The secret of ${describeClient(prior)} is left only in its sealed form, and secret_public_key will be known only during the apply. If it is the key that the secret was sealed for, nothing changes. If it is another one, the apply fails before anything is changed, and the engine calls that an inconsistent final plan: make a new plan then, which replaces the client.`,
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
    `The secret of ${describeClient(prior)} is encrypted in the state, in place: the client and its secret stay the same. Earlier versions of the state, its backups and this plan, if it is saved, still have the secret in clear. Delete them, or replace the client (-replace), whose new secret will be nowhere in clear.`,
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
  { warn }: DomoContext,
  prior: StoredClient,
  key: Proposed<Attributes>['secret_public_key'],
): void {
  if (prior.encrypted_client_secret === null || isUnknown(key) || key === prior.secret_public_key) return;
  warn(
    'A client is replaced because its secret is sealed for another key',
    `The secret of ${describeClient(prior)} is left only in its sealed form, so it cannot be ${key === null ? 'unsealed' : 'sealed for another key'}: the client is replaced, and the old credentials stop working. If the engine reports an inconsistent final plan beside this warning, the key was not known when the plan was made; nothing has been changed, and a new plan is needed.`,
    keyPath,
  );
}
