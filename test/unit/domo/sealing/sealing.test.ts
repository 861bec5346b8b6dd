import { execFileSync, spawnSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateHybridIdentity, identityToRecipient } from 'age-encryption';
import { open } from '../../../../provider/domo/sealing/open';
import { checkKey, longestSecret, seal } from '../../../../provider/domo/sealing/seal';
import { createRedaction } from '../../../../provider/redaction/redact';
import { ageKey, type KeyPair, openWithOpenssl, rsaKey } from '../../../support/keys';
import { skipped } from '../../../support/skipped';
import { removeTempFolders, tempFolder } from '../../../support/temp';

afterAll(removeTempFolders);

const secret = `fake-secret-${'0123abcd'.repeat(8)}`;
const rsa = rsaKey();
const pss = generateKeyPairSync('rsa-pss', { modulusLength: 2048 })
  .privateKey.export({ type: 'pkcs8', format: 'pem' })
  .toString();

async function sealed(publicKey: string, text = secret): Promise<string> {
  const key = await checkKey(publicKey);
  if (key.kind === 'unusable') throw new Error(key.problem);
  return seal(key, text);
}

describe('what was sealed is opened', () => {
  it.each([2048, 3072, 4096])('with an RSA key of %i bits', async (bits) => {
    const { publicKey, privateKey } = rsaKey(bits);
    expect(await open(await sealed(publicKey), privateKey)).toEqual({ secret });
  });

  it('as one line of Base64 that openssl opens', async () => {
    const text = await sealed(rsa.publicKey);
    expect(text).toMatch(/^[A-Za-z0-9+/]{342}==$/);
    expect(openWithOpenssl(text, rsa.privateKey)).toBe(secret);
  });

  it('with each of several age identities, as an armored file', async () => {
    const [a, b, other] = [await ageKey(), await ageKey(), await ageKey()];
    const text = await sealed(`${a.publicKey}\n# the second\n${b.publicKey}\n`);
    expect(text).toMatch(
      /^-----BEGIN AGE ENCRYPTED FILE-----\n(.{1,64}\n)+-----END AGE ENCRYPTED FILE-----\n?$/,
    );
    for (const { privateKey } of [a, b]) expect(await open(text, privateKey)).toEqual({ secret });
    expect(await open(text, `# two\n${other.privateKey}\n${b.privateKey}\n`)).toEqual({ secret });
  });

  it('with an age key that a quantum computer does not break', async () => {
    const privateKey = await generateHybridIdentity();
    const publicKey = await identityToRecipient(privateKey);
    expect(await open(await sealed(publicKey), privateKey)).toEqual({ secret });
  });

  it('with a private key that a heredoc has indented, or that has comments, as the public key may', async () => {
    const indented = (text: string) => `\n${text.replace(/^/gm, '    ').replaceAll('\n', '\r\n')}\n`;
    const text = await sealed(indented(rsa.publicKey));
    for (const key of [indented(rsa.privateKey), `# mine\n${rsa.privateKey}`])
      expect(await open(indented(text), key)).toEqual({ secret });
    const { publicKey, privateKey } = await ageKey();
    const file = await sealed(indented(publicKey));
    expect(await open(indented(file), indented(`# mine\n${privateKey}`))).toEqual({ secret });
  });

  it('with an age identity in lower case', async () => {
    const { publicKey, privateKey } = await ageKey();
    expect(await open(await sealed(publicKey), privateKey.toLowerCase())).toEqual({ secret });
    const hybrid = await generateHybridIdentity();
    const file = await sealed(await identityToRecipient(hybrid));
    expect(await open(file, hybrid.toLowerCase())).toEqual({ secret });
  });

  it('whatever it is: empty, in other scripts, or as long as a secret may be', async () => {
    const { publicKey, privateKey } = await ageKey();
    for (const text of ['', 'Schlüssel 鍵 🔑', '\ufeffmark', 'x'.repeat(longestSecret)]) {
      expect(await open(await sealed(rsa.publicKey, text), rsa.privateKey)).toEqual({ secret: text });
      expect(await open(await sealed(publicKey, text), privateKey)).toEqual({ secret: text });
    }
  });

  it('by age itself, if it is installed', async () => {
    if (spawnSync('age', ['--version']).error) return skipped('opening by age', 'it is not installed');
    const { publicKey, privateKey } = await ageKey();
    const folder = tempFolder('age');
    const [key, file] = [join(folder, 'key.txt'), join(folder, 'sealed.age')];
    writeFileSync(key, `${privateKey}\n`);
    writeFileSync(file, await sealed(publicKey));
    expect(execFileSync('age', ['-d', '-i', key, file], { encoding: 'utf8' })).toBe(secret);
  });
});

