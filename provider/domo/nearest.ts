import { distance } from 'fastest-levenshtein';

/** About 50 ms. Ten thousand names of usual length take a tenth of that. */
const mostSteps = 2_000_000;

/**
 * The candidate most similar to the text, for "did you mean"; undefined if none is similar. It is a courtesy, so it
 * does not compare more texts than there is time for.
 */
export function nearest(wanted: string, candidates: readonly string[]): string | undefined {
  const farthest = Math.max(2, wanted.length / 3);
  let best: { readonly text: string; readonly away: number } | undefined;
  let steps = 0;
  for (const text of candidates) {
    // At least that many letters differ.
    if (Math.abs(text.length - wanted.length) > farthest) continue;
    steps += text.length * Math.ceil(wanted.length / 32);
    if (steps > mostSteps) break;
    const away = distance(wanted, text);
    if (away <= farthest && away < (best?.away ?? Number.POSITIVE_INFINITY)) best = { text, away };
  }
  return best?.text;
}
