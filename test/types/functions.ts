/** What a function's handler sees and may return, checked by tsc alone: nothing here runs. */
import {
  createFactory,
  nonEmpty,
  optional,
  parameter,
  required,
  t,
  type Unknown,
  unknown,
  variadic,
} from '../../provider/framework';
import { d, exactly } from './things';

const factory = createFactory<null>();
const common = { summary: 'A summary.', ...d };

factory.function('all', {
  ...common,
  parameters: {
    plain: parameter(t.string, { ...d, validate: [nonEmpty] }),
    empty: parameter(t.number, { ...d, allowNull: true }),
    set: parameter(t.set(t.string), d),
    thing: parameter(
      t.nested({
        name: required(t.string, d),
        note: optional(t.string, d),
        size: optional(t.number, { ...d, default: 1 }),
      }),
      d,
    ),
    rest: variadic(t.bool, d),
  },
  returns: t.list(t.string),
  run({ plain, empty, set, thing, rest }, { argumentError }) {
    exactly<typeof plain, string>(true);
    exactly<typeof empty, number | null>(true);
    exactly<typeof set, readonly string[]>(true);
    exactly<typeof thing.name, string>(true);
    exactly<typeof thing.note, string | null>(true);
    exactly<typeof thing.size, number>(true);
    exactly<typeof rest, readonly boolean[]>(true);
    argumentError('rest', 'No.', 1);
    // @ts-expect-error: there is no such parameter
    argumentError('rset', 'No.');
    return [plain];
  },
});

factory.function('partly', {
  ...common,
  parameters: {
    known: parameter(t.string, d),
    partly: parameter(t.list(t.string), { ...d, allowUnknown: true }),
    rest: variadic(t.string, { ...d, allowNull: true, allowUnknown: true }),
  },
  returns: t.string,
  run({ known, partly, rest }) {
    exactly<typeof known, string>(true);
    exactly<typeof partly, readonly (string | Unknown)[] | Unknown>(true);
    exactly<typeof rest, readonly (string | Unknown | null)[]>(true);
    return unknown;
  },
});

// A function returns what it promises.
const one = { ...common, parameters: { text: parameter(t.string, d) } };
factory.function('one', { ...one, returns: t.number, run: async ({ text }) => text.length });
// @ts-expect-error: another type
factory.function('one', { ...one, returns: t.number, run: ({ text }) => text });
// @ts-expect-error: never null
factory.function('one', { ...one, returns: t.string, run: () => null });
// @ts-expect-error: nothing that it was given is unknown
factory.function('one', { ...one, returns: t.string, run: () => unknown });
// @ts-expect-error: a key is missing
factory.function('one', { ...one, returns: t.object({ a: t.string }), run: () => ({}) });
// @ts-expect-error: there is no such parameter
factory.function('one', { ...one, returns: t.string, run: ({ txet }) => String(txet) });
// @ts-expect-error: no return type
factory.function('one', { ...one, run: () => 'a' });

// Options fit the type.
// @ts-expect-error: no description
parameter(t.string, {});
// @ts-expect-error: a rule for texts on a number
parameter(t.number, { ...d, validate: [nonEmpty] });
// @ts-expect-error: a caller gives every argument
parameter(t.string, { ...d, default: 'a' });
// @ts-expect-error: misspelt
parameter(t.string, { ...d, allowNul: true });
