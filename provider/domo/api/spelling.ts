import { composed } from './composed';
import { jsonValueKey } from './json-text';

/**
 * Domo keeps names and descriptions in a form of its own, and documents none of it: blanks at the ends may go, runs of
 * blanks and line breaks may become one, `&` may be shown escaped, long texts may be cut, and characters that a
 * database does not hold may become `?`. An API client cannot be edited, so such a difference is no change.
 */

/** Whether two texts are one text for everybody: the same characters, or two spellings of one JSON value. */
export function sameText(a: string, b: string): boolean {
  if (a === b || composed(a) === composed(b)) return true;
  const key = jsonValueKey(a);
  return key !== undefined && key === jsonValueKey(b);
}

/** Whether Domo may show the text `given` as `shown`. */
export function maybeShownAs(given: string, shown: string): boolean {
  if (sameText(given, shown)) return true;
  const [long, short] = [plainForm(given), plainForm(shown)];
  if (long === short) return true;
  const lossy = lossyForm(shown);
  const whole = lossy === undefined ? long : withMarks(long);
  const cut = cutForm(shown);
  if (whole === lossy || (cut !== undefined && whole.startsWith(cut))) return true;
  return withoutLongCharacters(given).includes(short);
}

/**
 * Whether a text that is shown may be a given one of which more has been changed: other scripts or HTML tags left out,
 * accents taken off, blanks and punctuation replaced. That proves nothing; it is only a reason to ask a person.
 */
export function maybeMangled(given: string, shown: string): boolean {
  if (maybeShownAs(given, shown)) return true;
  const forms = skeletons(given);
  return skeletons(shown).some((form) => form !== '' && forms.includes(form));
}

/** The ASCII letters and digits of a text, with those under accents and without, and without what is between brackets. */
function skeletons(text: string): readonly string[] {
  const plain = plainForm(text).toLowerCase();
  const variants = [plain, plain.replace(/<[^<>]*>/g, '')];
  // More characters would take longer to decompose than they are worth.
  const decomposed = variants.map((each) => each.slice(0, 4096).normalize('NFKD').replace(/\p{M}/gu, ''));
  return [...variants, ...decomposed].map((each) => each.replace(/[^a-z0-9]/g, ''));
}

/** Whether either may be how Domo shows the other. */
export function maybeSameText(a: string, b: string): boolean {
  return maybeShownAs(a, b) || maybeShownAs(b, a);
}

const longCharacter = /[\u{10000}-\u{10ffff}]/u;

/**
 * The plain forms that a text has in databases that do not hold characters of four bytes, such as emojis: they leave them
 * out, or cut the text at the first. None if the text has no such character.
 */
export function withoutLongCharacters(given: string): readonly string[] {
  if (!longCharacter.test(given)) return [];
  const [start = ''] = given.split(longCharacter, 1);
  const rest = given.replace(/[\u{10000}-\u{10ffff}]|\ufe0f/gu, '');
  return [rest, start].map(plainForm).filter((form) => form !== '');
}

/**
 * The form in which all respellings that lose nothing but blanks look the same. Two texts of different forms can still
 * be one: see {@link maybeShownAs}.
 */
export function plainForm(text: string): string {
  if (!notPlain.test(text)) return text;
  // Twice: what is escaped may be escaped again on its way.
  return composed(withoutEntities(withoutEntities(composed(text))))
    .replace(/\s+/g, ' ')
    .replace(/\p{C}/gu, '')
    .trim();
}

/** Most names are visible ASCII without `&`, and single blanks between words: with many names the difference shows. */
const notPlain = /[^ -%'-~]|^ | $| {2}/;

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
};

function withoutEntities(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,4}));/gi, (all, decimal, hex, name) => {
    if (name !== undefined) return entities[name.toLowerCase()] ?? all;
    const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
    return code <= 0x10ffff ? String.fromCodePoint(code) : all;
  });
}

/** What databases write in place of a character that they do not hold. */
const lost = /[?\uFFFD]/;

/** A plain form in which each run of characters that can have been lost is one mark. */
export function withMarks(plain: string): string {
  return plain.replace(/[^\0-\x7f]+/g, '?').replace(/\?+/g, '?');
}

/** Whether characters of this plain form can have been lost. */
export function isLossy(plain: string): boolean {
  return lost.test(plain);
}

/** The plain form of a text whose lost characters are marked, as {@link withMarks} has it; undefined for any other. */
export function lossyForm(shown: string): string | undefined {
  const plain = plainForm(shown);
  return isLossy(plain) ? withMarks(plain) : undefined;
}

/**
 * What the plain form of the whole text begins with, if the one that is shown can be a cut of it: with marks, if the
 * one that is shown has any.
 */
export function cutForm(shown: string): string | undefined {
  if (!hasUsualLength(shown) && !endsInEllipsis.test(shown)) return undefined;
  // An escaped character can have been cut in two.
  const start = plainForm(shown)
    .replace(/(?:\u2026|\.{3}|&[#\w]{0,7})$/, '')
    .trimEnd();
  const form = isLossy(start) ? withMarks(start) : start;
  return form.length >= 24 ? form : undefined;
}

/** Whether its length is a typical limit of a database column, in UTF-16 units, characters or bytes. */
function hasUsualLength(shown: string): boolean {
  if (shown.length < 24) return false;
  const lengths = [shown.length, [...shown].length, Buffer.byteLength(shown)];
  // A blank at the cut may be gone.
  return lengths.some((length) => isUsualLimit(length) || isUsualLimit(length + 1));
}

const endsInEllipsis = /(?:\u2026|\.{3})\s*$/;

const isUsualLimit = (length: number) =>
  length >= 30 &&
  (length % 20 === 0 ||
    length % 50 === 0 ||
    length === 30 ||
    isPowerOfTwo(length) ||
    isPowerOfTwo(length + 1));

const isPowerOfTwo = (n: number) => (n & (n - 1)) === 0;
