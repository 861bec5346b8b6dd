import { bisect } from './bisect';
import { compare, comparedCode } from './compared';
import { spellings } from './spellings';

/** Takes hidden values out of texts. */
export interface Redaction {
  /** From now on this value is taken out. One with fewer than 4 visible characters is too common for that. */
  hide(secret: string): void;
  /**
   * The text with `(redacted)` in place of every hidden value, however that is written: escaped, respelled, divided,
   * in Base64 or hex, or cut off at the end or before an ellipsis. A find for which `isSpared` is true is kept.
   */
  redact(text: string, isSpared?: ((found: string) => boolean) | undefined): string;
}

const shortestForm = 4;
/** Of a form that is cut off, and of one in Base64 or hex. */
const shortestPart = 6;
/** What may still follow on a form that is cut off: a quotation mark, or half an escape. */
const longestRest = 6;
const ellipsis = '...';

/** The forms of hidden values that begin with the same four characters. */
interface Bucket {
  /** In order. */
  readonly forms: string[];
  /** Each length once. */
  readonly lengths: number[];
  longest: number;
}

const keys = 1 << 20;
/** A number for the last four characters: each one pushes an older one out. */
const nextKey = (key: number, code: number) => ((key << 5) ^ code) & (keys - 1);

export function createRedaction(): Redaction {
  const hidden = new Set<string>();
  const forms = new Set<string>();
  const buckets = new Map<number, Bucket>();
  // One bit for each key that has a bucket: nearly every place of nearly every text has none.
  const begins = new Int32Array(keys / 32);

  function hide(secret: string): void {
    if (hidden.has(secret)) return;
    hidden.add(secret);
    for (const form of formsOf(secret)) if (!forms.has(form)) add(form);
  }

  function add(form: string): void {
    const key = keyOf(form);
    const bucket = buckets.get(key) ?? { forms: [], lengths: [], longest: 0 };
    const place = bisect(bucket.forms.length, (index) => (bucket.forms[index] as string) < form);
    bucket.forms.splice(place, 0, form);
    if (!bucket.lengths.includes(form.length)) bucket.lengths.push(form.length);
    bucket.longest = Math.max(bucket.longest, form.length);
    forms.add(form);
    buckets.set(key, bucket);
    begins[key >> 5] = (begins[key >> 5] as number) | (1 << (key & 31));
  }

  /** Reports each part of the text that is a form, whole or cut off. */
  function search(text: string, report: (start: number, end: number) => void): void {
    const candidates = findBeginnings(text);
    if (candidates.length === 0) return;
    const { characters, places } = compare(text);
    let cut = -1;
    for (const end of candidates) {
      const start = end - shortestForm;
      if (cut < start) cut = characters.indexOf(ellipsis, start);
      if (cut < 0) cut = characters.length;
      const bucket = buckets.get(keyOf(characters, start)) as Bucket;
      let length =
        cut - start > bucket.longest + longestRest ? 0 : lengthOfPart(characters.slice(start, cut), bucket);
      for (const each of bucket.lengths) {
        const form = characters.slice(start, start + each);
        if (each > length && forms.has(form)) length = form.length;
      }
      if (length > 0) report(places[start] as number, (places[start + length - 1] as number) + 1);
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
      if (((begins[key >> 5] as number) & (1 << (key & 31))) !== 0 && count >= shortestForm)
        found.push(count);
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

function keyOf(text: string, place = 0): number {
  let key = 0;
  for (let i = 0; i < shortestForm; i++) key = nextKey(key, text.charCodeAt(place + i));
  return key;
}

/** How much of a form this text has before it is cut off; 0 if it is not part of the form. */
function lengthOfPart(text: string, { forms }: Bucket): number {
  // Of all forms, one of the two neighbours has the most in common with it.
  const next = bisect(forms.length, (index) => (forms[index] as string) < text);
  const length = Math.max(inCommon(forms[next - 1], text), inCommon(forms[next], text));
  return length >= shortestPart && text.length - length <= longestRest ? length : 0;
}

function inCommon(form = '', text: string): number {
  let length = 0;
  while (length < form.length && form[length] === text[length]) length++;
  return length;
}

/** Everything that is searched for on account of one hidden value. */
function formsOf(secret: string): Set<string> {
  const blanksReplaced = /\s/.test(secret)
    ? ['_', '-', '.'].flatMap((other) => [secret.replace(/\s/g, other), secret.replace(/\s+/g, other)])
    : [];
  const written = [secret, ...blanksReplaced].flatMap((each) => [...spellings(each)].map(({ text }) => text));
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
