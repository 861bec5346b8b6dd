import { failure } from '../../framework';
import type { DomoContext } from '../connection';
import { isSameKey } from '../sealing/public-key';
import { seal } from '../sealing/seal';
import { describeClient } from './messages';
import type { ClientPlan, StoredClient } from './schema';
import { requireKey } from './sealed-secret';

/** What can change without a replacement: how long operations may take, and how the secret is stored. Domo knows neither. */
export async function updateClient(
  { client: domo }: DomoContext,
  { secret_public_key, timeouts }: ClientPlan,
  prior: StoredClient,
): Promise<StoredClient> {
  const now = { ...prior, secret_public_key, timeouts };
  const { client_secret: secret, encrypted_client_secret: sealed } = prior;
  if (sealed !== null) {
    requireSameKey(prior, secret_public_key);
    return now;
  }
  const key = await requireKey(secret_public_key, `${describeClient(prior)} was left as it was`);
  if (key === undefined || secret === null) return now;
  domo.hide(secret);
  try {
    return { ...now, client_secret: null, encrypted_client_secret: await seal(key, secret) };
  } catch {
    throw failure(
      'Could not seal the secret of an API client',
      `The secret of ${describeClient(prior)} could not be encrypted with the public key, and stays in the state as it was. It is probably longer than an RSA key of this size allows: use age recipients or a longer key.`,
    );
  }
}

function requireSameKey(prior: StoredClient, key: string | null): void {
  if (key !== null && prior.secret_public_key !== null && isSameKey(prior.secret_public_key, key)) return;
  throw failure(
    'The secret is sealed for another key',
    `The secret of ${describeClient(prior)} is left only in its sealed form, and the key, which was not known when the plan was made, is not the one that it was sealed for. Nothing was changed. Make a new plan: it replaces the client.`,
  );
}
