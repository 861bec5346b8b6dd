import { createHash } from 'node:crypto';

/** A row of numbers from 0 to below 1; the same seed gives the same row. */
export function seededNumbers(seed: number): () => number {
  let drawn = 0;
  return () => createHash('sha256').update(`${seed}/${drawn++}`).digest().readUInt32BE() / 2 ** 32;
}
