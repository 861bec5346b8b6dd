import { type Validator, validator } from '../framework';

const units: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

/** A duration as Terraform writes it, such as "45s" or "1h30m", in ms; undefined if it is not one. */
export function milliseconds(text: string): number | undefined {
  return total(text, /^(\d+(\.\d+)?(ms|s|m|h))+$/);
}

/** The same for a long one, which may also have days of 24 hours and weeks, such as "90d" or "1w12h". */
export function longMilliseconds(text: string): number | undefined {
  return total(text, /^(\d+(\.\d+)?(s|m|h|d|w))+$/);
}

function total(text: string, form: RegExp): number | undefined {
  if (!form.test(text)) return undefined;
  const parts = text.matchAll(/(\d+(?:\.\d+)?)([a-z]+)/g);
  const sum = [...parts].reduce(
    (before, [, amount, unit = '']) => before + Number(amount) * (units[unit] ?? 0),
    0,
  );
  return sum > 0 ? sum : undefined;
}

export const isDuration: Validator<string> = validator(
  'must be a duration such as "45s", "10m" or "1h30m"',
  (text) => (milliseconds(text) === undefined ? `"${text}" is not a duration, or is zero.` : undefined),
);

/** A second at least and a century at most: what is computed with it stays a date that everybody can read. */
export const isLongDuration: Validator<string> = validator(
  'must be a duration such as "12h", "90d" or "12w", of at least a second and at most 36500d',
  (text) => {
    const given = longMilliseconds(text);
    if (given === undefined) return `"${text}" is not a duration, or is zero.`;
    return given < 1_000 || given > 36_500 * day ? `"${text}" is too short or too long.` : undefined;
  },
);

/** A day of 24 hours, in ms. */
export const day = 86_400_000;
