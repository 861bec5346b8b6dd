import { type AnswerHeaders, answerHeaders } from './transport/request';

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
  for (const [name, value] of [...valuesIn(fields), ...valuesOf(headers)]) {
    const count = countOf(value);
    if (total.test(name) && count > entries) return `${name} is ${value}, but it holds ${entries}`;
    if (pages.test(name) && count > 1) return `${name} is ${value}`;
    if (more.test(name) && isTrue(value)) return `${name} is true`;
    if (last.test(name) && (value === false || value === 'false')) return `${name} is false`;
    if (next.test(name) && value) return `${name} names another page`;
    if (relation.test(name) && isNext(value)) return `${name} is ${value}`;
  }
  const range = /\/\s*(\d+)\s*$/.exec(headers['content-range'] ?? '')?.[1];
  if (countOf(range) > entries) return `Content-Range tells of ${range}, but it holds ${entries}`;
  return namesNext(headers.link ?? '') ? 'its Link header names a next page' : undefined;
}

/** Such as `total`, `totalCount`, `_metaData.totalCount` and `X-Total-Count`. */
const total =
  /(?:^|[.-])total[-_]?(?:(?:element|entry|item|record|result|row)[-_]?)?(?:count|elements|entries|items|records|results|rows|size)?$/i;
const pages = /(?:^|[.-])(?:total[-_]?pages|page[-_]?count)$/i;
const more =
  /(?:^|[.-])(?:has[-_]?(?:more|next)(?:[-_]?(?:items|pages?|results))?|more|(?:is[-_]?)?(?:truncated|partial|incomplete))$/i;
const last = /(?:^|\.)(?:(?:is[-_]?)?last(?:[-_]?page)?|(?:is[-_]?)?complete)$/i;
const next = /(?:^|[.-])next(?:[-_]?(?:page|link|url|uri|href|cursor|marker|offset|start|token))*$/i;
const relation = /(?:^|\.)rel$/i;

const isTrue = (value: unknown) => value === true || value === 'true';
const isNext = (value: unknown) =>
  typeof value === 'string' && value.toLowerCase().split(/\s+/).includes('next');

/** NaN for what is no count. */
const countOf = (value: unknown) =>
  typeof value === 'number' || (typeof value === 'string' && /^\d+$/.test(value))
    ? Number(value)
    : Number.NaN;

/** No answer that means to tell something nests it deeper. */
const deepest = 4;

/** What an envelope holds beside its entries, by the path to it. */
function* valuesIn(fields: Iterable<[string, unknown]>, path = '', depth = 1): Generator<[string, unknown]> {
  for (const [name, value] of fields) {
    if (path === '' && name === 'entries') continue;
    yield [path + name, value];
    if (typeof value === 'object' && value !== null && depth < deepest)
      yield* valuesIn(Object.entries(value), `${path}${name}.`, depth + 1);
  }
}

const valuesOf = (headers: AnswerHeaders) =>
  answerHeaders
    .filter((name) => name.startsWith('x-') && headers[name] !== undefined)
    .map((name): [string, unknown] => [
      name.replace(/\b[a-z]/g, (letter) => letter.toUpperCase()),
      headers[name],
    ]);

/** Split before it is read, so that a long header costs no more than its length. */
function namesNext(link: string): boolean {
  return link.split(/[,;]/).some((parameter) => {
    const [name = '', value = ''] = parameter.split('=', 2);
    return name.trim().toLowerCase() === 'rel' && isNext(value.replace(/["']/g, ' ').trim());
  });
}
