import { type Validator, validator } from '../framework';
import { day } from './duration';

/** A date or a time as somebody has written it. */
export interface Time {
  readonly text: string;
  /** In ms since 1970. */
  readonly from: number;
  /** The same for a time; the end of the day (UTC) for a date. */
  readonly until: number;
  readonly isDate: boolean;
}

/** A date or an RFC 3339 time; undefined for any other text, and for a day or an hour that does not exist. */
export function timeOf(text: string): Time | undefined {
  const [, date, hour, minute, second, zone] = form.exec(text) ?? [];
  if (date === undefined || dateOf(Date.parse(date)) !== date) return undefined;
  if (hour === undefined) {
    const from = Date.parse(date);
    return { text, from, until: from + day, isDate: true };
  }
  const parts = [hour, minute, second, ...(zone?.slice(1).split(':') ?? [])].map(Number);
  const limits = [23, 59, 59, 23, 59];
  if (parts.some((part, index) => part > (limits[index] ?? 0))) return undefined;
  const from = Date.parse(text.toUpperCase());
  return { text, from, until: from, isDate: false };
}

const form = /^(\d{4}-\d\d-\d\d)(?:[Tt](\d\d):(\d\d):(\d\d)(?:\.\d+)?([Zz]|[+-]\d\d:\d\d))?$/;

/** Orders times by when they begin. */
export function byTime(a: Time, b: Time): number {
  return a.from - b.from || (a.text < b.text ? -1 : 1);
}

/** The date (UTC) of a time in ms since 1970; undefined if that is no time. */
export function dateOf(at: number): string | undefined {
  return Number.isNaN(at) ? undefined : new Date(at).toISOString().slice(0, 10);
}

/** A time in ms since 1970 as RFC 3339 writes it, to the second. */
export function rfc3339(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`;
}

/** So that a century can be added or taken away. */
const [earliest, latest] = [Date.UTC(1900, 0), Date.UTC(3000, 0)];

const rule = 'must be a date such as "2026-01-31" or an RFC 3339 time such as "2026-01-31T12:00:00Z"';

export const isTime: Validator<string> = validator(`${rule}, in the years 1900 to 2999`, (text) => {
  const time = timeOf(text);
  if (time === undefined) return `"${text}" is neither.`;
  return time.from < earliest || time.from >= latest ? `"${text}" is outside those years.` : undefined;
});

/** Generations are named by anybody, for any year. */
export const isKey: Validator<string> = validator(rule, (text) =>
  timeOf(text) === undefined ? `"${text}" is neither.` : undefined,
);
