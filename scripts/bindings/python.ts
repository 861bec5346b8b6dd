import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Flavour, packageName } from './flavours';

/**
 * Makes the Python package of bindings that `make bindings` has left in dist.
 *
 * @param out the folder in which the package's own is put
 * @returns the package's folder, which pip installs
 */
export function makePythonPackage(flavour: Flavour, out: string): string {
  const name = packageName(flavour);
  const made = join(out, name);
  const scratch = mkdtempSync(join(tmpdir(), 'python-bindings-'));
  try {
    const source = join(scratch, name);
    cpSync(join('dist', name), source, { recursive: true });
    // The generator looks for dependencies only inside the package.
    mkdirSync(join(source, 'node_modules'));
    for (const dependency of Object.keys(flavour.peerDependencies)) {
      symlinkSync(resolve('node_modules', dependency), join(source, 'node_modules', dependency));
    }
    const generated = join(scratch, 'generated');
    const args = ['--targets', 'python', '--code-only', '--outdir', generated, source];
    execFileSync(resolve('node_modules/.bin/jsii-pacmak'), args, { stdio: 'pipe' });
    rmSync(made, { recursive: true, force: true });
    mkdirSync(out, { recursive: true });
    cpSync(join(generated, 'python'), made, { recursive: true });
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
  return made;
}
