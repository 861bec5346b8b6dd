import { createPublicKey, generateKeyPairSync, type KeyPairKeyObjectResult } from 'node:crypto';
import { isSameKey, readPublicKey } from '../../../../provider/domo/sealing/public-key';
import { checkKey } from '../../../../provider/domo/sealing/seal';
import { ageKey, rsaKey } from '../../../support/keys';

const rsa = rsaKey();
const pem = ({ publicKey, privateKey }: KeyPairKeyObjectResult) => ({
  publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
});
const base64 = (text: string) => text.replace(/-----.*?-----|\s/g, '');
/** The content of a certificate does not matter: it is known by its label. */
const certificate = rsa.publicKey.replaceAll('PUBLIC KEY', 'CERTIFICATE');

describe('a key that cannot be used is refused, and nothing of it is quoted:', () => {
  const ec = pem(generateKeyPairSync('ec', { namedCurve: 'P-256' }));
  const ed25519 = pem(generateKeyPairSync('ed25519'));
  const pss = pem(generateKeyPairSync('rsa-pss', { modulusLength: 2048 }));
  const weak = rsaKey(1024);
  const cut = rsa.publicKey.split('\n').toSpliced(3, 2).join('\n');
  const identity = `AGE-SECRET-KEY-1${'Q'.repeat(58)}`;
  it.each<[string, string, string]>([
    ['an RSA private key', rsa.privateKey, 'It holds a private key'],
    ['a private key without an end', rsa.privateKey.slice(0, 300), 'It holds a private key'],
    ['a private key behind a public one', rsa.publicKey + rsa.privateKey, 'It holds a private key'],
    ['an EC private key', ec.privateKey, 'It holds a private key'],
    [
      'an encrypted private key',
      rsa.privateKey.replaceAll('PRIVATE', 'ENCRYPTED PRIVATE'),
      'It holds a private key',
    ],
    [
      'a private key of OpenSSH',
      rsa.privateKey.replaceAll('PRIVATE', 'OPENSSH PRIVATE'),
      'It holds a private key',
    ],
    ['an age identity', identity, 'It holds a private key'],
    ['an age identity in small letters', identity.toLowerCase(), 'It holds a private key'],
    ['the file of an age identity', `# public key: age1\n${identity}\n`, 'It holds a private key'],
    ['an RSA key of 1024 bits', weak.publicKey, 'It has 1024 bits'],
    ['an EC key', ec.publicKey, 'Its type is ec'],
    ['an Ed25519 key', ed25519.publicKey, 'Its type is ed25519'],
    ['a key for signatures alone', pss.publicKey, 'Its type is rsa-pss'],
    ['a certificate', certificate, 'It is a certificate'],
    ['two keys', rsa.publicKey + rsa.publicKey, 'It holds 2 PEM blocks'],
    ['a request for a certificate', certificate.replaceAll('CATE', 'CATE REQUEST'), 'It is a PEM block'],
    ['a damaged key', cut, 'damaged or incomplete'],
    ['a key without line breaks', rsa.publicKey.replaceAll('\n', ''), 'damaged or incomplete'],
    ['the Base64 of a key', base64(rsa.publicKey), 'neither in PEM form nor a list of age recipients'],
    ['the Base64 of a private key', base64(rsa.privateKey), 'neither in PEM form'],
    ['a key of OpenSSH', `ssh-rsa ${base64(rsa.publicKey)} someone`, 'in the form of OpenSSH'],
    ['an address', 'https://example.com/keys', 'neither in PEM form'],
    ['a damaged recipient', `age1${'q'.repeat(58)}`, 'Recipient 1 begins with "age1"'],
    ['blanks', ' \n', 'It holds no key'],
    ['a comment', '# none yet', 'It holds no key'],
  ])('%s', async (_, text, reason) => {
    const key = await checkKey(text);
    const problem = key.kind === 'unusable' ? key.problem : '';
    expect(problem).toContain(reason);
    const parts = text.match(/[\w+/]{12,}/g) ?? [];
    expect(parts.filter((part) => problem.includes(part))).toEqual([]);
  });

  it('an exponent that encrypts nothing', () => {
    const { n = '' } = createPublicKey(rsa.publicKey).export({ format: 'jwk' });
    const key = createPublicKey({ key: { kty: 'RSA', n, e: 'AQ' }, format: 'jwk' });
    const read = readPublicKey(key.export({ type: 'spki', format: 'pem' }).toString());
    expect(read).toMatchObject({ kind: 'unusable', problem: expect.stringContaining('exponent is 1') });
  });

  it('the second of two recipients', async () => {
    const { publicKey } = await ageKey();
    const read = readPublicKey(`${publicKey}\n${publicKey.slice(0, -1)}\n`);
    expect(read).toMatchObject({ problem: expect.stringContaining('Recipient 2 begins with "age1"') });
  });

  it('is only told to be public if it is: of anything else an engine may quote the value', () => {
    const isPublic = (text: string) => {
      const key = readPublicKey(text);
      return key.kind === 'unusable' && key.isPublic;
    };
    expect([weak.publicKey, certificate, rsa.publicKey + rsa.publicKey].map(isPublic)).toEqual([
      true,
      true,
      true,
    ]);
    expect([rsa.privateKey, base64(rsa.privateKey), identity].map(isPublic)).toEqual([false, false, false]);
  });
});

describe('the same key', () => {
  const spki = rsa.publicKey;
  const pkcs1 = createPublicKey(spki).export({ type: 'pkcs1', format: 'pem' }).toString();
  it.each([
    ['without the last line break', spki.trimEnd()],
    ['with more of them', `\n${spki}\n\n`],
    ['with the line ends of Windows', spki.replaceAll('\n', '\r\n')],
    ['in the older form', pkcs1],
    ['with a comment before it', `The key of the team\n${spki}`],
  ])('is an RSA key %s', (_, other) => {
    expect(isSameKey(spki, other)).toBe(true);
    expect(readPublicKey(other).kind).toBe('rsa');
  });

  it('is not another RSA key, nor one that cannot be read', () => {
    expect(isSameKey(spki, rsaKey().publicKey)).toBe(false);
    expect(isSameKey(spki, spki.replace('MII', 'MIJ'))).toBe(false);
    expect(isSameKey(spki, 'age1')).toBe(false);
  });

  it('is a set of recipients', async () => {
    const [a, b] = [(await ageKey()).publicKey, (await ageKey()).publicKey];
    for (const other of [`${b}\n${a}`, `# ours\r\n${a}\r\n\r\n${b}\r\n`, `${a}\n${b}\n${a}`])
      expect(isSameKey(`${a}\n${b}`, other)).toBe(true);
    for (const other of [a, b, `${a}\n${(await ageKey()).publicKey}`, ''])
      expect(isSameKey(`${a}\n${b}`, other)).toBe(false);
  });
});
