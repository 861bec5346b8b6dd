import { pauseUntil } from '../../domo/api/transport/timers';

/** How patiently something is waited for, in ms. */
export interface Pace {
  /** Between the beginnings of two looks. */
  readonly every: number;
  /** For how long at most. */
  readonly atMost: number;
  /** How long the clean-up may take, which no interrupt cuts short. */
  readonly cleanUp: number;
}

export const defaultPace: Pace = { every: 5_000, atMost: 120_000, cleanUp: 120_000 };

/** As patient as a clean-up can be. */
export const threeLooks = ({ every, cleanUp }: Pace): Pace => ({ every, atMost: 2 * every, cleanUp });

/** What a look has found, and how long after the first look was begun, in ms. */
export interface Found<T> {
  readonly value: T;
  readonly ms: number;
}

/** Looks again and again until there is something; undefined if there is nothing in time. Throws if the signal is aborted. */
export async function lookFor<T>(
  look: () => Promise<T | undefined>,
  { every, atMost }: Pace,
  signal: AbortSignal,
): Promise<Found<T> | undefined> {
  const start = performance.now();
  for (let next = start; next - start <= atMost; next += every) {
    await pauseUntil(() => next, signal);
    signal.throwIfAborted();
    const value = await look();
    if (value !== undefined) return { value, ms: performance.now() - start };
  }
  return undefined;
}
