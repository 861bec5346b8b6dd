import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { type Mirror, mirror } from '../provider-build';
import { tempFolder } from '../temp';

/** Bundles the kitchen into one executable, the way the product is bundled; `removeTempFolders` removes it. */
export function buildKitchen(): string {
  const folder = tempFolder('kitchen');
  const executable = join(folder, 'terraform-provider-kitchen');
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
  // An executable without extension is read as this says, wherever it is copied.
  writeFileSync(join(folder, 'package.json'), '{"type":"commonjs"}\n');
  return executable;
}

/** The kitchen as an engine installs it. */
export function kitchenMirror(executable: string): Mirror {
  return mirror(executable, '1.0.0', { address: 'test/kitchen' });
}
