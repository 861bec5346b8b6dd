import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';

const repository = resolve(__dirname, '../..');

/** A file or folder that the page names, by its path in the repository, and the room whose table it stands in. */
interface Named {
  readonly room: string;
  readonly path: string;
}

/** Whatever stands in the first cells of the tables below a paragraph that begins with a folder in bold. */
function namedIn(page: string): Named[] {
  let room = '';
  return page.split('\n').flatMap((line) => {
    const [, folder] = /^\*\*`((?:provider|scripts|examples\/sandbox)[\w./-]*)`\*\*/.exec(line) ?? [];
    if (/^(#|\*\*)/.test(line)) room = folder ?? '';
    if (room.endsWith('.ts')) return folder === undefined ? [] : [{ room, path: folder }];
    const [, cell = ''] = /^\|([^|]*)\|/.exec(line) ?? [];
    if (room === '') return [];
    return [...cell.matchAll(/`([^`]+)`/g)].map(([, name]) => ({ room, path: `${room}/${name}` }));
  });
}

/** The files that the table of their own room, the innermost one, does not have: neither by name nor by a folder. */
function unnamed(page: string, files: readonly string[]): string[] {
  const named = namedIn(page);
  const rooms = [...new Set(named.map(({ room }) => room))].sort((a, b) => b.length - a.length);
  return files.filter((file) => {
    const own = rooms.find((room) => file === room || file.startsWith(`${room}/`));
    return !named.some(
      ({ room, path }) => room === own && (path === file || (path.endsWith('/') && file.startsWith(path))),
    );
  });
}

const filesBelow = (folder: string) =>
  readdirSync(join(repository, folder), { recursive: true, encoding: 'utf8', withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes('generated'))
    .map((entry) => relative(repository, join(entry.parentPath, entry.name)).split(sep).join('/'));

describe('docs/architecture.md', () => {
  const page = readFileSync(join(repository, 'docs/architecture.md'), 'utf8');

  it.each(['provider', 'scripts', 'examples/sandbox'])(
    'names every file of %s, or its folder, in the table of its room',
    (place) => {
      expect(unnamed(page, filesBelow(place))).toEqual([]);
    },
  );

  it('gives the reason for each package that is used', () => {
    const { dependencies = {}, devDependencies } = JSON.parse(
      readFileSync(join(repository, 'package.json'), 'utf8'),
    );
    const [, table = ''] = page.split('## Dependencies, and why');
    const named = [...table.matchAll(/`([@\w/.-]+)`/g)].map(([, name]) => name);
    const used = Object.keys({ ...dependencies, ...devDependencies }).filter(
      (name) => !name.startsWith('@types/'),
    );
    expect(used.filter((name) => !named.includes(name))).toEqual([]);
  });

  it('names no file that is not there', () => {
    const paths = namedIn(page).map(({ path }) => path);
    expect(paths.filter((path) => !existsSync(join(repository, path)))).toEqual([]);
  });
});

it('reads the tables of rooms, and nothing else', () => {
  const page = [
    '**`provider/main.ts`** starts it all.',
    '**`provider/plugin`** serves:',
    '',
    '| file | |',
    '|---|---|',
    '| `serve.ts`, `parent.ts` | `inside.ts` of another cell |',
    '| `wire/`, `deep/` | folders |',
    '',
    '**`provider/plugin/deep`** is a room of its own.',
    '| `a.ts` | |',
    '**`test`** is no such folder.',
    '| `b.ts` | |',
    '**`provider/domo`** again',
    '## Decisions',
    '| `c.ts` | |',
  ].join('\n');
  expect(namedIn(page).map(({ path }) => path)).toEqual([
    'provider/main.ts',
    'provider/plugin/serve.ts',
    'provider/plugin/parent.ts',
    'provider/plugin/wire/',
    'provider/plugin/deep/',
    'provider/plugin/deep/a.ts',
  ]);
  const files = ['provider/main.ts', 'provider/plugin/wire/x/y.ts', 'provider/plugin/deep/a.ts'];
  const others = ['provider/plugin/new.ts', 'provider/plugin/deep/b.ts', 'provider/domo/c.ts'];
  expect(unnamed(page, [...files, ...others])).toEqual(others);
});
