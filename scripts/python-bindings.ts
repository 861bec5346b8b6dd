/**
 * Makes the Python packages of the bindings, dist/python/cdktf-provider-domo and dist/python/cdktn-provider-domo, from
 * what `make bindings` has left in dist. It needs no Python.
 */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { flavours, packageName } from './bindings/flavours';
import { makePythonPackage } from './bindings/python';
import { runScript } from './run-script';

void runScript(() => {
  const missing = flavours.map(packageName).find((name) => !existsSync(join('dist', name, '.jsii')));
  if (missing) throw new Error(`dist/${missing} is missing: run "make bindings" first.`);
  for (const flavour of flavours) {
    const folder = makePythonPackage(flavour, 'dist/python');
    process.stdout.write(`${folder} is made; a project installs it by\n  pip install ${resolve(folder)}\n`);
  }
});
