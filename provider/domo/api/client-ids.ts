/**
 * What a listed client id says about a known one. `agrees`: it is the same, or at least eight visible characters are.
 * `contradicts`: a visible character differs, so it belongs to another client. `unclear`: too little can be seen.
 */
export type Agreement = 'agrees' | 'contradicts' | 'unclear';

/** Fewer visible characters than this prove nothing. */
const enough = 8;

/** Domo's are UUIDs, of 36 characters, or 32 without the lines. A shorter one may have been cut. */
const shortestWhole = 24;

/** What replaces hidden characters: X, in a run or as a whole group, a run of lines, or what no client id has (dots, asterisks). */
const hidden = /x{3,}|(?<![a-z0-9])x+(?![a-z0-9])|[_-]{2,}|[^a-z0-9_-]/i;
const beginsHidden = new RegExp(`^-?(?:${hidden.source})`);
const upToLastHidden = new RegExp(`^.*(?:${hidden.source})-*`, 's');

/**
 * Compares a client id as Domo lists it (whole, masked in any form, or cut) with one that is known.
 *
 * @param known the whole id from the creation, or an id that was listed earlier; null if neither is known
 */
export function agreement(
  listed: string | null,
  known: { readonly whole: string } | { readonly listed: string } | null,
): Agreement {
  if (listed === null || known === null) return 'unclear';
  // One that was imported from a list that cuts may only seem to be whole.
  const isWhole = 'whole' in known && !isMasked(known.whole);
  const a = listed.toLowerCase();
  const b = ('whole' in known ? known.whole : known.listed).toLowerCase();
  let same = 0;
  while (same < a.length && a[same] === b[same]) same++;
  const [restOfA, restOfB] = [a.slice(same), b.slice(same)];
  if (restOfA === '' && restOfB === '')
    return isWhole || visibleStart(a).length >= enough ? 'agrees' : 'unclear';

  const isPart = restOfA === '' || beginsHidden.test(restOfA);
  if (!isPart && (isWhole || (restOfB !== '' && !beginsHidden.test(restOfB)))) return 'contradicts';
  // Some masks show the end as well.
  const end = isWhole && isPart ? restOfA.replace(upToLastHidden, '') : '';
  if (!b.endsWith(end)) return 'contradicts';
  return same + end.length >= enough ? 'agrees' : 'unclear';
}

/** Whether a listed client id is only a part of the real one: too short, or with characters that stand for hidden ones. */
export function isMasked(clientId: string): boolean {
  return clientId.length < shortestWhole || hidden.test(clientId);
}

/** The beginning of a listed client id, up to the characters that stand for hidden ones. */
export function visibleStart(listed: string): string {
  return listed.split(hidden, 1)[0] ?? '';
}
