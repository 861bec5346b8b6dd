import { type Zippable, zipSync } from 'fflate';

/** A file of a zip. */
export interface Entry {
  readonly name: string;
  readonly content: Uint8Array;
  readonly executable: boolean;
}

const unix = 3;

/**
 * A zip that is the same wherever and whenever it is made of the same: entries in the order given, with the day of
 * `date` (in UTC, at noon) for a time, and compressed by code whose version the lock file names. (Node's own zlib
 * differs with processor and version.)
 */
export function zip(entries: readonly Entry[], date: Date): Uint8Array {
  // A zip has local times without a zone. Noon is a time of every day, also of those when summer time begins.
  const mtime = new Date(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate(), 12);
  const files: Zippable = {};
  for (const { name, content, executable } of entries) {
    const mode = 0o100000 | (executable ? 0o755 : 0o644);
    files[name] = [content, { level: 6, mtime, os: unix, attrs: mode * 0x10000 }];
  }
  return zipSync(files);
}
