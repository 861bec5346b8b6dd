/**
 * How a check came out. `note`: nothing is wrong, but the reader should know. `skipped`: an earlier answer left nothing
 * to check. Only `failed` makes the exit code 1.
 */
export type Status = 'ok' | 'note' | 'warning' | 'failed' | 'skipped';

/** What a program can read. Never a secret, and never the text of an API client that the doctor has not made. */
export type Fact = string | number | boolean | null | readonly (string | number)[];

/** The outcome of one check, as one line of the report. */
export interface Finding {
  readonly check: string;
  readonly status: Status;
  /** What was seen, in one sentence or two. */
  readonly says: string;
  /** What to do about it. */
  readonly todo?: string;
  readonly facts?: Readonly<Record<string, Fact>>;
}

/** Is given each finding as soon as there is one. */
export type Tell = (finding: Finding) => void;

/** `1 check`, `2 checks`. */
export const counted = (number: number, what: string) => `${number} ${what}${number === 1 ? '' : 's'}`;

export const seconds = (ms: number) => `${Math.round(ms / 100) / 10} s`;
