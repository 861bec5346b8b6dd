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
  missing: 400,
  listLag: 0,
  scopes: [],
  requestsPerSecond: 0,
});

const checks: { [K in keyof Quirks]: (value: unknown) => value is Quirks[K] } = {
  wrapped: (value) => typeof value === 'boolean',
  fullIds: (value) => typeof value === 'boolean',
  missing: (value): value is number => value === 400 || value === 404,
  listLag: (value): value is number => typeof value === 'number' && value >= 0,
  scopes: (value): value is string[] =>
    Array.isArray(value) && value.every((each) => typeof each === 'string'),
  requestsPerSecond: (value): value is number => typeof value === 'number' && value >= 0,
};

/** Today's quirks: `set` takes a request body (400 for anything it does not know), `now` reads them. */
export function createQuirks() {
  let current = defaults();
  return {
    now: (): Readonly<Quirks> => current,
    set(body: unknown): Readonly<Quirks> {
      const wanted = objectBody(body);
      for (const [key, value] of Object.entries(wanted)) {
        const check = Object.entries(checks).find(([name]) => name === key)?.[1];
        if (!check?.(value)) throw new Refusal(400, `"${key}" is not a quirk, or its value is invalid.`);
      }
      current = { ...defaults(), ...wanted };
      return current;
    },
  };
}
