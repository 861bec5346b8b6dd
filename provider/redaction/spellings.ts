import { bisect } from './bisect';
import { doubtfulEscapes, escapes, meaning, softBreaks } from './escapes';
import { remembered } from './remembered';

/** One reading of a text. `origin` maps a part of the reading to its part of the original. */
export interface Spelling {
  readonly text: string;
  origin(start: number, end: number): readonly [start: number, end: number];
}

/** How many times over a text may be escaped, such as a URL in JSON in a log line in JSON. */
const deepest = 6;

/** Every reading of a text: as it is, and with its escapes undone, once and again. All are {@link fold | folded}. */
export function* spellings(text: string): Generator<Spelling> {
  const asIs: Spelling = { text, origin: (start, end) => [start, end] };
  // Most texts have nothing to undo or to fold.
  if (/[%&\\]|=[\da-f]{2}|(?:[\da-f]{2}[:-]){5}|[^\x20-\x7e]/i.test(text)) yield* readings(asIs, deepest);
  else yield asIs;
}

function* readings(written: Spelling, depth: number): Generator<Spelling> {
  const folded = fold(written);
  yield folded;
  const joined = joinHex(folded);
  if (joined !== folded) yield joined;
  if (depth === 0) return;
  const inner = undo(written);
  if (inner !== written) yield* readings(inner, depth - 1);
  // A line break or an invisible character in the middle of an escape; or between `%` and a word, which is none.
  if (!/[%&\\=][#\da-z]{0,8} {0,8}[^\x20-\x7e]/i.test(written.text)) return;
  const mended = undo(folded);
  if (mended !== folded) yield* readings(mended, depth - 1);
}

/** Undoes the outermost layer of escapes. */
function undo(spelling: Spelling): Spelling {
  const certain = rewrite(spelling, escapes, meaning);
  if (certain !== spelling) return certain;
  const unbroken = rewrite(spelling, softBreaks, () => '');
  return unbroken === spelling ? rewrite(spelling, doubtfulEscapes, meaning) : unbroken;
}

/**
 * Decomposes all but printable ASCII, without case, without accents, and without what is invisible or blank. Around a line
 * break, spaces go with it: they may stand in the middle of an escape.
 */
function fold(spelling: Spelling): Spelling {
  return rewrite(spelling, /[\s\p{C}]{0,16}[\r\n][\s\p{C}]{0,64}|[^\x20-\x7e]/gu, foldCharacter);
}

/** Bytes in hex without what separates them, as in fingerprints. */
function joinHex(spelling: Spelling): Spelling {
  if (!/(?:[\da-f]{2}[:-]){5}/i.test(spelling.text)) return spelling;
  return rewrite(spelling, /(?<=[\da-f]{2})[:-](?=[\da-f]{2})/gi, () => '');
}

const foldCharacter = remembered((character) =>
  character
    .normalize('NFKD')
    // Three times: ẞ becomes ß, then SS, then ss.
    .toLowerCase()
    .toUpperCase()
    .toLowerCase()
    .replace(/[\p{C}\p{M}\p{Z}\s]/gu, ''),
);

/** Replaces what the pattern finds; it has no groups. The same object comes back if nothing has changed. */
function rewrite(before: Spelling, pattern: RegExp, replace: (found: string) => string): Spelling {
  // For each change: its start and end in the new text, then in the previous one.
  const changes: number[] = [];
  let shift = 0;
  const text = before.text.replace(pattern, (found: string, at: number) => {
    const put = replace(found);
    changes.push(at + shift, at + shift + put.length, at, at + found.length);
    shift += put.length - found.length;
    return put;
  });
  if (text === before.text) return before;

  /** The part of the text before that became the character at this place. */
  function partBehind(place: number): readonly [number, number] {
    const begun = bisect(changes.length / 4, (index) => (changes[index * 4] as number) <= place);
    if (begun === 0) return [place, place + 1];
    const [, newEnd = 0, start = 0, end = 0] = changes.slice(begun * 4 - 4, begun * 4);
    return place < newEnd ? [start, end] : [place - newEnd + end, place - newEnd + end + 1];
  }
  return { text, origin: (start, end) => before.origin(partBehind(start)[0], partBehind(end - 1)[1]) };
}
