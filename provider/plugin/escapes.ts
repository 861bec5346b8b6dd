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

/** An escape in a URL (all bytes of one character at once), in JSON or JavaScript, or in HTML. */
export const escapes = new RegExp(
  [
    /%u[\da-f]{4}/, // what JavaScript's own escape() writes
    /%[0-7][\da-f]|%[cd][\da-f]%[89ab][\da-f]|%e[\da-f](?:%[89ab][\da-f]){2}|%f[0-7](?:%[89ab][\da-f]){3}/,
    // In all others, such as \" and \/, the character after the backslash is itself.
    /\\(?:u[\da-f]{4}|u\{[\da-f]{1,5}\}|x[\da-f]{2}|[\\bfnrtv])/,
    /&#x0*[\da-f]{1,5};|&#0*\d{1,6};/,
    new RegExp(`&(?=[a-z]{2,9};)(?:${[...entities.keys()].join('|')}|${letter});`),
  ]
    .map(({ source }) => source)
    .join('|'),
  'gi',
);

/** What may be an escape, or a part of one that something divides: a byte in Latin-1, a number without its end. */
export const doubtfulEscapes = /%[89a-f][\da-f]|&#x0*[\da-f]{1,5}|&#0*\d{1,6}/gi;

/** What an escape means. */
export const meaning = remembered((escaped) => {
  const digits = /^(?:\\[ux]\{?|%u|&#x)([\da-f]+)|^%([\da-f]{2})$/i.exec(escaped);
  if (digits) return fromHex(digits[1] ?? digits[2] ?? '');
  if (escaped.startsWith('%')) return Buffer.from(escaped.replaceAll('%', ''), 'hex').toString();
  if (escaped.startsWith('\\')) return escaped === '\\\\' ? '\\' : '\n';
  const name = escaped.replace(/^&#?|;$/g, '').toLowerCase();
  return escaped.startsWith('&#')
    ? String.fromCodePoint(Number(name))
    : (entities.get(name) ?? name.slice(0, 1));
});
