import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildPlugin } from '../build-plugin';

/** Builds the test plugin as one executable file. */
export function buildTestPlugin(): { readonly executable: string; remove(): void } {
  const directory = mkdtempSync(join(tmpdir(), 'test-plugin-'));
  const executable = join(directory, 'test-plugin');
  buildPlugin(join(__dirname, 'main.ts'), executable);
  return { executable, remove: () => rmSync(directory, { recursive: true, force: true }) };
}
