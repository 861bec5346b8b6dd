/** Writes NOTICE: the licences of everything inside the executables and the npm package. */
import { writeFileSync } from 'node:fs';
import { bundledPackages, sandboxPackages } from './notice/bundled';
import { document } from './notice/document';
import { runtimeParts } from './notice/runtime';

async function main(): Promise<void> {
  writeFileSync('NOTICE', document(await bundledPackages(), runtimeParts(), await sandboxPackages()));
}

void main();
