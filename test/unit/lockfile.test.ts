import { readFileSync } from 'node:fs';

interface Package {
  readonly version?: string;
  /** The hash of the tarball. */
  readonly integrity?: string;
  /** Whether it is inside the tarball of another package. */
  readonly inBundle?: boolean;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
  readonly packages: Readonly<Record<string, Package>>;
};

it('names no download address, and no registry', () => {
  // The only addresses are those where packages ask for money.
  const rest = JSON.stringify(lock, (key, value) => (key === 'funding' ? undefined : value));
  expect(rest.match(/"resolved"|:\/\/|\bregistry\.[\w.-]+/g) ?? []).toEqual([]);
});

// npm may leave out the hash of a package for another platform; there it would then take whatever it is given.
it('has the hash of every package', () => {
  const packages = Object.entries(lock.packages).filter(([path]) => path !== '');
  const without = packages.filter(
    ([, { integrity = '', inBundle }]) => !inBundle && !/^sha512-[\w+/]{86}==$/.test(integrity),
  );
  expect(without.map(([path, { version }]) => `${path} ${version}`)).toEqual([]);
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
