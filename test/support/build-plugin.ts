import { chmodSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { buildSync } from 'esbuild';
import { compile } from '../../scripts/native/compile';

/**
 * Makes a plugin of the tests' own into one executable file, the way the product is made: a bundle for the Node.js on
 * the PATH, or, with TEST_RUNTIME=bun, compiled.
 */
export function buildPlugin(entry: string, outfile: string): void {
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
  if (process.env.TEST_RUNTIME === 'bun') {
    compile(`${outfile}-compiled`, undefined, outfile);
    renameSync(`${outfile}-compiled`, outfile);
    return;
  }
  chmodSync(outfile, 0o755);
  // An executable without extension is read as this says, wherever it is copied.
  writeFileSync(join(dirname(outfile), 'package.json'), '{"type":"commonjs"}\n');
}
