import { keyLines } from './key-lines';

/** A PEM block, decoded. */
export interface PemBlock {
  readonly label: string;
  readonly content: Buffer;
}

/** The labels of the PEM blocks in a text, in order. */
export function labelsIn(text: string): readonly string[] {
  const counted = keyLines(text).join('\n');
  return [...counted.matchAll(/-----BEGIN ([A-Z0-9 ]{1,64})-----/g)].map(([, label = '']) => label);
}

/** The lines before and after the PEM block of a text that has one. */
export function linesAround(text: string): readonly string[] {
  const around = keyLines(text)
    .join('\n')
    .replace(/-----BEGIN [A-Z0-9 ]+-----[\s\S]*?(-----END [A-Z0-9 ]+-----|$)/, '\n');
  return keyLines(around);
}

/** The PEM block that makes up a text; undefined if it is damaged, or not alone. */
export function onlyBlockIn(text: string): PemBlock | undefined {
  const [, label = '', base64 = '', end] =
    /^-----BEGIN ([A-Z0-9 ]{1,64})-----\n([A-Za-z0-9+/\n]+={0,2})\n-----END ([A-Z0-9 ]{1,64})-----$/.exec(
      keyLines(text).join('\n'),
    ) ?? [];
  return label === '' || label !== end ? undefined : { label, content: Buffer.from(base64, 'base64') };
}

/**
 * Whether something in the text is a private key, or calls itself one: a block or identity, or the numbers of a key, as
 * `openssl pkey -text` and PuTTY print them.
 */
export function hasPrivateKey(text: string): boolean {
  return (
    /-----BEGIN [A-Z0-9 ]*PRIVATE KEY|AGE-SECRET-KEY-|AGE-PLUGIN-/i.test(text) ||
    /private-key:|private-lines:|privateExponent|^\s*priv:/im.test(text)
  );
}
