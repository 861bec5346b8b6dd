import { constants, publicEncrypt } from 'node:crypto';
import { sealWithAge } from './age';
import { type PublicKey, readPublicKey, type Unusable } from './public-key';

/** The most bytes that a secret may have: as many as the shortest RSA key can encrypt. */
export const longestSecret = 190;

const dummy = 'x'.repeat(longestSecret);

/**
 * Encrypts a secret so that only the private key opens it: RSA-OAEP with SHA-256 in Base64, or an armored age file.
 *
 * @throws an Error that tells nothing of the secret
 */
export async function seal(key: PublicKey, secret: string): Promise<string> {
  if (key.kind === 'age') return sealWithAge(key.recipients, secret);
  const padding = { key: key.key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' };
  return publicEncrypt(padding, Buffer.from(secret)).toString('base64');
}

const checked = new Map<string, Promise<PublicKey | Unusable>>();

/** Reads a key and proves that it seals, with a text as long as a secret may be. */
export function checkKey(text: string): Promise<PublicKey | Unusable> {
  const result = checked.get(text) ?? check(text);
  // Most runs have one key for all their clients.
  if (checked.size >= 100) checked.clear();
  checked.set(text, result);
  return result;
}

async function check(text: string): Promise<PublicKey | Unusable> {
  const key = readPublicKey(text);
  if (key.kind === 'unusable') return key;
  try {
    await seal(key, dummy);
    return key;
  } catch {
    const problem =
      key.kind === 'age'
        ? 'Its recipients cannot be used together'
        : 'It is an RSA key, but nothing can be encrypted with it';
    return { kind: 'unusable', problem, isPublic: true };
  }
}
