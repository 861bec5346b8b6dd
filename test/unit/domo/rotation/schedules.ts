import fc from 'fast-check';
import { day } from '../../../../provider/domo/duration';
import { decide, type Rotation, type Schedule } from '../../../../provider/domo/rotation/decide';
import { byTime, rfc3339, type Time, timeOf } from '../../../../provider/domo/time';

export const time = (text: string): Time => {
  const parsed = timeOf(text);
  if (!parsed) throw new Error(`${text} is no time.`);
  return parsed;
};

export const ms = (text: string) => time(text).from;

/** A schedule in days. */
export const schedule = (first: string, every: number, overlap: number, more: Partial<Schedule> = {}) => ({
  first: time(first),
  every: every * day,
  overlap: overlap * day,
  rotateAt: [],
  leaked: [],
  ...more,
});

/** The generations of these keys, as they are read from names. */
export const generations = (keys: readonly string[]): Time[] => [...new Set(keys)].map(time).sort(byTime);

export const rotate = (given: Schedule, keys: readonly string[], now: string): Rotation =>
  decide(given, generations(keys), ms(now));

const start = ms('2026-01-01');
export const moment = fc.integer({ min: 0, max: 4 * 365 * 24 }).map((hours) => start + hours * 3_600_000);
const key = fc
  .tuple(moment, fc.boolean())
  .map(([at, isDate]) => (isDate ? rfc3339(at).slice(0, 10) : rfc3339(at)));
/** In hours. */
const length = fc.oneof(
  fc.integer({ min: 1, max: 100 }).map((days) => days * 24),
  fc.integer({ min: 1, max: 2400 }),
);

/** In ms. */
export const lengths = length.map((hours) => hours * 3_600_000);

/** Schedules in days and in hours, with a first generation in the past or the future. */
export const schedules: fc.Arbitrary<Schedule> = fc
  .tuple(key, length, length)
  .filter(([, one, other]) => one !== other)
  .map(([first, one, other]) => ({
    first: time(first),
    every: Math.max(one, other) * 3_600_000,
    overlap: Math.min(one, other) * 3_600_000,
    rotateAt: [],
    leaked: [],
  }));

/** Schedules that are also rotated out of turn. */
export const disturbed: fc.Arbitrary<Schedule> = fc
  .tuple(schedules, fc.array(key, { maxLength: 3 }))
  .map(([given, rotateAt]) => ({ ...given, rotateAt: rotateAt.map(time) }));

// Close together, so that overlaps run into each other.
const keysTogether = fc
  .tuple(moment, fc.array(fc.integer({ min: -200, max: 40 }), { maxLength: 5 }), fc.boolean())
  .map(([at, days, isDate]) =>
    days.map((each) => rfc3339(at + each * day).slice(0, isDate ? 10 : undefined)),
  );

/** Any clock and any generations, made on time or not, by this schedule or another. */
export const situations = (of: fc.Arbitrary<Schedule>) =>
  fc.record({ given: of, now: moment, keys: keysTogether });

/** The same, in which some generations have leaked. */
export const leaks = situations(disturbed).chain((situation) =>
  fc.subarray([...situation.keys, '2026-02-03']).map((leaked) => ({
    ...situation,
    given: { ...situation.given, leaked },
  })),
);
