import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { summariesIn, unreadableIn } from './summaries';

const repository = resolve(__dirname, '../..');

const sources = readdirSync(join(repository, 'provider'), { encoding: 'utf8', recursive: true })
  .filter((path) => path.endsWith('.ts') && !path.includes('generated'))
  .map((path) => ({ path, source: readFileSync(join(repository, 'provider', path), 'utf8') }));

const summaries = new Set(sources.flatMap(({ source }) => summariesIn(source)));
const guide = readFileSync(join(repository, 'docs/guides/troubleshooting.md'), 'utf8');
const headings = [...guide.matchAll(/^### (.*)$/gm)].map(([, heading]) => heading);

it('finds the titles', () => expect(summaries.size).toBeGreaterThan(60));

it('every title of an error or warning has a heading', () => {
  expect([...summaries].filter((summary) => !headings.includes(summary))).toEqual([]);
});

it('every heading is the title of an error or warning', () => {
  expect(headings.filter((heading) => heading === undefined || !summaries.has(heading))).toEqual([]);
});

it('no title is put together where this test cannot read it', () => {
  const unreadable = sources.map(({ path, source }) => [path, unreadableIn(source)]);
  expect(unreadable.filter(([, calls]) => calls?.length)).toEqual([]);
});

describe('titles in a source text', () => {
  it.each([
    ["failure('One', detail)", ['One']],
    ['context.warn(\n  "Domo\'s",\n  detail)', ["Domo's"]],
    ["const summaries = { a: 'First', b: \"Domo's\" };", ['First', "Domo's"]],
    ["log.warn('no title')", []],
  ])('%s', (source, titles) => expect(summariesIn(source)).toEqual(titles));

  it.each([
    ["failure(isOne ? 'One' : 'Two', detail)", 1],
    ['context.error(title, detail)', 1],
    ['failure(summary, detail)', 0],
    ["failure('One', detail)", 0],
  ])('%s hides %i', (source, hidden) => expect(unreadableIn(source)).toHaveLength(hidden));
});
