import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folders = new Set<string>();

/**
 * A new empty folder in the system's temp folder, removed by {@link removeTempFolders}.
 * Keep `prefix` short: unix socket paths are limited to about 100 characters.
 */
export function tempFolder(prefix: string): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), `${prefix}-`)));
  folders.add(folder);
  return folder;
}

/** Removes one folder made by {@link tempFolder}; a folder that is gone already is fine. */
export function removeTempFolder(folder: string): void {
  // A process that was just killed may still hold a file: try for a second.
  rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  folders.delete(folder);
}

/** Removes every folder that this test file made. Call it in `afterAll`. */
export function removeTempFolders(): void {
  for (const folder of folders) removeTempFolder(folder);
}
