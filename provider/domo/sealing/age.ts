/** Keys and encrypted texts in the form of age (age-encryption.org). */
import { keyLines } from './key-lines';

/** Loaded when a secret is sealed or opened with age: most processes need neither. */
const load = () => require('age-encryption') as typeof import('age-encryption');

export const beginOfAge = '-----BEGIN AGE ENCRYPTED FILE-----';

/** The recipients in a text, one on each line. */
export const recipientsIn = keyLines;

/** Why these are not recipients that one text can be encrypted for, without quoting them; undefined if they are. */
export function recipientsProblem(recipients: readonly string[]): string | undefined {
  const { Encrypter } = load();
  if (recipients.length === 0) return 'It holds no key';
  for (const [index, recipient] of recipients.entries()) {
    try {
      new Encrypter().addRecipient(recipient);
    } catch {
      if (!recipient.startsWith('age1')) return 'It is neither in PEM form nor a list of age recipients';
      // The name of a plugin ends with a 1, which is no character of a key, and a prefix has at most 83 (BIP 173). Without
      // an end, V8 would match with a stack once a process holds much code.
      return /^age1[a-z0-9.+-]{1,79}1/.test(recipient)
        ? `Recipient ${index + 1} is damaged or incomplete, or belongs to an age plugin, and plugins are not supported`
        : `Recipient ${index + 1} begins with "age1", but is damaged or incomplete`;
    }
  }
  return undefined;
}

/** Encrypts a text for each of the recipients, armored. */
export async function sealWithAge(recipients: readonly string[], text: string): Promise<string> {
  const { Encrypter, armor } = load();
  const encrypter = new Encrypter();
  for (const recipient of recipients) encrypter.addRecipient(recipient);
  return armor.encode(await encrypter.encrypt(text));
}

/** Bech32 means the same in upper and lower case, and the package takes only one. */
const identitiesIn = (identities: string) => keyLines(identities).map((line) => line.toUpperCase());

/** Why these are not identities, without quoting them; undefined if they are. */
export function identitiesProblem(identities: string): string | undefined {
  const { Decrypter } = load();
  const all = identitiesIn(identities);
  if (all.length === 0) return 'it has no identity: every line of it is blank or a comment';
  for (const [index, identity] of all.entries()) {
    try {
      new Decrypter().addIdentity(identity);
    } catch {
      return `its identity ${index + 1} is not an age identity, or is damaged or incomplete`;
    }
  }
  return undefined;
}

/** Decrypts an armored text with the identities in `identities`, one on each line. Rejects if none of them opens it. */
export async function openWithAge(identities: string, armored: string): Promise<Uint8Array> {
  const { Decrypter, armor } = load();
  const decrypter = new Decrypter();
  for (const identity of identitiesIn(identities)) decrypter.addIdentity(identity);
  return decrypter.decrypt(armor.decode(keyLines(armored).join('\n')));
}
