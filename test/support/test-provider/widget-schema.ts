import {
  atLeastOne,
  computed,
  each,
  isUnknown,
  type Modifier,
  nonEmpty,
  optional,
  optionalComputed,
  type PlanView,
  required,
  requiresReplace,
  type State,
  t,
  useStateForUnknown,
  validator,
  writeOnly,
} from '../../../provider/framework';

const kept = [useStateForUnknown];
const about = (description: string) => ({ description });

const positive = validator<number>('must be above zero', (n) => (n > 0 ? undefined : `${n} is not.`));

/** Quotes what it refuses, as a careless validator does: the framework must not pass that on for secrets. */
const fourDigits = validator<string>('must have four digits', (text) =>
  /^\d{4}$/.test(text) ? undefined : `"${text}" has not.`,
);

const letters = (words: readonly string[]) =>
  words
    .map((word) => word.toLowerCase())
    .sort()
    .join();
const sameLetters = (a: readonly string[], b: readonly string[]) => letters(a) === letters(b);

/** A modifier of the provider's own: what shrinks is made anew. */
const replacedWhenLowered: Modifier = {
  note: 'Lowering it replaces the widget.',
  modify: ({ exists, prior, planned }) => ({
    replace: exists && !isUnknown(planned) && Number(planned) < Number(prior),
  }),
};

/** Every kind of type, presence, default, validator and modifier. */
export const attributes = {
  id: computed(t.string, { ...about('The id.'), plan: kept }),
  name: required(t.string, { ...about('The name.'), validate: [nonEmpty], plan: [requiresReplace] }),

  note: optional(t.string, { ...about('What goes wrong: warn, fail or refuse.'), default: '' }),
  enabled: optional(t.bool, { ...about('Whether it is on.'), default: false }),
  replicas: optional(t.number, { ...about('How many.'), default: 2, validate: [positive] }),
  price: optional(t.decimal, { ...about('In any currency.'), default: '0.1' }),
  tags: optional(t.set(t.string), {
    ...about('Words; letter case does not matter.'),
    default: ['plain'],
    equivalent: sameLetters,
    validate: [atLeastOne, each(nonEmpty)],
  }),
  steps: optional(t.list(t.string), { ...about('What to do.'), default: ['build'] }),
  labels: optional(t.map(t.string), { ...about('Anything.'), default: { made: 'here' } }),
  origin: optional(t.object({ country: t.string, year: t.number }), {
    ...about('Where it comes from.'),
    default: { country: 'FR', year: 1900 },
  }),

  amounts: optional(t.list(t.decimal), about('Exact numbers.')),
  stock: optional(t.map(t.set(t.object({ place: t.string, count: t.decimal }))), about('Deep inside.')),
  slug: optionalComputed(t.string, { ...about('From the name, unless it is set.'), plan: kept }),
  size: optional(t.number, { ...about('In units.'), plan: [replacedWhenLowered] }),
  pin: writeOnly(t.string, { ...about('Unlocks it.'), sensitive: true, validate: [fourDigits] }),

  timer: optional(
    t.nested({
      minutes: optional(t.number, { ...about('How long.'), default: 10, validate: [positive] }),
      secret: optional(t.string, { ...about('A secret.'), sensitive: true, validate: [fourDigits] }),
      code: writeOnly(t.string, about('Stops it.')),
      started: computed(t.string, { ...about('When.'), plan: kept }),
    }),
    about('When it ends.'),
  ),
  phases: optional(
    t.list(
      t.nested({
        title: required(t.string, { ...about('Its title.'), validate: [nonEmpty] }),
        workers: optional(t.number, { ...about('How many.'), default: 1 }),
        started: computed(t.string, { ...about('When.'), plan: kept }),
        timer: optional(t.nested({ minutes: optional(t.number, { ...about('Long.'), default: 5 }) }), {
          ...about('When it ends.'),
        }),
      }),
    ),
    about('In order.'),
  ),
  parts: optional(
    t.set(
      t.nested({
        name: required(t.string, { ...about('Its name.'), validate: [nonEmpty] }),
        grams: optional(t.decimal, { ...about('How much.'), default: '1' }),
        lot: computed(t.string, { ...about('Where from.'), plan: kept }),
      }),
    ),
    about('In no order.'),
  ),
  secrets: optional(
    t.map(
      t.nested({
        enabled: optional(t.bool, { ...about('Whether it is used.'), default: true }),
        vault: required(t.string, { ...about('Where it is kept.'), plan: [requiresReplace] }),
        opened: computed(t.string, { ...about('When it was read.'), nullable: true }),
      }),
    ),
    { ...about('By name.'), sensitive: true },
  ),

  revision: computed(t.number, about('Grows with every update.')),
  summary: computed(t.string, about('Known as soon as what it is made of is known.')),
  history: computed(t.string, about('Told from private state.')),
};

export type WidgetAttributes = typeof attributes;
export type WidgetPlan = PlanView<WidgetAttributes>;
export type WidgetState = State<WidgetAttributes>;
