import { isUnknown, type Unknown } from './unknown';

/** A rule for a value that the user wrote. It is applied only to values that are known and not null. */
export interface Validator<T> {
  /** The rule as the documentation puts it, such as "must be non-empty". */
  readonly rule: string;
  /** What the rule is about, such as "Each element", if that is not the value itself. */
  readonly subject?: string;
  /** Why this value breaks the rule, as a sentence, or "" if the rule says it all; undefined if it does not. */
  check(value: T): string | undefined;
}

export function validator<T>(rule: string, check: (value: T) => string | undefined): Validator<T> {
  return { rule, check };
}

export const nonEmpty = validator<string>('must be non-empty', (value) => {
  if (value.trim() !== '') return undefined;
  return value === '' ? 'The value is empty.' : 'The value consists of blanks only.';
});

export const atLeastOne = validator<readonly unknown[]>('must have at least one element', (value) =>
  value.length === 0 ? '' : undefined,
);

/** Applies a rule to every known element of a list or set. */
export function each<T>(inner: Validator<T>): Validator<readonly (T | Unknown)[]> {
  return {
    subject: 'Each element',
    rule: inner.rule,
    check(values) {
      for (const value of values) {
        const complaint = isUnknown(value) ? undefined : inner.check(value);
        if (complaint !== undefined) return complaint;
      }
      return undefined;
    },
  };
}
