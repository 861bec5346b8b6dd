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
const asPem = (label: string, der: Buffer) =>
  `-----BEGIN ${label}-----\n${der.toString('base64').replace(/.{64}(?=.)/g, '$&\n')}\n-----END ${label}-----\n`;
const der = (key: string) => Buffer.from(base64(key), 'base64');
/** What `openssl rsa -pubout -text` prints: the numbers of the private key, and then the public key. */
const printed = `Private-Key: (2048 bit, 2 primes)\nmodulus:\n    00:c0:ff:ee\nprivateExponent:\n    00:de:ad:be:ef\n${rsa.publicKey}`;
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
    ['a private key as openssl prints it', printed, 'It holds a private key'],
    ['its numbers alone', `    00:de:ad:be:ef\n${rsa.publicKey}`, 'other text around the PEM block'],
    ['numbers behind the key', `${rsa.publicKey}prime1:\n    00:de:ad`, 'other text around the PEM block'],
    ['text on the line of the key', rsa.publicKey.replace('-----B', 'x -----B'), 'other text around'],
    [
      'an EC private key as openssl prints it',
      `priv:\n    de:ad\n${rsa.publicKey}`,
      'It holds a private key',
    ],
    ['a key of PuTTY', `PuTTY-User-Key-File-3: ssh-rsa\nPrivate-Lines: 14\nAAAA`, 'It holds a private key'],
    ['the identity of a plugin', 'AGE-PLUGIN-YUBIKEY-1QQQQQQ', 'It holds a private key'],
    ['an identity in a comment', `# ${identity}\nage1`, 'It holds a private key'],
    [
      'a private key that is called public',
      rsa.privateKey.replaceAll('PRIVATE', 'PUBLIC'),
      'damaged or incomplete',
    ],
    [
      'a private key behind the bytes of the public one',
      asPem('PUBLIC KEY', Buffer.concat([der(rsa.publicKey), der(rsa.privateKey)])),
      'damaged or incomplete',
    ],
    [
      'a private key that is called something else',
      rsa.privateKey.replaceAll('PRIVATE KEY', 'SOMETHING'),
      'It is a PEM block "SOMETHING"',
    ],
    ['a recipient before a key', `age1${'q'.repeat(58)}\n${rsa.publicKey}`, 'both age recipients and a PEM'],
    ['a recipient behind a key', `${rsa.publicKey}age1${'q'.repeat(58)}`, 'both age recipients and a PEM'],
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
    ['a recipient of a plugin', `age1yubikey1${'q'.repeat(58)}`, 'belongs to an age plugin'],
    ['one of a plugin with the longest name', `age1${'n'.repeat(79)}1qq`, 'belongs to an age plugin'],
    ['what is too long for a name', `age1${'n'.repeat(80)}1qq`, 'Recipient 1 begins with'],
    ['a recipient for SSH', `ssh-ed25519 ${'A'.repeat(68)}`, 'in the form of OpenSSH'],
    ['two recipients on a line', `age1${'q'.repeat(58)} age1${'q'.repeat(58)}`, 'Recipient 1 begins with'],
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
    expect([weak.publicKey, ec.publicKey, ed25519.publicKey].map(isPublic)).toEqual([true, true, true]);
    const maybeSecret = [
      rsa.privateKey,
      base64(rsa.privateKey),
      identity,
      printed,
      `${weak.publicKey}00:de:ad`,
      rsa.privateKey.replaceAll('PRIVATE KEY', 'CERTIFICATE'),
      rsa.privateKey.replaceAll('PRIVATE KEY', 'SOMETHING'),
      `${rsa.publicKey}-----BEGIN SOMETHING-----\n${base64(rsa.privateKey)}`,
      asPem('PUBLIC KEY', Buffer.concat([der(weak.publicKey), der(rsa.privateKey)])),
    ];
    expect(maybeSecret.filter(isPublic)).toEqual([]);
  });

  it('is told apart by its type, even if the runtime cannot read it', () => {
    const unreadable = Buffer.from(der(pss.publicKey)).fill(0, 40);
    const read = readPublicKey(asPem('PUBLIC KEY', unreadable));
    expect(read).toMatchObject({ problem: expect.stringContaining('Its type is rsa-pss'), isPublic: false });
  });

  it('a recipient is never skipped: a line ends however an editor ends it', async () => {
    const [a, b] = [(await ageKey()).publicKey, (await ageKey()).publicKey];
    for (const end of ['\r', '\u2028', '\u0085', '\v'])
      expect(readPublicKey(`${a}\n# the second${end}${b}`)).toMatchObject({ recipients: [a, b] });
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
    ['with comments', `# The key of the team\n${spki}# until 2027\n`],
    ['beside an older one in comments', `${spki}${spki.replace(/^/gm, '# ')}`],
    ['that is indented', spki.replace(/^/gm, '  ')],
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
