/** Everything that an editor shows as a line break, so that nothing hides at the end of a comment. */
const lineBreak = /\r\n|[\n\v\f\r\u0085\u2028\u2029]/;

/** The lines of a key's text that count: trimmed, without blank lines and those that begin with #, as in age's own files. */
export function keyLines(text: string): readonly string[] {
  return text
    .split(lineBreak)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
}
