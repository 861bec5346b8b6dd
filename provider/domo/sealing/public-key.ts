import { createHash, createPublicKey, type KeyObject } from 'node:crypto';
import { recipientsIn, recipientsProblem } from './age';
import { hasPrivateKey, labelsIn } from './pem';

/** What a secret can be sealed for. */
export type PublicKey =
  | { readonly kind: 'rsa'; readonly key: KeyObject }
  | { readonly kind: 'age'; readonly recipients: readonly string[] };

/**
 * Why a text cannot be used as a key, in sentences that quote nothing of it. `isPublic`: it was recognised as a public
 * key, so that others may quote it.
 */
export interface Unusable {
  readonly kind: 'unusable';
  readonly problem: string;
  readonly isPublic: boolean;
}

/** What is needed instead, as the end of a sentence. */
export const wantedKey =
  'a PEM public key (RSA with 2048 bits or more), or age recipients (age1…), one on each line';

/** The fewest bits of an RSA key that are considered secure. */
const fewestBits = 2048;

/** Reads a PEM public key or age recipients. Of age, it checks whether each recipient is one; see {@link checkKey}. */
export function readPublicKey(text: string): PublicKey | Unusable {
  if (hasPrivateKey(text)) {
    return secretly(
      'It holds a private key. Whoever has that can open every secret that was sealed for it, so it must not be in a configuration, plan or state. Use the public key that belongs to it: "openssl pkey -in key.pem -pubout" or "age-keygen -y key.txt" prints it. If the private key was committed or shared, replace it',
    );
  }
  const labels = labelsIn(text);
  if (labels.length > 0) return readPem(text, labels);
  if (/^(ssh|ecdsa)-\S+ /.test(text.trim()))
    return openly(
      'It is a key in the form of OpenSSH. "ssh-keygen -e -m PKCS8 -f key.pub" prints an RSA key as PEM',
    );
  const recipients = recipientsIn(text);
  const problem = recipientsProblem(recipients);
  return problem === undefined ? { kind: 'age', recipients } : secretly(problem);
}

function readPem(text: string, labels: readonly string[]): PublicKey | Unusable {
  if (labels.length > 1) return openly(`It holds ${labels.length} PEM blocks, and only one key can be used`);
  const [label] = labels;
  if (label === 'CERTIFICATE' || label === 'TRUSTED CERTIFICATE')
    return openly(
      'It is a certificate. "openssl x509 -in certificate.pem -noout -pubkey" prints its public key',
    );
  if (label !== 'PUBLIC KEY' && label !== 'RSA PUBLIC KEY') return openly(`It is a PEM block "${label}"`);
  let key: KeyObject;
  try {
    key = createPublicKey(text.trim());
  } catch {
    return secretly('It looks like a PEM public key, but it is damaged or incomplete');
  }
  const { asymmetricKeyType: type, asymmetricKeyDetails: { modulusLength = 0, publicExponent = 0n } = {} } =
    key;
  if (type !== 'rsa') return openly(`Its type is ${type}, which cannot encrypt a secret: only RSA can`);
  if (modulusLength < fewestBits)
    return openly(`It has ${modulusLength} bits, which is too short to be secure`);
  // An exponent of 1 would leave the secret as it is.
  if (publicExponent < 3n) return openly(`Its exponent is ${publicExponent}, which encrypts nothing`);
  return { kind: 'rsa', key };
}

const secretly = (problem: string): Unusable => ({ kind: 'unusable', problem, isPublic: false });
const openly = (problem: string): Unusable => ({ kind: 'unusable', problem, isPublic: true });

/**
 * Whether two texts mean the same key: recipients are compared as a set, and RSA keys by their fingerprint, however
 * they are written.
 */
export function isSameKey(one: string, other: string): boolean {
  return one === other || fingerprint(one) === fingerprint(other);
}

/** A text that is the same for two spellings of one key. What is no usable key has its own text. */
function fingerprint(text: string): string {
  if (labelsIn(text).length === 0) return `age ${[...new Set(recipientsIn(text))].sort().join(' ')}`;
  const key = readPublicKey(text);
  if (key.kind !== 'rsa') return `text ${text}`;
  return `rsa ${createHash('sha256')
    .update(key.key.export({ type: 'spki', format: 'der' }))
    .digest('hex')}`;
}
