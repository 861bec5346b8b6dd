import type { Fault } from './faults';
import { objectBody, Refusal } from './refusal';

/** Random faults: how many, how bad, and the seed of the random numbers. */
export type Chaos = {
  /** The same seed gives the same row of faults. */
  seed: number;
  /** The part of all requests that meet a fault, from 0 to 1. */
  share: number;
  /** How many milliseconds a delayed request takes: longer than the callers wait. */
  delay: number;
};

const off: Chaos = { seed: 0, share: 0, delay: 0 };

/** Everything that goes wrong, by a name that a table can show. */
const kinds: Record<string, (chaos: Chaos) => Fault> = {
  '429 with Retry-After': () => ({ status: 429, retryAfter: 1 }),
  '429 without Retry-After': () => ({ status: 429 }),
  '500 before the work': () => ({ status: 500 }),
  '500 after the work': () => ({ status: 500, after: true }),
  '502 before the work': () => ({ status: 502, body: '<html>Bad Gateway</html>' }),
  '503 before the work': () => ({ status: 503 }),
  '504 after the work': () => ({ status: 504, after: true }),
  'delay before the work': ({ delay }) => ({ delay }),
  'delay after the work': ({ delay }) => ({ delay, after: true }),
  'connection dropped before the work': () => ({ drop: 'before' }),
  'connection dropped after the work': () => ({ drop: 'after' }),
  'answer truncated': () => ({ corrupt: 'truncate' }),
  'answer is a web page': () => ({ corrupt: 'html' }),
};

/** A row of numbers from 0 to below 1 that a seed settles (mulberry32, a public-domain generator). */
export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function parseChaos(body: unknown): Chaos {
  const wanted = { ...off, ...objectBody(body) } as Record<string, unknown>;
  for (const [key, value] of Object.entries(wanted)) {
    const isFit = key in off && typeof value === 'number' && value >= 0 && (key !== 'share' || value <= 1);
    if (!isFit) throw new Refusal(400, `"${key}" is not a chaos setting, or its value is invalid.`);
  }
  return wanted as Chaos;
}

/** Faults that are drawn for every request, until they are switched off. */
export function createChaos() {
  let current = off;
  let random = randomNumbers(0);
  let bag: string[] = [];
  const drawn = new Map<string, number>();
  let requests = 0;
  return {
    /** Takes a request body, 400 for one that means nothing; `{}` switches chaos off. What was counted stays. */
    set(body: unknown): void {
      current = parseChaos(body);
      random = randomNumbers(current.seed);
      bag = [];
    },
    /** How many requests faults were drawn for, and how many there were of each kind. */
    counts: () => ({
      requests,
      faults: Object.fromEntries(Object.keys(kinds).map((kind) => [kind, drawn.get(kind) ?? 0])),
    }),
    /** The fault that the next request meets, if any. */
    draw(): Fault | undefined {
      if (current.share === 0) return undefined;
      requests++;
      if (random() >= current.share) return undefined;
      // Each kind once before any comes again, so that few faults are of many kinds.
      if (bag.length === 0) bag = Object.keys(kinds);
      const [kind = ''] = bag.splice(Math.floor(random() * bag.length), 1);
      drawn.set(kind, (drawn.get(kind) ?? 0) + 1);
      return kinds[kind]?.(current);
    },
  };
}
