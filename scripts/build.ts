/** Bundles the provider into one executable file that needs nothing but Node, and the sandbox beside it. */
import { chmodSync, cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { type BuildOptions, buildSync } from 'esbuild';

const common: BuildOptions = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  minifySyntax: true,
  minifyWhitespace: true,
  banner: { js: '#!/usr/bin/env node' },
  logLevel: 'warning',
};
const provider = 'dist/terraform-provider-domo';

mkdirSync('dist', { recursive: true });
rmSync('dist/assets', { recursive: true, force: true });
// Without this an executable that lands inside a project of ES modules would be taken for one.
writeFileSync('dist/package.json', '{"type":"commonjs"}\n');
buildSync({ ...common, entryPoints: ['provider/main.ts'], outfile: provider });
chmodSync(provider, 0o755);
buildSync({ ...common, entryPoints: ['examples/sandbox/main.ts'], outfile: 'dist/sandbox.js' });
cpSync('examples/sandbox/page/assets', 'dist/assets', { recursive: true });
