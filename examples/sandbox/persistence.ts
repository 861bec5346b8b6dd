import { readFileSync } from 'node:fs';
import { rename, rm, writeFile } from 'node:fs/promises';

/** Reads a JSON file; undefined if it does not exist. Throws if it is not JSON. */
export function readJson(path: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own message quotes the text, and with it tokens and passwords.
    throw new Error('it is not JSON');
  }
}

/**
 * Writes the file so that a reader finds the old or the new content, never a part.
 * Only the owner of the process may read it.
 */
async function replaceJson(path: string, value: unknown): Promise<void> {
  const temporary = `${path}.tmp`;
  // A left-over of a killed process could have another mode, or be a link to somewhere else.
  await rm(temporary, { force: true });
  await writeFile(temporary, JSON.stringify(value, null, 2), { mode: 0o600, flag: 'wx' });
  await rename(temporary, path);
}

/**
 * Returns `save`: it resolves when everything up to its call is in the file.
 * Writes never overlap; calls during a write share the next one, so that 1,000 changes are a few writes.
 */
export function createSaver(path: string, snapshot: () => unknown): () => Promise<void> {
  let last: Promise<void> = Promise.resolve();
  let queued: Promise<void> | undefined;
  return () => {
    queued ??= last
      // A failed write was told to its own callers; the next one is another try.
      .catch(() => undefined)
      .then(() => {
        queued = undefined;
        return replaceJson(path, snapshot());
      });
    last = queued;
    return last;
  };
}
