import { createHash, createPublicKey, type KeyObject } from 'node:crypto';
import { recipientsIn, recipientsProblem } from './age';
import { algorithmOf } from './algorithm';
import { hasPrivateKey, labelsIn, linesAround, onlyBlockIn, type PemBlock } from './pem';

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
  'a PEM public key (RSA with 2048 bits or more), or age recipients (age1…), one per line';

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
  if (labels.length > 1)
    return secretly(`It holds ${labels.length} PEM blocks, and only one key can be used`);
  const around = linesAround(text);
  if (around.some((line) => line.startsWith('age1')))
    return secretly('It holds both age recipients and a PEM block, and only one of them can be used');
  if (around.length > 0)
    return secretly(
      'It has other text around the PEM block. Remove that, since it may hold secrets; only lines that begin with # may stay',
    );
  const [label] = labels;
  if (label === 'CERTIFICATE' || label === 'TRUSTED CERTIFICATE')
    return secretly(
      'It is a certificate. "openssl x509 -in certificate.pem -noout -pubkey" prints its public key',
    );
  if (label !== 'PUBLIC KEY' && label !== 'RSA PUBLIC KEY') return secretly(`It is a PEM block "${label}"`);
  const block = onlyBlockIn(text);
  return block === undefined ? damaged : readBlock(block);
}

function readBlock({ label, content }: PemBlock): PublicKey | Unusable {
  const type = label === 'PUBLIC KEY' ? 'spki' : 'pkcs1';
  const key = decode(content, type);
  const algorithm = type === 'spki' ? algorithmOf(content) : 'rsa';
  if (algorithm !== undefined && algorithm !== 'rsa') {
    const problem = `Its type is ${algorithm}, which cannot encrypt a secret: only RSA can`;
    return key === undefined ? secretly(problem) : openly(problem);
  }
  if (key?.asymmetricKeyType !== 'rsa') return damaged;
  const { modulusLength = 0, publicExponent = 0n } = key.asymmetricKeyDetails ?? {};
  if (modulusLength < fewestBits)
    return openly(`It has ${modulusLength} bits, which is too short to be secure`);
  // An exponent of 1 would leave the secret as it is.
  if (publicExponent < 3n) return openly(`Its exponent is ${publicExponent}, which encrypts nothing`);
  return { kind: 'rsa', key };
}

/** The key that makes up these bytes. Undefined if it cannot be read, or if something else is with it, which may be secret. */
function decode(content: Buffer, type: 'spki' | 'pkcs1'): KeyObject | undefined {
  try {
    const key = createPublicKey({ key: content, format: 'der', type });
    return content.equals(key.export({ type, format: 'der' })) ? key : undefined;
  } catch {
    return undefined;
  }
}

const secretly = (problem: string): Unusable => ({ kind: 'unusable', problem, isPublic: false });
const openly = (problem: string): Unusable => ({ kind: 'unusable', problem, isPublic: true });

const damaged = secretly(
  'It looks like a PEM public key, but it is damaged or incomplete, or has an unusual exponent',
);

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
