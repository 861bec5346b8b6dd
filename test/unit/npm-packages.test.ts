import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fetchPackage } from '../../scripts/npm-packages/fetch';
import { pinnedBun } from '../../scripts/release/runtime';
import { targets } from '../../scripts/release/targets';
import { removeTempFolders, tempFolder } from '../support/temp';

const PATH = process.env.PATH;
afterAll(() => {
  process.env.PATH = PATH;
  removeTempFolders();
});

/** Puts an npm on the PATH that fetches this tarball, and notes each call. */
function npmBrings(tarball: Buffer): { calls: () => number } {
  const folder = tempFolder('npm');
  writeFileSync(join(folder, 'a.tgz'), tarball);
  const script = `#!/bin/sh
echo call >> '${folder}/calls'
for each; do case $each in --pack-destination=*) cp '${folder}/a.tgz' "\${each#*=}";; esac; done
`;
  writeFileSync(join(folder, 'npm'), script);
  chmodSync(join(folder, 'npm'), 0o755);
  process.env.PATH = `${folder}${delimiter}${PATH}`;
  return { calls: () => readFileSync(join(folder, 'calls'), 'utf8').trim().split('\n').length };
}

function packed(text: string): { tarball: Buffer; integrity: string } {
  const folder = tempFolder('packed');
  mkdirSync(join(folder, 'package'));
  writeFileSync(join(folder, 'package/file'), text);
  const tarball = execFileSync('tar', ['-czf', '-', '-C', folder, 'package']);
  return { tarball, integrity: `sha512-${createHash('sha512').update(tarball).digest('base64')}` };
}

it('fetches a pinned package once', () => {
  const { tarball, integrity } = packed('content');
  const npm = npmBrings(tarball);
  const cache = tempFolder('cache');
  const wanted = { name: '@some/thing', version: '1.0.0', integrity };
  const folder = fetchPackage(wanted, cache);
  expect(readFileSync(join(folder, 'file'), 'utf8')).toBe('content');
  expect(fetchPackage(wanted, cache)).toBe(folder);
  expect(npm.calls()).toBe(1);
  expect(readdirSync(cache)).toHaveLength(1);
});

it('unpacks nothing of a package that is another than the pinned one', () => {
  npmBrings(packed('evil').tarball);
  const cache = tempFolder('cache');
  const { integrity } = packed('good');
  expect(() => fetchPackage({ name: 'thing', version: '1.0.0', integrity }, cache)).toThrow(
    /thing 1\.0\.0 that npm fetched is not the pinned one/,
  );
  expect(readdirSync(cache)).toEqual([]);
});

it('says what npm says where it cannot fetch', () => {
  const npm = npmBrings(Buffer.from(''));
  expect(npm.calls).toThrow();
  const script = join(process.env.PATH?.split(delimiter)[0] ?? '', 'npm');
  writeFileSync(script, '#!/bin/sh\necho "no such package" >&2\nexit 1\n');
  expect(() =>
    fetchPackage({ name: 'thing', version: '1.0.0', integrity: 'x' }, tempFolder('cache')),
  ).toThrow('npm cannot fetch thing 1.0.0: no such package');
  expect(existsSync(script)).toBe(true);
});

it.each(targets)('has the hash of Bun for $os $arch in the lock file', (target) => {
  expect(pinnedBun(target).integrity).toMatch(/^sha512-/);
});
