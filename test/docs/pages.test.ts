import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { domoProvider } from '../../provider/domo/provider';
import { pages } from '../../scripts/docs/pages';
import { testProvider } from '../support/test-provider/provider';

const repository = resolve(__dirname, '../..');
const generated = pages(domoProvider, repository);

const read = (path: string) => readFileSync(join(repository, path), 'utf8');

function filesBelow(folder: string): string[] {
  return readdirSync(join(repository, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(repository, join(entry.parentPath, entry.name)));
}

it.each([...generated])('%s is what "make docs" writes', (path, text) => {
  expect(read(path)).toBe(text);
});

it('there is no page of something that the provider does not have', () => {
  const committed = filesBelow('docs').filter((path) =>
    /^docs\/(resources|data-sources|list-resources|ephemeral-resources|actions|functions)\//.test(path),
  );
  expect(committed.filter((path) => !generated.has(path))).toEqual([]);
});

it.each([...generated])('%s has an example, and a description of every attribute', (path) => {
  const page = read(path);
  expect(page).toContain('## Example Usage');
  expect(page).toMatch(/^- `/m);
  expect(page).not.toMatch(/^- `\w+` \([^)]*\)\s*$/m);
});

it('a list resource has a page of its own, which says where its arguments are written', () => {
  const all = pages(testProvider as unknown as Parameters<typeof pages>[0], repository);
  const page = all.get('docs/list-resources/shelf.md');
  expect(page).toContain('page_title: "test_shelf List Resource - test"\n');
  expect(page).toContain(
    '## Schema\n\nThese are written in the `config` block.\n\n### Optional\n\n- `fails`',
  );
});

describe('the guides', () => {
  const markdown = [
    ...filesBelow('docs').filter((path) => path.endsWith('.md')),
    'README.md',
    'CONTRIBUTING.md',
  ];

  it.each(markdown)('%s links only to what is there', (path) => {
    const links = [...read(path).matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map(([, link = '']) => link);
    const missing = links.filter((link) => !existsSync(resolve(repository, path, '..', link)));
    expect(missing).toEqual([]);
  });
});
