import { remembered } from './remembered';

const fromHex = (digits: string) => String.fromCodePoint(Number.parseInt(digits, 16));

/** HTML's names, each followed by its character, for the characters on keyboards. */
const entities = new Map(
  [
    'excl! quot" num# dollar$ percnt% amp& apos\' lpar( rpar) ast* plus+ comma, hyphen- dash- period. sol/ colon: semi;',
    'lt< equals= gt> quest? commat@ lsqb[ lbrack[ bsol\\ rsqb] rbrack] hat^ lowbar_ grave` lcub{ lbrace{ verbar| vert|',
    'rcub} rbrace} hellip… szligß aeligæ oeligœ oslashø ethð thornþ nbsp\n tab\n newline\n shy\n zwnj\n zwj\n',
  ]
    .join(' ')
    .split(' ')
    .map((entry) => [entry.slice(0, -1), entry.slice(-1)] as const),
);
const letter = '[a-z](?:acute|grave|circ|uml|tilde|cedil|ring|caron)';

/** All bytes of one character in UTF-8, each after this prefix. */
function bytes(prefix: string): RegExp {
  const more = (count: number) => `(?:${prefix}[89ab][\\da-f]){${count}}`;
  const first = (digits: string) => `${prefix}${digits}`;
  return new RegExp(
    `${first('[0-7][\\da-f]')}|${first('[cd][\\da-f]')}${more(1)}|${first('e[\\da-f]')}${more(2)}|${first('f[0-7]')}${more(3)}`,
  );
}

/** An escape in a URL (all bytes of one character at once), in JSON or JavaScript, or in HTML. */
export const escapes = new RegExp(
  [
    /%u[\da-f]{4}/, // what JavaScript's own escape() writes
    bytes('%'),
    bytes('\\\\x'),
    // In all others, such as \" and \/, the character after the backslash is itself.
    /\\(?:u[\da-f]{4}|u\{[\da-f]{1,5}\}|x[\da-f]{2}|[\\bfnrtv])/,
    /&#x0*[\da-f]{1,5};|&#0*\d{1,6};/,
    new RegExp(`&(?=[a-z]{2,9};)(?:${[...entities.keys()].join('|')}|${letter});`),
  ]
    .map(({ source }) => source)
    .join('|'),
  'gi',
);

/**
 * What may be an escape, or a part of one that something divides: a byte in Latin-1, a number without its end, and
 * quoted-printable, whose sign is everywhere.
 */
export const doubtfulEscapes = new RegExp(
  [/%[89a-f][\da-f]|&#x0*[\da-f]{1,5}|&#0*\d{1,6}/, bytes('='), /=[89a-f][\da-f]/]
    .map(({ source }) => source)
    .join('|'),
  'gi',
);

/** Where quoted-printable breaks a line, which can be between the bytes of one character. */
export const softBreaks = /=[^!-~]{0,8}[\r\n]/g;

/** What an escape means. */
export const meaning = remembered((escaped) => {
  const digits = /^(?:\\u\{?|%u|&#x)([\da-f]+)|^(?:[%=]|\\x)([\da-f]{2})$/i.exec(escaped);
  if (digits) return fromHex(digits[1] ?? digits[2] ?? '');
  if (/^(?:[%=]|\\x)/i.test(escaped)) return Buffer.from(escaped.replace(/[^\da-f]/gi, ''), 'hex').toString();
  if (escaped.startsWith('\\')) return escaped === '\\\\' ? '\\' : '\n';
  const name = escaped.replace(/^&#?|;$/g, '').toLowerCase();
  return escaped.startsWith('&#')
    ? String.fromCodePoint(Number(name))
    : (entities.get(name) ?? name.slice(0, 1));
});
