import type { AnswerHeaders } from './transport/request';

/**
 * What the answer to a list says of entries that it does not hold, in its own words; undefined if it says nothing of
 * the kind. Domo has not been seen to page this list, so every usual form counts.
 *
 * @param entries how many it holds
 */
export function partOf(
  fields: ReadonlyMap<string, unknown>,
  headers: AnswerHeaders,
  entries: number,
): string | undefined {
  const said: [string, unknown][] = [...fields].flatMap(([name, value]) => [
    [name, value],
    ...partsOf(value).map(([inner, each]): [string, unknown] => [`${name}.${inner}`, each]),
  ]);
  for (const [name, value] of [...said, ['X-Total-Count', headers['x-total-count']] as const]) {
    if (total.test(name) && isCount(value) && Number(value) > entries)
      return `${name} is ${value}, but it holds ${entries}`;
    if (more.test(name) && (value === true || value === 'true')) return `${name} is true`;
    if (next.test(name) && value) return `${name} names another page`;
  }
  return /\brel\s*=\s*"?[^";,]*\bnext\b/i.test(headers.link ?? '')
    ? 'its Link header names a next page'
    : undefined;
}

/** Such as `total`, `totalCount`, `_metaData.totalCount` and `X-Total-Count`. */
const total = /(?:^|\.|X-)total[-_]?(?:count|elements|entries|items|records|results|size)?$/i;
const more = /(?:^|\.)has[-_]?(?:more|next)(?:[-_]?pages?)?$/i;
const next = /(?:^|\.)next(?:[-_]?(?:page|link|url|uri|href|cursor|marker|offset|token))*$/i;

function partsOf(value: unknown): [string, unknown][] {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : [];
}

const isCount = (value: unknown) =>
  typeof value === 'number' || (typeof value === 'string' && /^\d+$/.test(value));
