import { bisect } from './bisect';

/** A form is found by its first four characters. */
export const shortestForm = 4;
/** What may stand between a form that is cut off and the cut: a quotation mark, or half an escape. */
export const longestRest = 6;

/** The forms of hidden values that begin with the same four characters. */
export interface Bucket {
  /** In order. */
  readonly forms: string[];
  /** Each length once. */
  readonly lengths: number[];
  longest: number;
}

const keys = 1 << 20;
/** A number for the last four characters: each one pushes an older one out. */
export const nextKey = (key: number, code: number) => ((key << 5) ^ code) & (keys - 1);

/** The number of the four characters at this place. */
export function keyOf(text: string, place = 0): number {
  let key = 0;
  for (let i = 0; i < shortestForm; i++) key = nextKey(key, text.charCodeAt(place + i));
  return key;
}

/** Forms of hidden values, by the number of their first four characters. */
export function createFormIndex() {
  const buckets = new Map<number, Bucket>();
  // One bit for each key that has a bucket: nearly every place of nearly every text has none.
  const begins = new Int32Array(keys / 32);
  let longest = 0;
  return {
    add(form: string): void {
      const key = keyOf(form);
      const bucket = buckets.get(key) ?? { forms: [], lengths: [], longest: 0 };
      const place = bisect(bucket.forms.length, (index) => (bucket.forms[index] as string) < form);
      bucket.forms.splice(place, 0, form);
      if (!bucket.lengths.includes(form.length)) bucket.lengths.push(form.length);
      bucket.longest = Math.max(bucket.longest, form.length);
      longest = Math.max(longest, form.length);
      buckets.set(key, bucket);
      begins[key >> 5] = (begins[key >> 5] as number) | (1 << (key & 31));
    },
    has: (key: number): boolean => ((begins[key >> 5] as number) & (1 << (key & 31))) !== 0,
    /** Of a key that the index has. */
    bucketOf: (key: number): Bucket => buckets.get(key) as Bucket,
    /** The length of the longest form. */
    longest: (): number => longest,
  };
}

/** How much of a form this text has before it is cut off; 0 if that is too little, or not the end of the text. */
export function lengthOfPart(text: string, { forms }: Bucket, shortest: number): number {
  // Of all forms, one of the two neighbours has the most in common with it.
  const next = bisect(forms.length, (index) => (forms[index] as string) < text);
  const length = Math.max(inCommon(forms[next - 1], text), inCommon(forms[next], text));
  return length >= shortest && text.length - length <= longestRest ? length : 0;
}

function inCommon(form = '', text: string): number {
  let length = 0;
  while (length < form.length && form[length] === text[length]) length++;
  return length;
}
