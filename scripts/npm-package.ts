/** Makes the package for npm: the folder dist/npm, and its tarball in dist/release. */
import { buildNpmPackage } from './npm-package/build';
import { runScript } from './run-script';

void runScript(() => {
  process.stdout.write(`Packed ${buildNpmPackage('dist/release')}.\n`);
});
