/** Ratios by what they are of; the less the better. */
export type Figures = Readonly<Record<string, number>>;

/** By how much a figure may be worse than the one that was kept. */
const tolerance = 1.1;

/** What was measured beside what was kept, and what has become worse: by more than a tenth, or not measured any more. */
export function comparison(kept: Figures, measured: Figures): { lines: string[]; worse: string[] } {
  const lines: string[] = [];
  const worse: string[] = [];
  for (const [what, before] of Object.entries(kept)) {
    const now = measured[what];
    const isWorse = now === undefined || now > before * tolerance;
    lines.push(`${isWorse ? 'worse ' : 'fine  '}${what}: ${now ?? 'not measured'}, kept ${before}`);
    if (isWorse) worse.push(what);
  }
  for (const what of Object.keys(measured)) {
    if (!(what in kept)) worse.push(`${what} is not in what was kept`);
  }
  return { lines, worse };
}
