import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** A package that is used as a file, whatever its platform: npm would not install it here. */
export interface PinnedPackage {
  readonly name: string;
  readonly version: string;
  /** As in package-lock.json: `sha512-` and the hash of the tarball in base64. */
  readonly integrity: string;
}

const usualCache = resolve('node_modules/.cache/npm-packages');

/**
 * The folder of an unpacked package. One that is already unpacked is used again; otherwise npm fetches the tarball,
 * which is unpacked only if its hash is the pinned one.
 *
 * @throws if npm cannot fetch it, or fetches something else
 */
export function fetchPackage(wanted: PinnedPackage, cache = usualCache): string {
  // The hash is in the name: a changed pin never finds the old folder.
  const id = createHash('sha256').update(wanted.integrity).digest('hex').slice(0, 16);
  const folder = join(cache, `${wanted.name.replace(/^@/, '').replaceAll('/', '-')}-${wanted.version}-${id}`);
  if (existsSync(folder)) return folder;
  mkdirSync(cache, { recursive: true });
  const work = mkdtempSync(join(cache, 'new-'));
  try {
    const tarball = pack(wanted, work);
    verify(wanted, readFileSync(tarball));
    execFileSync('tar', ['-xzf', tarball, '-C', work]);
    renameIfFirst(join(work, 'package'), folder);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  return folder;
}

/** @throws if the tarball is not the pinned one */
function verify({ name, version, integrity }: PinnedPackage, tarball: Buffer): void {
  const found = `sha512-${createHash('sha512').update(tarball).digest('base64')}`;
  if (found !== integrity) {
    throw new Error(
      `The package ${name} ${version} that npm fetched is not the pinned one: its hash is ${found}, not ` +
        `${integrity}. Do not use it; find out where your npm gets its packages.`,
    );
  }
}

function pack({ name, version }: PinnedPackage, folder: string): string {
  const args = ['pack', `${name}@${version}`, `--pack-destination=${folder}`, '--loglevel=error'];
  try {
    // On Windows npm is a batch file, which only a shell can start.
    execFileSync('npm', args, {
      env: process.env,
      stdio: ['ignore', 'ignore', 'pipe'],
      shell: process.platform === 'win32',
    });
  } catch (cause) {
    const said = String((cause as { stderr?: unknown }).stderr ?? '').trim();
    throw new Error(`npm cannot fetch ${name} ${version}: ${said || cause}`, { cause });
  }
  const [file] = readdirSync(folder);
  if (!file) throw new Error(`npm packed ${name} ${version} but left no file.`);
  return join(folder, file);
}

function renameIfFirst(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    // Another process has fetched the same in the meantime.
    if (!existsSync(to)) throw error;
  }
}
