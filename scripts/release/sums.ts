import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export const sha256 = (content: Uint8Array): string => createHash('sha256').update(content).digest('hex');

/** The lines of a `_SHA256SUMS` file, as `sha256sum --check` and the registries read them. */
export function checksums(folder: string, names: readonly string[]): string {
  return [...names]
    .sort()
    .map((name) => `${sha256(readFileSync(join(folder, name)))}  ${name}\n`)
    .join('');
}
