/** From one moment to another, both included, in ms since 1970. */
export interface Period {
  readonly from: number;
  readonly until: number;
}

export function scopesOf(value: unknown): readonly string[] | null {
  return Array.isArray(value) ? value.filter((scope) => typeof scope === 'string') : null;
}

/** In ms or seconds since 1970, or as a date: a moment without milliseconds can be any of its second. */
export function periodOf(value: unknown): Period | null {
  if (typeof value !== 'number' && typeof value !== 'string') return null;
  const given = typeof value === 'string' && !/^\d+$/.test(value) ? momentOf(value) : Number(value);
  if (!Number.isFinite(given) || given <= 0) return null;
  const from = given < 100_000_000_000 ? given * 1000 : given;
  return { from, until: from % 1000 === 0 ? from + 999 : from };
}

/** A date that names no time zone is taken for UTC, wherever this runs. */
function momentOf(date: string): number {
  return Date.parse(/T[\d:.]+$/.test(date) ? `${date}Z` : date);
}

export function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

export function idOf(value: unknown): string | null {
  if (Number.isSafeInteger(value) && Number(value) >= 0) return String(value);
  return typeof value === 'string' && /^\d{1,30}$/.test(value) ? value : null;
}

/** The end of the year 9999: RFC 3339 writes no later time. */
const latest = Date.UTC(10_000, 0) - 1;

/** A time in ms since 1970; null if the value is not a time, or RFC 3339 cannot express it. */
export function momentIn(value: unknown): number | null {
  const moment = periodOf(value)?.from;
  return moment === undefined || moment > latest ? null : moment;
}
