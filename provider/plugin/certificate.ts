import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';

/** A certificate and its key, in the forms that TLS and the handshake line need. */
export interface Certificate {
  readonly der: Buffer;
  /** PEM */
  readonly certificate: string;
  /** PEM, PKCS #8 */
  readonly privateKey: string;
}

/** One element of DER (ITU-T X.690): tag, length in its shortest form, content. */
function element(tag: number, ...content: readonly Buffer[]): Buffer {
  const body = Buffer.concat(content);
  const size = body.length;
  const length = size < 0x80 ? [size] : size < 0x100 ? [0x81, size] : [0x82, size >> 8, size & 0xff];
  return Buffer.concat([Buffer.from([tag, ...length]), body]);
}

const sequence = (...content: readonly Buffer[]) => element(0x30, ...content);
const integer = (bytes: Buffer) => element(0x02, bytes);
const octets = (...content: readonly Buffer[]) => element(0x04, ...content);
const bits = (unused: number, content: Buffer) => element(0x03, Buffer.from([unused]), content);
const objectId = (hex: string) => element(0x06, Buffer.from(hex, 'hex'));
const yes = element(0x01, Buffer.from([0xff]));

/** RFC 5280, 4.1.2.5: UTCTime up to 2049, GeneralizedTime from 2050. */
function time(milliseconds: number): Buffer {
  const text = new Date(milliseconds).toISOString().replace(/[-:T]|\.\d+/g, '');
  return text < '2050' ? element(0x17, Buffer.from(text.slice(2))) : element(0x18, Buffer.from(text));
}

const ecdsaWithSha256 = sequence(objectId('2a8648ce3d040302'));
const localhost = sequence(
  element(0x31, sequence(objectId('550403'), element(0x0c, Buffer.from('localhost')))),
);
const serverAuth = objectId('2b06010505070301');
const clientAuth = objectId('2b06010505070302');

// The client trusts our certificate as its only root and expects the name localhost.
const extensions = sequence(
  sequence(objectId('551d13'), yes, octets(sequence(yes))), // basic constraints: a CA
  sequence(objectId('551d0f'), yes, octets(bits(2, Buffer.from([0x84])))), // digitalSignature, keyCertSign
  sequence(objectId('551d25'), octets(sequence(serverAuth, clientAuth))),
  sequence(objectId('551d11'), octets(sequence(element(0x82, Buffer.from('localhost'))))), // a DNS name
);

/** RFC 7468: base64 in lines of 64 characters. */
function pem(der: Buffer): string {
  const lines = der.toString('base64').replace(/.{1,64}/g, '$&\n');
  return `-----BEGIN CERTIFICATE-----\n${lines}-----END CERTIFICATE-----\n`;
}

const seconds = 1000;
const hours = 3600 * seconds;

/**
 * A fresh self-signed certificate for `localhost`, like those that go-plugin makes: valid from 30 seconds ago
 * (clocks differ) for 30 years. Written by hand, because loading a certificate library takes longer than the
 * rest of a start.
 */
export function createCertificate(curve: 'P-256' | 'P-521' = 'P-256'): Certificate {
  const keys = generateKeyPairSync('ec', { namedCurve: curve });
  const serial = randomBytes(16);
  serial[0] = ((serial[0] ?? 0) & 0x3f) | 0x40; // positive, and no leading zero byte

  const now = Date.now();
  const content = sequence(
    element(0xa0, integer(Buffer.from([2]))), // version 3
    integer(serial),
    ecdsaWithSha256,
    localhost,
    sequence(time(now - 30 * seconds), time(now + 262_980 * hours)),
    localhost,
    keys.publicKey.export({ type: 'spki', format: 'der' }),
    element(0xa3, extensions),
  );
  const signature = sign('sha256', content, keys.privateKey);
  const der = sequence(content, ecdsaWithSha256, bits(0, signature));
  return {
    der,
    certificate: pem(der),
    privateKey: keys.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}
