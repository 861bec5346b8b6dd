import { objectBody, Refusal } from './refusal';

/**
 * Where Domo is known, or likely, to answer differently. All are off at the start;
 * `PUT /_sandbox/quirks` sets the named ones and puts the others back.
 */
export type Quirks = {
  /** The list comes as `{"entries": [...]}`, as it did until June 2025. */
  wrapped: boolean;
  /** The list shows whole client ids. */
  fullIds: boolean;
  /** The list tells when a client was created, in milliseconds since 1970, instead of null. */
  created: boolean;
  /** The status for revoking an id that is not there: 400 or 404. */
  missing: number;
  /** How many milliseconds a new client stays out of the list. */
  listLag: number;
  /** Scopes that Domo has added. */
  scopes: string[];
  /** How many requests a second are taken; 0 for any number. */
  requestsPerSecond: number;
};

const defaults = (): Quirks => ({
  wrapped: false,
  fullIds: false,
  created: false,
  missing: 400,
  listLag: 0,
  scopes: [],
  requestsPerSecond: 0,
});

const checks: { [K in keyof Quirks]: (value: unknown) => value is Quirks[K] } = {
  wrapped: (value) => typeof value === 'boolean',
  fullIds: (value) => typeof value === 'boolean',
  created: (value) => typeof value === 'boolean',
  missing: (value): value is number => value === 400 || value === 404,
  listLag: (value): value is number => typeof value === 'number' && value >= 0,
  scopes: (value): value is string[] =>
    Array.isArray(value) && value.every((each) => typeof each === 'string'),
  requestsPerSecond: (value): value is number => typeof value === 'number' && value >= 0,
};

/** Quirks from a JSON object; 400 for anything else, or a quirk that is not known. */
export function parseQuirks(body: unknown): Partial<Quirks> {
  const wanted = objectBody(body);
  for (const [key, value] of Object.entries(wanted)) {
    const check = Object.entries(checks).find(([name]) => name === key)?.[1];
    if (!check?.(value)) throw new Refusal(400, `"${key}" is not a quirk, or its value is invalid.`);
  }
  return wanted;
}

/**
 * The quirks in force: `set` takes a request body (400 for anything it does not know), `now` reads them.
 *
 * @param first what is in force at the start, and after a reset
 */
export function createQuirks(first: Partial<Quirks> = {}) {
  let current = { ...defaults(), ...first };
  return {
    reset() {
      current = { ...defaults(), ...first };
    },
    now: (): Readonly<Quirks> => current,
    set(body: unknown): Readonly<Quirks> {
      current = { ...defaults(), ...parseQuirks(body) };
      return current;
    },
  };
}
