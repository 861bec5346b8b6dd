import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { starterFiles } from '../../scripts/starter/parts';
import { startProcess } from '../support/running';
import { tempFolder } from '../support/temp';

const repository = resolve(__dirname, '../..');

/**
 * A clone of this working tree, with its changes, that is ready to be released: everything is committed, and the
 * changelog has the version. Generated code and installed packages are shared.
 *
 * @param below folders between the temp folder and the clone
 * @param copied whether node_modules is a separate folder, with hard links to the same files
 */
export function releasableClone({ below = '.', copied = false } = {}): string {
  const clone = join(tempFolder('clone'), below, 'repository');
  mkdirSync(dirname(clone), { recursive: true });
  // Every file is copied anyway.
  git('clone', '--quiet', '--no-tags', '--no-checkout', repository, clone);
  // For .gitignore a link is not a folder.
  appendFileSync(join(clone, '.git/info/exclude'), 'node_modules\n');
  copyTree(clone, copied);
  git('-C', clone, 'read-tree', 'HEAD');
  git('-C', clone, 'add', '--all');
  git('-C', clone, 'commit', '--quiet', '--message=Release');
  return clone;
}

/** The same without git, for what needs no commit. */
export function releasableCopy(): string {
  const copy = tempFolder('copy');
  copyTree(copy);
  return copy;
}

function git(...args: string[]): string {
  const date = '2026-01-31T12:34:56Z';
  const env = { ...process.env, GIT_COMMITTER_DATE: date, GIT_AUTHOR_DATE: date };
  const author = ['-c', 'user.name=T', '-c', 'user.email=t@example.com'];
  return execFileSync('git', [...author, ...args], { encoding: 'utf8', env });
}

function copyTree(folder: string, copied = false): void {
  const files = git('-C', repository, 'ls-files', '-z', '--cached', '--others', '--exclude-standard');
  const made = new Set<string>();
  for (const name of files.split('\0')) {
    if (!name || !existsSync(join(repository, name))) continue;
    const place = dirname(join(folder, name));
    if (!made.has(place)) mkdirSync(place, { recursive: true });
    made.add(place);
    copyFileSync(join(repository, name), join(folder, name));
  }
  for (const room of ['protocol', 'plugin']) {
    const generated = `provider/${room}/generated`;
    cpSync(join(repository, generated), join(folder, generated), { recursive: true });
  }
  for (const built of ['terraform-provider-domo', ...starterFiles, 'sandbox.js', 'assets']) {
    cpSync(join(repository, 'dist', built), join(folder, 'dist', built), { recursive: true });
  }
  const modules = join(repository, 'node_modules');
  if (copied) execFileSync('cp', ['-al', modules, folder]);
  else symlinkSync(modules, join(folder, 'node_modules'));
  makeReleasable(folder);
}

function makeReleasable(clone: string): void {
  const at = (name: string) => join(clone, name);
  const { version } = JSON.parse(readFileSync(at('package.json'), 'utf8')) as { version: string };
  const changelog = readFileSync(at('CHANGELOG.md'), 'utf8');
  if (!changelog.includes(`## [${version}] - `)) {
    const heading = `## [Unreleased]\n\n## [${version}] - 2026-01-31`;
    writeFileSync(at('CHANGELOG.md'), changelog.replace('## [Unreleased]', heading));
  }
  // If there were nothing to commit, there would be no commit with that date.
  writeFileSync(at('released-by-a-test'), '');
  if (!existsSync(at('NOTICE'))) writeFileSync(at('NOTICE'), 'A placeholder of the tests.\n');
}

/** Runs what `make release` runs, in a clone; if it fails, throws what it says. */
export async function release(clone: string, env: Record<string, string>): Promise<string> {
  const { code, stdout, stderr } = await startProcess(
    process.execPath,
    ['-r', require.resolve('tsx/cjs'), 'scripts/release.ts'],
    { cwd: clone, env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env } },
  ).done;
  if (code !== 0) throw new Error(stderr);
  return stdout;
}
