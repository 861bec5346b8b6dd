import { failure } from '../diagnostics';
import { typeMismatch, wrongShape } from './codec';
import { decimalOf, wireNumber } from './decimal';
import type { Path } from './path';
import type { Type } from './schema';
import type { WireValue } from './unknown';

type SameViews<T> = { config: T; known: T; proposed: T; plan: T; state: T };

function primitive<T extends string | boolean>(name: string, js: 'string' | 'boolean'): Type<SameViews<T>> {
  return {
    cty: name,
    decode(wire, path) {
      if (typeof wire !== js) throw typeMismatch(path, `A ${js}`);
      return wire;
    },
    encode(value, path) {
      if (typeof value !== js) throw wrongShape(path, `is not a ${js}`);
      return value as WireValue;
    },
    key: (value) => JSON.stringify(value),
    isKnown: () => true,
  };
}

function numeric<T extends string | number>(
  fromDecimal: (decimal: string, path: Path) => T,
  accepts: (value: unknown) => boolean,
): Type<SameViews<T>> {
  return {
    cty: 'number',
    decode(wire, path) {
      const decimal = decimalOf(wire);
      if (decimal === undefined) throw typeMismatch(path, 'A number');
      return fromDecimal(decimal, path);
    },
    encode(value, path) {
      const decimal = accepts(value) ? decimalOf(value) : undefined;
      if (decimal === undefined) throw wrongShape(path, 'is not a number');
      return wireNumber(decimal);
    },
    key: (value) => decimalOf(value) ?? String(value),
    isKnown: () => true,
  };
}

export const string = primitive<string>('string', 'string');

export const bool = primitive<boolean>('bool', 'boolean');

/** A JavaScript number. A value that it cannot hold exactly is an error; use {@link decimal} for those. */
export const number = numeric<number>(
  (decimal, path) => {
    const value = Number(decimal);
    if (decimalOf(value) === decimal) return value;
    // Not quoted: the attribute may be sensitive.
    throw failure(
      'The number is too precise',
      'This attribute cannot store it exactly. Use fewer digits.',
      path,
    );
  },
  (value) => typeof value === 'number',
);

/** A number of any size and precision, as canonical decimal text: `"9007199254740993"`, `"0.1"`. */
export const decimal = numeric<string>(
  (decimal) => decimal,
  (value) => typeof value === 'string',
);
