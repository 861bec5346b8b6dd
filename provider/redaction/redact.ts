import { compare, comparedCode } from './compared';
import { createFormIndex, keyOf, lengthOfPart, longestRest, nextKey, shortestForm } from './form-index';
import { spellings } from './spellings';

/** Takes hidden values out of texts. */
export interface Redaction {
  /** From now on this value is taken out. One with fewer than 4 visible characters is too common for that. */
  hide(secret: string): void;
  /**
   * The text with `(redacted)` in place of every hidden value, however that is written: escaped, respelled, divided,
   * in Base64 or hex, or cut off at the end or the beginning of the text, or by an ellipsis. A find for which `isSpared` is true is kept.
   */
  redact(text: string, isSpared?: ((found: string) => boolean) | undefined): string;
}

/** Of a form that is cut off at its end, and of one in Base64 or hex. */
const shortestPart = 6;
/** Of a form that is cut off at its beginning: texts begin with words more often than they end in the middle of one. */
const shortestTail = 8;
/** A value can end with a word, such as the name of what it is for. */
const isWord = (tail: string) => /^[a-z]{0,15}$/.test(tail);
const ellipsis = '...';

export function createRedaction(): Redaction {
  const hidden = new Set<string>();
  const forms = new Set<string>();
  const beginnings = createFormIndex();
  // Each form written backwards, to find one by its end.
  const ends = createFormIndex();

  function hide(secret: string): void {
    if (hidden.has(secret)) return;
    hidden.add(secret);
    for (const form of formsOf(secret)) if (!forms.has(form)) add(form);
  }

  function add(form: string): void {
    forms.add(form);
    beginnings.add(form);
    if (form.length >= shortestTail) ends.add(backwards(form));
  }

  /** Reports each part of the text that is a form, whole or cut off. */
  function search(text: string, report: (start: number, end: number) => void): void {
    const candidates = findBeginnings(text);
    const isWhole = candidates.length > 0 || text.includes(ellipsis);
    // Else only the end of a value can be here, at the beginning of the text.
    const { characters, places } = compare(
      isWhole ? text : text.slice(0, 2 * (ends.longest() + longestRest)),
    );
    searchTails(characters, (start, end) => report(places[start] as number, (places[end - 1] as number) + 1));
    let cut = -1;
    for (const end of candidates) {
      const start = end - shortestForm;
      if (cut < start) cut = characters.indexOf(ellipsis, start);
      if (cut < 0) cut = characters.length;
      const bucket = beginnings.bucketOf(keyOf(characters, start));
      let length =
        cut - start > bucket.longest + longestRest
          ? 0
          : lengthOfPart(characters.slice(start, cut), bucket, shortestPart);
      for (const each of bucket.lengths) {
        const form = characters.slice(start, start + each);
        if (each > length && forms.has(form)) length = form.length;
      }
      if (length > 0) report(places[start] as number, (places[start + length - 1] as number) + 1);
    }
  }

  /** Reports the end of each form that stands at the beginning of the text or after an ellipsis. */
  function searchTails(characters: string, report: (start: number, end: number) => void): void {
    for (let from = 0; from >= 0; ) {
      const next = characters.indexOf(ellipsis, from);
      const until = Math.min(next < 0 ? characters.length : next, from + ends.longest() + longestRest);
      const mirrored = backwards(characters.slice(from, until));
      let key = 0;
      for (let place = 0; place < mirrored.length; place++) {
        key = nextKey(key, mirrored.charCodeAt(place));
        const start = place + 1 - shortestForm;
        if (start < 0 || !ends.has(key)) continue;
        const bucket = ends.bucketOf(key);
        const tail = mirrored.slice(start);
        if (tail.length > bucket.longest + longestRest) continue;
        const length = lengthOfPart(tail, bucket, shortestTail);
        if (length === 0) continue;
        const found = tail.slice(0, length);
        // A whole form is found by its beginning.
        if (!isWord(found) && !forms.has(backwards(found))) report(until - start - length, until - start);
      }
      from = next < 0 ? -1 : next + ellipsis.length;
    }
  }

  /** Where forms can begin: numbers of compared characters up to the end of their first part. */
  function findBeginnings(text: string): readonly number[] {
    const found: number[] = [];
    let [count, key] = [0, 0];
    for (let place = 0; place < text.length; place++) {
      const code = comparedCode(text.charCodeAt(place));
      if (code === 0) continue;
      key = nextKey(key, code);
      count++;
      if (beginnings.has(key) && count >= shortestForm) found.push(count);
    }
    return found;
  }

  function redact(text: string, isSpared: (found: string) => boolean = () => false): string {
    if (hidden.size === 0) return text;
    const parts: [number, number][] = [];
    for (const spelling of spellings(text)) {
      search(spelling.text, (from, to) => {
        const [start, end] = spelling.origin(from, to);
        if (!isSpared(text.slice(start, end))) parts.push([start, end]);
      });
    }
    return parts.length === 0 ? text : without(text, parts);
  }

  return { hide, redact };
}

const backwards = (text: string) => text.split('').reverse().join('');

/** How quotation marks are written within others: in SQL and CSV, and in a shell. Backslashes are not compared. */
const quotings = [
  ["'", "''"],
  ['"', '""'],
  [/['"]/g, '$&$&'],
  ["'", "'''"],
  ["'", `'"'"'`],
] as const;

/** Everything that is searched for on account of one hidden value. */
function formsOf(secret: string): Set<string> {
  const blanksReplaced = /\s/.test(secret)
    ? ['_', '-', '.'].flatMap((other) => [secret.replace(/\s/g, other), secret.replace(/\s+/g, other)])
    : [];
  const quoted = quotings.map(([mark, put]) => secret.replaceAll(mark, put));
  const written = [...new Set([secret, ...blanksReplaced, ...quoted])].flatMap((each) =>
    [...spellings(each)].map(({ text }) => text),
  );
  const bytes = Buffer.from(secret);
  const forms = (texts: readonly string[], shortest: number) =>
    texts.map((text) => compare(text).characters).filter(({ length }) => length >= shortest);
  return new Set([
    ...forms(written, shortestForm),
    ...forms([bytes.toString('hex'), ...inBase64(bytes)], shortestPart),
  ]);
}

/** What every Base64 has in it that holds these bytes, at the three places that they can have in a group. */
function inBase64(bytes: Buffer): string[] {
  return [0, 1, 2].flatMap((before) => {
    const all = Buffer.concat([Buffer.alloc(before), bytes]);
    const sure = all.toString('base64').slice(Math.ceil((before * 8) / 6), Math.floor((all.length * 8) / 6));
    return [sure, sure.replaceAll('+', '-').replaceAll('/', '_')];
  });
}

/** The text with `(redacted)` in place of these parts, which may overlap. */
function without(text: string, parts: readonly (readonly [start: number, end: number])[]): string {
  let clean = '';
  let read = 0;
  for (const [start, end] of parts.toSorted(([a], [b]) => a - b)) {
    if (start >= read) clean += `${text.slice(read, start)}(redacted)`;
    read = Math.max(read, end);
  }
  return clean + text.slice(read);
}
