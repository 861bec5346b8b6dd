import { chmodSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { buildSync } from 'esbuild';
import { compile } from '../../scripts/native/compile';
import type { Build } from './provider-build';

/**
 * Makes a plugin of the tests' own into one executable file, the way the product is made: a bundle for the Node.js on
 * the PATH, or compiled. Whoever tests one build with DOMO_PROVIDER has all plugins made for Node.js, or, with
 * TEST_RUNTIME=bun, all compiled.
 */
export function buildPlugin(entry: string, outfile: string, build: Build = 'node'): void {
  buildSync({
    entryPoints: [entry],
    outfile,
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    banner: { js: '#!/usr/bin/env node' },
  });
  if (process.env.TEST_RUNTIME === 'bun' || (build === 'compiled' && !process.env.DOMO_PROVIDER)) {
    compile(`${outfile}-compiled`, undefined, outfile);
    renameSync(`${outfile}-compiled`, outfile);
    return;
  }
  chmodSync(outfile, 0o755);
  // An executable without extension is read as this says, wherever it is copied.
  writeFileSync(join(dirname(outfile), 'package.json'), '{"type":"commonjs"}\n');
}