it('two seals of one secret share nothing', async () => {
  expect(await sealed(rsa.publicKey)).not.toBe(await sealed(rsa.publicKey));
});

it('a secret that is too long for a key is refused, and not quoted', async () => {
  const long = secret.repeat(8);
  const refusal = await sealed(rsa.publicKey, long).catch((error: Error) => error);
  expect(String(refusal)).toMatch(/too large/);
  expect(String(refusal)).not.toContain('fake-secret');
});

describe('what cannot be opened says why, and tells nothing of the text or the key:', () => {
  let age: KeyPair;
  let byRsa: string;
  let byAge: string;
  beforeAll(async () => {
    age = await ageKey();
    byRsa = await sealed(rsa.publicKey);
    byAge = await sealed(age.publicKey);
  });
  const another = 'it was sealed for another key, or it is damaged';
  it.each<[string, () => [string, string] | Promise<[string, string]>, string]>([
    ['another RSA key', () => [byRsa, rsaKey().privateKey], another],
    ['another age identity', async () => [byAge, (await ageKey()).privateKey], another],
    [
      'a text that has changed',
      () => [byRsa.replace(/^./, (c) => (c === 'A' ? 'B' : 'A')), rsa.privateKey],
      another,
    ],
    ['a text that was cut off', () => [byRsa.slice(0, 200), rsa.privateKey], another],
    ['an age file that was cut off', () => [byAge.slice(0, 200), age.privateKey], another],
    [
      'an age file that has changed',
      () => [byAge.replace(/.(?==*\n-----END)/, '/'), age.privateKey],
      another,
    ],
    ['an age text and an RSA key', () => [byAge, rsa.privateKey], 'sealed for age recipients'],
    ['an RSA text and an identity', () => [byRsa, age.privateKey], 'not sealed for age recipients'],
    ['no sealed text', () => ['what is this?', rsa.privateKey], 'neither Base64 nor'],
    ['an empty text', () => ['', rsa.privateKey], 'neither Base64 nor'],
    ['a public key', () => [byRsa, rsa.publicKey], 'it is not a private key'],
    [
      'no key',
      () => [byRsa, 'what is this?'],
      'neither an age identity, which begins with AGE-SECRET-KEY-, nor',
    ],
    [
      'a damaged key',
      () => [byRsa, rsa.privateKey.replace(/\n.*\n/, '\n')],
      'not an RSA key that can decrypt',
    ],
    [
      'a key with a passphrase in the older form, indented',
      () => [
        byRsa,
        rsa.privateKey.replace('-----\n', '-----\n  Proc-Type: 4,ENCRYPTED\n  DEK-Info: AES-128-CBC,00\n\n'),
      ],
      'protected by a passphrase',
    ],
    ['a key for signatures alone', () => [byRsa, pss], 'not an RSA key that can decrypt'],
    ['two keys', () => [byRsa, rsa.privateKey + rsa.privateKey], 'it holds 2 PEM blocks'],
    ['an identity that is commented out', () => [byAge, `# ${age.privateKey}`], 'it has no identity'],
    ['a damaged identity', () => [byAge, `AGE-SECRET-KEY-1${'Q'.repeat(58)}`], 'its identity 1 is not'],
    [
      'an identity and an RSA key',
      () => [byAge, `${age.privateKey}\n${rsa.privateKey}`],
      'its identity 2 is not',
    ],
    [
      'a key with a passphrase',
      () => [byRsa, rsa.privateKey.replaceAll('PRIVATE', 'ENCRYPTED PRIVATE')],
      'protected by a passphrase',
    ],
  ])('%s', async (_, make, reason) => {
    const [text, key] = await make();
    const opened = await open(text, key);
    expect(opened).toMatchObject({ problem: expect.stringContaining(reason) });
    const told = JSON.stringify(opened);
    const parts = `${text}\n${key}`.match(/[\w+/]{16,}/g) ?? [];
    expect(parts.filter((part) => told.includes(part))).toEqual([]);
    // What is said must not look like the beginning of a key: that would be taken out.
    const { hide, redact } = createRedaction();
    for (const hidden of [key, age.privateKey, rsa.privateKey]) hide(hidden);
    const sentence = `"private_key" cannot be used: ${(opened as { problem: string }).problem}.`;
    expect(redact(sentence)).toBe(sentence);
  });
});
