import { day } from '../duration';
import { byTime, dateOf, rfc3339, type Time, timeOf } from '../time';

/** When generations begin, and how long they overlap. */
export interface Schedule {
  readonly first: Time;
  /** In ms, as `overlap`, which is the shorter one. */
  readonly every: number;
  readonly overlap: number;
  /** Further times to rotate at. */
  readonly rotateAt: readonly Time[];
  /** The keys of the generations that nobody should use any more. */
  readonly leaked: readonly string[];
}

export interface Rotation {
  /** The keys of all generations that should be there, the newest last. */
  readonly live: readonly string[];
  /** The one to use: the newest that exists, or the one to be made if none exists yet. */
  readonly current: string;
  /** The latest time, up to now, at which a generation should have begun; before the first one, that. */
  readonly due: string;
  readonly nextRotation: string;
  /** When the generations before the newest one may go; null if there are none. */
  readonly overlapEnds: string | null;
}

/**
 * Which generations there should be, given those that there are, the oldest first. Either one is added or others go,
 * never both at once: the engine may revoke one client and then fail to create the next.
 */
export function decide(schedule: Schedule, existing: readonly Time[], now: number): Rotation {
  const safe = existing.filter(({ text }) => !schedule.leaked.includes(text));
  // One from a clock that is ahead, or made by hand, must neither hold up the schedule nor be revoked.
  const [good, ahead] = [
    safe.filter((each) => !isAhead(each, now)),
    safe.filter((each) => isAhead(each, now)),
  ];
  const added = needsAnother(schedule, existing, good, now) ? another(schedule, existing, now) : undefined;
  const staying = added ? [...good, added] : withinOverlap(schedule, good, now);
  const ends = staying.length > 1 ? overlapEnd(schedule, staying.at(-1) as Time) : undefined;
  return {
    live: (added ? [...existing, added].sort(byTime) : [...staying, ...ahead]).map(({ text }) => text),
    current: (good.at(-1) ?? safe.at(-1) ?? existing.at(-1) ?? (added as Time)).text,
    due: written(schedule, Math.max(slot(schedule, now), ...past(schedule.rotateAt, now))),
    nextRotation: rfc3339(nextRotation(schedule, staying.at(-1) as Time, ends, now)),
    overlapEnds: ends === undefined ? null : rfc3339(ends),
  };
}

/** The last time at which the schedule itself begins a generation; before the first one, that. */
function slot({ first, every }: Schedule, at: number): number {
  return first.from + Math.max(0, Math.floor((at - first.from) / every)) * every;
}

function past(times: readonly Time[], now: number): number[] {
  return times.map(({ from }) => from).filter((from) => from <= now);
}

function needsAnother(
  schedule: Schedule,
  existing: readonly Time[],
  good: readonly Time[],
  now: number,
): boolean {
  const [third, previous, newest] = [good.at(-3), good.at(-2), good.at(-1)];
  if (!newest) return true;
  const leaked = existing.filter(({ text }) => schedule.leaked.includes(text));
  if (past([...schedule.rotateAt, ...leaked], now).some((from) => newest.from < from)) return true;
  // Otherwise the last rotation is completed first, unless no plan has done so in time.
  const end = overlapEnd(schedule, newest);
  const isMissed = end < slot(schedule, now) || end + day <= now;
  return (!previous || (!third && isMissed)) && isLate(schedule, newest, now);
}

function isAhead({ from }: Time, now: number): boolean {
  return from > now + day;
}

function isLate(schedule: Schedule, newest: Time, now: number): boolean {
  return now >= schedule.first.from && newest.from < slot(schedule, now);
}

/** When the one before this generation may go. */
function overlapEnd({ overlap }: Schedule, newer: Time): number {
  // A client that is named for a day can have been made at its end.
  return newer.until + overlap;
}

/** The newest generation, and those before it whose overlap has not ended, or had not when the next one was made. */
function withinOverlap(schedule: Schedule, good: readonly Time[], now: number): readonly Time[] {
  let start = good.length - 1;
  for (let until = now; start > 0; start--) {
    const newer = good[start] as Time;
    if (overlapEnd(schedule, newer) <= until) break;
    // If it turned up late, the one before was in use until then. So both stay for the overlap of the newest.
    // A client that is named for today counts as made at the end of the day, which is not over.
    until = Math.min(now, newer.until);
  }
  return good.slice(start);
}

/** A new generation. Its key is the time of the plan, however late that is, since its overlap counts from then. */
function another(schedule: Schedule, existing: readonly Time[], now: number): Time {
  const isTaken = (key: string) => schedule.leaked.includes(key) || existing.some(({ text }) => text === key);
  const date = timeOf(dateOf(now) as string) as Time;
  const before = past([...existing, ...schedule.rotateAt], now);
  if (isInDays(schedule) && !isTaken(date.text) && before.every((from) => from <= date.from)) return date;
  // Not before anything that is due in this second.
  let at = Math.ceil(now / 1_000) * 1_000;
  while (isTaken(rfc3339(at))) at += 1_000;
  return timeOf(rfc3339(at)) as Time;
}

function isInDays({ first, every, overlap }: Schedule): boolean {
  return first.isDate && every % day === 0 && overlap % day === 0;
}

function written(schedule: Schedule, at: number): string {
  return isInDays(schedule) && at % day === 0 ? (dateOf(at) as string) : rfc3339(at);
}

/** When the next generation is to be made, if nothing unforeseen happens. */
function nextRotation(schedule: Schedule, newest: Time, ends: number | undefined, now: number): number {
  const { first, every, rotateAt } = schedule;
  const covered = Math.max(now, newest.from);
  const next = covered < first.from ? first.from : slot(schedule, covered) + every;
  // One that is due waits for the end of an overlap, and never for anything else.
  const regular = isLate(schedule, newest, now) ? now : next;
  const extra = rotateAt.map(({ from }) => from).filter((from) => from > covered);
  return Math.min(Math.max(regular, ends ?? 0), ...extra);
}
