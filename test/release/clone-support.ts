import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
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
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=T', '-c', 'user.email=t@example.com', ...args], {
      encoding: 'utf8',
    });
  mkdirSync(dirname(clone), { recursive: true });
  git('clone', '--quiet', '--no-tags', repository, clone);
  const files = git('-C', repository, 'ls-files', '-z', '--cached', '--others', '--exclude-standard');
  for (const name of files.split('\0')) {
    if (name && existsSync(join(repository, name))) cpSync(join(repository, name), join(clone, name));
  }
  for (const room of ['protocol', 'plugin']) {
    const generated = `provider/${room}/generated`;
    cpSync(join(repository, generated), join(clone, generated), { recursive: true });
  }
  for (const built of ['terraform-provider-domo', ...starterFiles, 'sandbox.js', 'assets']) {
    cpSync(join(repository, 'dist', built), join(clone, 'dist', built), { recursive: true });
  }
  const modules = join(repository, 'node_modules');
  if (copied) execFileSync('cp', ['-al', modules, clone]);
  else symlinkSync(modules, join(clone, 'node_modules'));
  // For .gitignore a link is not a folder.
  appendFileSync(join(clone, '.git/info/exclude'), 'node_modules\n');
  makeReleasable(clone);
  git('-C', clone, 'add', '--all');
  const env = {
    ...process.env,
    GIT_COMMITTER_DATE: '2026-01-31T12:34:56Z',
    GIT_AUTHOR_DATE: '2026-01-31T12:34:56Z',
  };
  const author = ['-c', 'user.name=T', '-c', 'user.email=t@example.com'];
  execFileSync('git', ['-C', clone, ...author, 'commit', '--quiet', '--message=Release'], { env });
  return clone;
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
