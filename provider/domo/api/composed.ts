/**
 * More marks on one character than any script has: to sort them takes time that grows with the square of their number.
 * The lookbehind lets each run be tried once.
 */
const tooManyMarks = /(?<!\p{M})\p{M}{100}/u;

/**
 * The text in the one form of several that Unicode has for it (NFC). One that
 * has a hundred marks in a row is returned as it is.
 */
export function composed(text: string): string {
  return tooManyMarks.test(text) ? text : text.normalize('NFC');
}
