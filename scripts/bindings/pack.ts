import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Packs the npm packages in folders, with one start of npm for all.
 *
 * @param out the folder for the tarballs; made if it is missing
 * @returns the tarballs' paths, in the order of the folders
 */
export function pack(folders: readonly string[], out: string): string[] {
  mkdirSync(out, { recursive: true });
  const packed = execFileSync('npm', ['pack', ...folders, `--pack-destination=${out}`, '--silent'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    // On Windows npm is a batch file, which only a shell can start.
    shell: process.platform === 'win32',
  });
  return packed
    .trim()
    .split('\n')
    .map((name) => join(out, name));
}
