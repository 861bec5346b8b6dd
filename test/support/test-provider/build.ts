import { join } from 'node:path';
import { buildPlugin } from '../build-plugin';
import { type Mirror, mirror } from '../provider-build';
import { tempFolder } from '../temp';

/** Builds the kitchen as one executable; `removeTempFolders` removes it. */
export function buildKitchen(): string {
  const executable = join(tempFolder('kitchen'), 'terraform-provider-kitchen');
  buildPlugin(join(__dirname, 'main.ts'), executable);
  return executable;
}

/** The kitchen as an engine installs it. */
export function kitchenMirror(executable: string): Mirror {
  return mirror(executable, '1.0.0', { address: 'test/kitchen' });
}
