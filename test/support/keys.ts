/** Keys to seal with, made for each run: none is in the repository. */
import { execFileSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { tempFolder } from './temp';

/** A public key and the private one that opens what is sealed for it. */
export interface KeyPair {
  readonly publicKey: string;
  readonly privateKey: string;
}

/** An RSA key in PEM form. */
export function rsaKey(modulusLength = 2048): KeyPair {
  return generateKeyPairSync('rsa', {
    modulusLength,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
}

/** An age recipient and its identity. */
export async function ageKey(): Promise<KeyPair> {
  const privateKey = await generateX25519Identity();
  return { publicKey: await identityToRecipient(privateKey), privateKey };
}

/** Opens a sealed secret as a person would, with `openssl pkeyutl`. */
export function openWithOpenssl(sealed: string, privateKey: string): string {
  const folder = tempFolder('keys');
  const [key, text] = [join(folder, 'key.pem'), join(folder, 'sealed')];
  writeFileSync(key, privateKey);
  writeFileSync(text, Buffer.from(sealed, 'base64'));
  const options = ['rsa_padding_mode:oaep', 'rsa_oaep_md:sha256', 'rsa_mgf1_md:sha256'];
  const args = options.flatMap((option) => ['-pkeyopt', option]);
  return execFileSync('openssl', ['pkeyutl', '-decrypt', '-inkey', key, '-in', text, ...args], {
    encoding: 'utf8',
  });
}
