/** Collects licence texts: those that differ only in the copyright lines are printed once. */

/** Something that a licence text covers. */
export interface Claim {
  /** Name and version. */
  readonly what: string;
  readonly licence: string;
  readonly text: string;
  /** Copyright lines that are not in the text. */
  readonly copyrights: readonly string[];
}

export interface Section {
  readonly licence: string;
  readonly body: string;
  readonly covered: readonly { readonly what: string; readonly copyrights: readonly string[] }[];
}

/** The texts, by licence; what each covers, in the order of the claims. */
export function sections(claims: readonly Claim[]): Section[] {
  const groups = new Map<string, Section & { covered: { what: string; copyrights: readonly string[] }[] }>();
  for (const { what, licence, text, copyrights } of claims) {
    const { body, own } = separate(text);
    const key = wording(body);
    const group = groups.get(key) ?? { licence, body, covered: [] };
    group.covered.push({ what, copyrights: [...own, ...copyrights] });
    groups.set(key, group);
  }
  return [...groups.values()].sort((a, b) => (a.licence < b.licence ? -1 : a.licence > b.licence ? 1 : 0));
}

/** Long licences state the copyright of their own text: nothing is taken out of those. */
const longest = 5000;
const copyrightLine = /^\W*(copyright\b|\(c\)|©).*$/gim;
const title = /^\W*(the )?(mit|isc|bsd \d-clause( "\w+")?|zlib|new bsd) licen[cs]e(\W+(mit|isc))?\W*$/gim;

function separate(text: string): { body: string; own: string[] } {
  const plain = text.replaceAll('\r', '');
  if (plain.length > longest) return { body: tidy(plain), own: [] };
  const lines = plain.match(copyrightLine) ?? [];
  const own = lines.map((line) => line.replace(/^[\W_]*(?=copyright|\(c\)|©)/i, '').trim());
  return {
    body: tidy(plain.replace(copyrightLine, '').replace(title, '')),
    // In an SPDX text this is a placeholder.
    own: own.filter((line) => !/<(year|owner|copyright)/i.test(line)),
  };
}

const tidy = (text: string): string =>
  text
    .split('\n')
    .flatMap((line) => fold(line.trimEnd()))
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .replace(/^\n+|\n+$/g, '');

/** The longest line, in characters; line breaks that a file already has are kept. */
const width = 110;

function fold(line: string): string[] {
  const end = line.length > width ? line.lastIndexOf(' ', width) : -1;
  const indent = /^ */.exec(line)?.[0] ?? '';
  return end <= indent.length
    ? [line]
    : [line.slice(0, end).trimEnd(), ...fold(indent + line.slice(end).trimStart())];
}

/** What makes two texts the same: the words, without quotation marks, and without what follows Apache-2.0's terms. */
const wording = (body: string): string =>
  body
    .replace(/(END OF TERMS AND CONDITIONS)[\s\S]*$/, '$1')
    .replace(/[\u2018\u2019\u201c\u201d'"`*]/g, '')
    .replace(/https?:/g, '')
    .replace(/\s+/g, ' ')
    .trim();
