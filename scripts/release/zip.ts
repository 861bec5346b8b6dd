import { type Zippable, zipSync } from 'fflate';
import type { Part } from '../starter/parts';

const unix = 3;

/** From this size on, a hasty zip stores a file as it is. */
const large = 10e6;

/**
 * Makes a zip that is the same whenever and wherever it is made from the same files: the entries are in the order
 * given, their time is noon on the day of `date` (in UTC), and they are compressed by code whose version is in the lock
 * file. (Node's own zlib differs by processor and version.)
 *
 * @param hasty whether an executable is stored as it is: to compress it takes ten seconds, the most of a build
 */
export function zip(entries: readonly Part[], date: Date, { hasty = false } = {}): Uint8Array {
  // A zip has local times without a time zone. Noon exists on every day, even when the clocks change.
  const mtime = new Date(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate(), 12);
  const files: Zippable = {};
  for (const { name, content, executable } of entries) {
    const mode = 0o100000 | (executable ? 0o755 : 0o644);
    const level = hasty && content.length >= large ? 0 : 6;
    files[name] = [content, { level, mtime, os: unix, attrs: mode * 0x10000 }];
  }
  return zipSync(files);
}
