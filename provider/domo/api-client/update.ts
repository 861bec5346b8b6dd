import { failure } from '../../framework';
import type { Instances } from '../instances';
import { seal } from '../sealing/seal';
import { describeClient } from './messages';
import type { ClientPlan, StoredClient } from './schema';
import { isKeyOf, otherKey, requireKey } from './sealed-secret';

/** What can change without a replacement: how long operations may take, and how the secret is stored. Domo knows neither. */
export async function updateClient(
  { client: domo }: { readonly client: Pick<Instances, 'hide'> },
  { secret_public_key, timeouts }: ClientPlan,
  prior: StoredClient,
): Promise<StoredClient> {
  const now = { ...prior, secret_public_key, timeouts };
  const { client_secret: secret, encrypted_client_secret: sealed } = prior;
  if (sealed !== null) {
    if (!isKeyOf(prior, secret_public_key)) throw otherKey(prior);
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
      `The secret of ${describeClient(prior)} could not be encrypted with the public key, so the state still has it in plain text. It is probably too long for an RSA key of this size: use a longer key or age recipients.`,
    );
  }
}
