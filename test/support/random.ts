import { createHash } from 'node:crypto';

/** A row of numbers from 0 to below 1; the same seed gives the same row. */
export function seededNumbers(seed: number): () => number {
  let hashed = 0;
  // Hashes cost far more than what is made of the numbers, so each gives all eight that are in it.
  let hash = Buffer.alloc(0);
  let at = 0;
  return () => {
    if (at === hash.length) {
      hash = createHash('sha256').update(`${seed}/${hashed++}`).digest();
      at = 0;
    }
    at += 4;
    return hash.readUInt32BE(at - 4) / 2 ** 32;
  };
}
