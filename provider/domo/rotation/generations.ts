import { cutForm, isLossy, maybeShownAs, plainForm, withMarks } from '../api/spelling';
import { byTime, type Time, timeOf } from '../time';

/** What a key looks like at the end of a name. */
const keyAtEnd = /\d{4}-\d\d-\d\d(?:[Tt]\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[+-]\d\d:\d\d))?$/;

/**
 * The generations among all names, the oldest first: every name that is the prefix and exactly a date or time, however
 * Domo spells it. The text of each is the key that its name ends with.
 */
export function generationsIn(names: readonly string[], prefix: string): readonly Time[] {
  const found = new Map<string, Time>();
  // Without the key, the blank before it would be trimmed.
  const start = plainForm(`${prefix}0`).slice(0, -1);
  for (const name of names) {
    const plain = plainForm(name);
    const [key] = keyAtEnd.exec(plain) ?? [];
    if (key === undefined) continue;
    // Only lost characters make a difference beyond the plain form.
    const isOurs = plain === start + key || (isLossy(plain) && maybeShownAs(prefix + key, name));
    const time = isOurs ? timeOf(key) : undefined;
    if (time) found.set(time.text, time);
  }
  return [...found.values()].sort(byTime);
}

/** The name, if there is one, that may be that of a generation whose date Domo has cut off. */
export function cutName(names: readonly string[], prefix: string): string | undefined {
  const plain = plainForm(prefix);
  const starts = [...new Set([plain, withMarks(plain)])];
  const found = names.filter((name) => isCut(name, starts));
  if (found.length === 0) return undefined;
  // Domo shows one that is longer, so that is not where it cuts. A blank at the cut may be gone.
  const longest = names.reduce((most, name) => Math.max(most, [...plainForm(name)].length), 0);
  return found.find((name) => Buffer.byteLength(name) + 1 >= longest);
}

function isCut(name: string, starts: readonly string[]): boolean {
  const cut = cutForm(name);
  if (cut === undefined) return false;
  return starts.some((start) => {
    if (start.startsWith(cut)) return true;
    // A trimmed form has lost the blank at the end of the prefix.
    const rest = cut.startsWith(start) ? cut.slice(start.length).trimStart() : undefined;
    return rest !== undefined && beginningOfDate.test(rest);
  });
}

const beginningOfDate = /^\d{1,4}(-\d{0,2})?$|^\d{4}-\d\d-\d?$|^\d{4}-\d\d-\d\dT[\d:.]*$/;
