/** By the hex of their object identifiers. */
const names: Readonly<Record<string, string>> = {
  '2a864886f70d010101': 'rsa',
  '2a864886f70d01010a': 'rsa-pss',
  '2a8648ce3d0201': 'ec',
  '2a8648ce380401': 'dsa',
  '2b656e': 'x25519',
  '2b656f': 'x448',
  '2b6570': 'ed25519',
  '2b6571': 'ed448',
};

/** Of a length in DER, as hex. */
const length = '(?:[0-7].|81..|82....)';
const header = new RegExp(`^30${length}30${length}06([0-7].)(.*)$`);

/**
 * The algorithm of a public key (SubjectPublicKeyInfo in DER). It is read here because Node.js and Bun know different
 * ones, and fail without saying why. Undefined if these bytes do not begin like such a key.
 */
export function algorithmOf(der: Buffer): string | undefined {
  const [, size = '', rest = ''] = header.exec(der.subarray(0, 64).toString('hex')) ?? [];
  if (size === '') return undefined;
  return names[rest.slice(0, 2 * Number.parseInt(size, 16))] ?? 'not known';
}
