import {
  isUnknown,
  nonEmpty,
  optional,
  parameter,
  required,
  t,
  unknown,
  variadic,
} from '../../../provider/framework';
import { define } from './define';

/** Any number of arguments, and an error about one of them. */
export const joinWords = define.function('join_words', {
  summary: 'Joins words.',
  description: 'Joins words with a separator between them.',
  parameters: {
    separator: parameter(t.string, { description: 'What comes between.' }),
    words: variadic(t.string, { description: 'The words.', validate: [nonEmpty] }),
  },
  returns: t.string,
  run({ separator, words }, { argumentError }) {
    const broken = words.findIndex((word) => word.includes(separator));
    if (broken >= 0) throw argumentError('words', 'A word has the separator in it.', broken);
    return words.join(separator);
  },
});

/** An object with attributes that a call may leave out. */
export const labelOf = define.function('label_of', {
  summary: 'What a thing is called.',
  description: 'Puts together what is known about a thing.',
  parameters: {
    thing: parameter(
      t.nested({
        name: required(t.string, { description: 'Its name.', validate: [nonEmpty] }),
        count: optional(t.number, { description: 'How many.', default: 1 }),
        colour: optional(t.string, { description: 'Its colour.' }),
        parts: optional(
          t.list(t.nested({ grams: optional(t.decimal, { description: 'Weight.', default: '1' }) })),
          {
            description: 'What it is made of.',
          },
        ),
      }),
      { description: 'The thing.' },
    ),
  },
  returns: t.object({ label: t.string, weights: t.list(t.decimal) }),
  deprecated: 'Write labels yourself.',
  run: ({ thing: { name, count, colour, parts } }) => ({
    label: `${count} ${colour ?? 'plain'} ${name}`,
    weights: parts?.map(({ grams }) => grams) ?? null,
  }),
});

/** Null and unknown as arguments, and an unknown result. */
export const firstOf = define.function('first_of', {
  summary: 'The first value that is set.',
  description: 'Returns the value, or the fallback if it is null.',
  parameters: {
    value: parameter(t.string, { description: 'The value.', allowNull: true, allowUnknown: true }),
    fallback: parameter(t.string, { description: 'Used if the value is null.' }),
  },
  returns: t.string,
  run({ value, fallback }) {
    if (isUnknown(value)) return unknown;
    return value ?? fallback;
  },
});

/** Breaks every promise that a function gives. */
export const broken = define.function('broken', {
  summary: 'Goes wrong.',
  description: 'Goes wrong in the way that it is told.',
  parameters: { how: parameter(t.string, { description: 'The way.' }) },
  returns: t.string,
  async run({ how }) {
    if (how === 'thrown') throw new Error('Something is undefined.');
    return (how === 'number' ? 5 : how === 'unknown' ? unknown : null) as never;
  },
});
