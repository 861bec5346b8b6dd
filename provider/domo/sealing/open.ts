import { constants, createPrivateKey, type KeyObject, privateDecrypt } from 'node:crypto';
import { beginOfAge, identitiesProblem, openWithAge } from './age';
import { keyLines } from './key-lines';
import { labelsIn } from './pem';

/** What a sealed text holds, or why it was not opened, in a sentence that tells nothing of the text or the key. */
export type Opened =
  | { readonly secret: string }
  | { readonly problem: string; readonly blames: 'key' | 'text' };

/** Opens what `seal` has sealed, with a PEM private key (RSA) or age identities. */
export async function open(sealed: string, privateKey: string): Promise<Opened> {
  const isAgeText = sealed.trim().startsWith(beginOfAge);
  const isAgeKey = /AGE-SECRET-KEY-/i.test(privateKey);
  if (!isAgeKey && labelsIn(privateKey).length === 0)
    // The prefix is neither last nor before an ellipsis: there, it would be taken for a secret that is cut off.
    return wrongKey(
      'it is neither an age identity, which begins with AGE-SECRET-KEY-, nor a private key in PEM form',
    );
  if (isAgeKey !== isAgeText) {
    return wrongKey(
      isAgeText
        ? 'the secret was sealed for age recipients, and this is not an age identity'
        : 'the secret was not sealed for age recipients, and this is an age identity',
    );
  }
  return isAgeKey ? openAge(sealed, privateKey) : openRsa(sealed, privateKey);
}

async function openAge(sealed: string, identities: string): Promise<Opened> {
  const problem = identitiesProblem(identities);
  if (problem !== undefined) return wrongKey(problem);
  try {
    return textIn(await openWithAge(identities, sealed));
  } catch {
    return notOpened;
  }
}

function openRsa(sealed: string, pem: string): Opened {
  const key = readPrivateKey(pem);
  if ('problem' in key) return key;
  const text = sealed.replace(/\s/g, '');
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(text)) {
    return { problem: 'it is neither Base64 nor an armored age file', blames: 'text' };
  }
  try {
    return textIn(
      privateDecrypt(
        { key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' },
        Buffer.from(text, 'base64'),
      ),
    );
  } catch {
    return notOpened;
  }
}

function readPrivateKey(pem: string): KeyObject | (Opened & { readonly problem: string }) {
  const text = keyLines(pem).join('\n');
  const labels = labelsIn(pem);
  if (labels.length > 1)
    return wrongKey(`it holds ${labels.length} PEM blocks, and only one key can be used`);
  if (labels[0] === 'OPENSSH PRIVATE KEY')
    return wrongKey('it is in the form of OpenSSH: "ssh-keygen -p -m PKCS8 -f key" rewrites the file as PEM');
  if (labels[0] === 'ENCRYPTED PRIVATE KEY' || /^Proc-Type: 4,ENCRYPTED/m.test(text))
    return wrongKey('it is protected by a passphrase: "openssl pkey -in key.pem" prints it without');
  if (!labels[0]?.includes('PRIVATE KEY')) return wrongKey('it is not a private key');
  try {
    const key = createPrivateKey(text);
    return key.asymmetricKeyType === 'rsa' ? key : wrongKey('it is not an RSA key that can decrypt');
  } catch {
    return wrongKey('it is damaged, or not an RSA key that can decrypt');
  }
}

function textIn(bytes: Uint8Array): Opened {
  try {
    return { secret: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch {
    return notOpened;
  }
}

const wrongKey = (problem: string) => ({ problem, blames: 'key' }) as const;

const notOpened: Opened = {
  problem: 'it was sealed for another key, or it is damaged',
  blames: 'text',
};
