import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Packs the npm package in a folder.
 *
 * @param out the folder for the tarball; made if it is missing
 * @returns the tarball's path
 */
export function pack(folder: string, out: string): string {
  mkdirSync(out, { recursive: true });
  const packed = execFileSync('npm', ['pack', folder, `--pack-destination=${out}`, '--silent'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    // On Windows npm is a batch file, which only a shell can start.
    shell: process.platform === 'win32',
  });
  return join(out, packed.trim());
}
