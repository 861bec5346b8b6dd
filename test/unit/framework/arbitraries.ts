import fc from 'fast-check';
import { t, unknown } from '../../../provider/framework';
import type { Type } from '../../../provider/framework/schema/schema';

/** A type, and values of it: known throughout, or with unknown and null wherever they may be. */
export interface Sample {
  readonly type: Type;
  readonly known: fc.Arbitrary<unknown>;
  readonly open: fc.Arbitrary<unknown>;
}

const normalized = fc.string({ unit: 'grapheme' }).map((text) => text.normalize('NFC'));
// The one key that the msgpack library rejects.
const keys = normalized.filter((key) => key !== '__proto__');
const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
const digits = fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n });
const fraction = fc.stringMatching(/^\d{0,20}[1-9]$/);

/** Canonical decimals up to 10^40, with and without a fraction. */
const decimals = fc
  .tuple(digits, fc.option(fraction))
  .map(([whole, part]) => (part === null ? `${whole}` : `${whole}.${part}`));

const leaf = (type: Type, known: fc.Arbitrary<unknown>): Sample => ({ type, known, open: orUnknown(known) });

const leaves = fc.constantFrom(
  leaf(t.string, normalized),
  leaf(t.bool, fc.boolean()),
  leaf(
    t.number,
    fc.oneof(fc.integer(), fc.maxSafeInteger(), finite).map((value) => value + 0),
  ),
  leaf(t.decimal, decimals),
);

function orUnknown(values: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 5, arbitrary: values }, { weight: 1, arbitrary: fc.constant(unknown) });
}
const orNull = (values: fc.Arbitrary<unknown>) => fc.option(values, { freq: 5 });

function collection({ type, known, open }: Sample, kind: 'list' | 'set' | 'map'): Sample {
  const of = (element: fc.Arbitrary<unknown>) =>
    kind === 'map' ? fc.dictionary(keys, element, { maxKeys: 4 }) : fc.array(element, { maxLength: 4 });
  return { type: t[kind](type), known: of(known), open: orUnknown(of(open)) };
}

function object(fields: Readonly<Record<string, Sample>>): Sample {
  const of = (view: 'known' | 'open') =>
    fc.record(Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, orNull(field[view])])));
  const type = t.object(
    Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, field.type])),
  );
  return { type, known: of('known'), open: orUnknown(of('open')) };
}

const fieldName = fc.stringMatching(/^[a-z][a-z0-9_]{0,5}$/);

/** Any type up to three levels deep. */
export const samples: fc.Arbitrary<Sample> = fc.letrec<{ any: Sample }>((tie) => ({
  any: fc.oneof(
    { depthSize: 'small', maxDepth: 3, withCrossShrink: true },
    leaves,
    fc.tuple(tie('any'), fc.constantFrom('list', 'set', 'map')).map(([of, kind]) => collection(of, kind)),
    fc.dictionary(fieldName, tie('any'), { minKeys: 1, maxKeys: 3 }).map(object),
  ),
})).any;

/** Types that have no type inside. */
export const flatSamples = leaves;
