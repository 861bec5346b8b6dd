import { Failure, failure } from '../../framework';
import type { DomoContext } from '../connection';
import { isSameKey, type PublicKey } from '../sealing/public-key';
import { checkKey, seal } from '../sealing/seal';
import { describeClient } from './messages';
import type { ClientState, StoredClient } from './schema';
import { unusableKey } from './sealed-attributes';

/** The attributes that hold a secret, in one form or the other. */
type SecretAttributes = Pick<ClientState, 'client_secret' | 'encrypted_client_secret'>;

export const noSecret: SecretAttributes = { client_secret: null, encrypted_client_secret: null };

/** Whether the secret is known, in plain text or sealed: then the client was not just asked for, but made. */
export function hasSecret({ client_secret, encrypted_client_secret }: SecretAttributes): boolean {
  return client_secret !== null || encrypted_client_secret !== null;
}

/** The configured key, once it has been tried; undefined if none is configured. Throws if it cannot be used. */
export async function requireKey(text: string | null, consequence: string): Promise<PublicKey | undefined> {
  if (text === null) return undefined;
  const key = await checkKey(text);
  if (key.kind === 'unusable') throw new Failure([unusableKey(key, consequence)]);
  return key;
}

/**
 * A new secret as the state keeps it. One that cannot be sealed is lost, since the state must not have it in plain text: the
 * error taints the client.
 */
export async function storedSecret(
  context: Pick<DomoContext, 'error'>,
  client: { readonly name: string; readonly id: string | null },
  key: PublicKey | undefined,
  secret: string,
): Promise<SecretAttributes> {
  if (key === undefined) return { client_secret: secret, encrypted_client_secret: null };
  try {
    return { client_secret: null, encrypted_client_secret: await seal(key, secret) };
  } catch {
    context.error(
      'Could not seal the secret of an API client',
      `${describeClient(client)} was created, but its secret could not be encrypted with the public key${key.kind === 'rsa' ? ': it is probably longer than a key of this size allows. Use age recipients or a longer RSA key' : ''}. The secret is stored nowhere and lost. The client is kept in the state as tainted, so the next apply replaces it.`,
    );
    return noSecret;
  }
}

/** Whether this is the key that the secret of the client was sealed for. */
export function isKeyOf({ secret_public_key: before }: StoredClient, key: string | null): boolean {
  return key !== null && before !== null && isSameKey(before, key);
}

/** Only during the apply did the key turn out to be another one: too late for a replacement. */
export function otherKey(prior: StoredClient): Failure {
  return failure(
    'The secret is sealed for another key',
    `The secret of ${describeClient(prior)} is stored only in its sealed form. Its key was not known when the plan was made, and has turned out to be another one. Nothing was changed. Make a new plan, which replaces the client.`,
  );
}
