import { readFileSync } from 'node:fs';

interface Package {
  readonly resolved?: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
  readonly packages: Readonly<Record<string, Package>>;
};

it('names no download address', () => {
  expect(Object.values(lock.packages).filter(({ resolved }) => resolved?.startsWith('http'))).toEqual([]);
});

// npm drops the entries of packages that its registry does not have at the moment, and then refuses to
// install elsewhere.
it('has the packages of every platform, not only of the one that it was written on', () => {
  const missing = Object.entries(lock.packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter(
      (name) => !foldersUpFrom(path).some((folder) => `${folder}${name}` in lock.packages),
    ),
  );
  expect(missing).toEqual([]);
});

/** The `node_modules/` folders in which Node.js looks for what the package at this path requires. */
function foldersUpFrom(path: string): string[] {
  const parents = path.split('/node_modules/');
  return [
    'node_modules/',
    ...parents.map((_, end) => `${parents.slice(0, end + 1).join('/node_modules/')}/node_modules/`),
  ];
}
