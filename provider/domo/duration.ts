import { type Validator, validator } from '../framework';

const units: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

/** A duration as Terraform writes it, such as "45s" or "1h30m", in ms; undefined if it is not one. */
export function milliseconds(text: string): number | undefined {
  if (!/^(\d+(\.\d+)?(ms|s|m|h))+$/.test(text)) return undefined;
  const parts = text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g);
  const total = [...parts].reduce(
    (sum, [, amount, unit = '']) => sum + Number(amount) * (units[unit] ?? 0),
    0,
  );
  return total > 0 ? total : undefined;
}

export const isDuration: Validator<string> = validator(
  'must be a duration such as "45s", "10m" or "1h30m"',
  (text) => (milliseconds(text) === undefined ? `"${text}" is not a duration, or is zero.` : undefined),
);
