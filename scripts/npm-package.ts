/** Makes the package for npm: the folder dist/npm, and its tarball in dist/release. */
import { buildNpmPackage } from './npm-package/build';

try {
  process.stdout.write(`${buildNpmPackage('dist/release')} is packed.\n`);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
}
