import { join } from 'node:path';
import { buildPlugin } from '../build-plugin';
import { type Build, type Mirror, mirror } from '../provider-build';
import { tempFolder } from '../temp';

/** Builds the test provider as one executable; `removeTempFolders` removes it. */
export function buildTestProvider(build: Build = 'node'): string {
  const executable = join(tempFolder('provider'), 'terraform-provider-test');
  buildPlugin(join(__dirname, 'main.ts'), executable, build);
  return executable;
}

/** The test provider as an engine installs it. */
export function testProviderMirror(executable: string): Mirror {
  return mirror(executable, '1.0.0', { address: 'example/test' });
}
