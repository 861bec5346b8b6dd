/** Keys and encrypted texts in the form of age (age-encryption.org). */

/** Loaded when a secret is sealed or opened with age: most processes need neither. */
const load = () => require('age-encryption') as typeof import('age-encryption');

export const beginOfAge = '-----BEGIN AGE ENCRYPTED FILE-----';

/** The recipients in a text, one on each line. As in age's own files, blank lines and those that begin with # are skipped. */
export function recipientsIn(text: string): readonly string[] {
  return linesOf(text);
}

/** Why these are not recipients that one text can be encrypted for, without quoting them; undefined if they are. */
export function recipientsProblem(recipients: readonly string[]): string | undefined {
  const { Encrypter } = load();
  if (recipients.length === 0) return 'It holds no key';
  for (const [index, recipient] of recipients.entries()) {
    try {
      new Encrypter().addRecipient(recipient);
    } catch {
      return recipient.startsWith('age1')
        ? `Recipient ${index + 1} begins with "age1", but is not an age recipient: it is damaged or incomplete`
        : 'It is neither in PEM form nor a list of age recipients';
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

/** Decrypts an armored text with the identities in `identities`, one on each line. Rejects if none of them opens it. */
export async function openWithAge(identities: string, armored: string): Promise<Uint8Array> {
  const { Decrypter, armor } = load();
  const decrypter = new Decrypter();
  for (const identity of linesOf(identities)) decrypter.addIdentity(identity);
  return decrypter.decrypt(armor.decode(armored));
}

function linesOf(text: string): readonly string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
}
