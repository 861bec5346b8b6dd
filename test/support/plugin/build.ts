import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';

/** Bundles the test plugin into one executable file, the way the product is bundled. */
export function buildTestPlugin(): { readonly executable: string; remove(): void } {
  const directory = mkdtempSync(join(tmpdir(), 'test-plugin-'));
  const executable = join(directory, 'test-plugin');
  buildSync({
    entryPoints: [join(__dirname, 'main.ts')],
    outfile: executable,
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    banner: { js: '#!/usr/bin/env node' },
  });
  chmodSync(executable, 0o755);
  return { executable, remove: () => rmSync(directory, { recursive: true, force: true }) };
}
