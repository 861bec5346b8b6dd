import { cutForm, maybeShownAs, plainForm, withMarks } from '../api/spelling';
import { byTime, type Time, timeOf } from './time';

/** What a key looks like at the end of a name. */
const keyAtEnd = /\d{4}-\d\d-\d\d(?:[Tt]\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[+-]\d\d:\d\d))?$/;

/**
 * The generations among all names, the oldest first: every name that is the prefix and exactly a date or time, however
 * Domo spells it. The text of each is the key that its name ends with.
 */
export function generationsIn(names: readonly string[], prefix: string): readonly Time[] {
  const found = new Map<string, Time>();
  for (const name of names) {
    const [key] = keyAtEnd.exec(plainForm(name)) ?? [];
    const time = key === undefined ? undefined : timeOf(key);
    if (time && maybeShownAs(prefix + time.text, name)) found.set(time.text, time);
  }
  return [...found.values()].sort(byTime);
}

/** Whether a name may be that of a generation whose date Domo has cut off. */
export function isCut(name: string, prefix: string): boolean {
  const cut = cutForm(name);
  if (cut === undefined) return false;
  const plain = plainForm(prefix);
  return [plain, withMarks(plain)].some((start) => {
    if (start.startsWith(cut)) return true;
    // A trimmed form has lost the blank at the end of the prefix.
    const rest = cut.startsWith(start) ? cut.slice(start.length).trimStart() : undefined;
    return rest !== undefined && beginningOfDate.test(rest);
  });
}

const beginningOfDate = /^\d{1,4}(-\d{0,2})?$|^\d{4}-\d\d-\d?$|^\d{4}-\d\d-\d\dT[\d:.]*$/;
