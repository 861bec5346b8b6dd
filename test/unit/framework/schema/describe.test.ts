import {
  atLeastOne,
  computed,
  each,
  nonEmpty,
  optional,
  required,
  requiresReplace,
  t,
  useStateForUnknown,
} from '../../../../provider/framework';
import { describe as describeAttribute } from '../../../../provider/framework/schema/describe';

it.each([
  ['the description alone', computed(t.string, { description: 'The id.' }), 'The id.'],
  [
    'its form and what a change means',
    required(t.string, { description: 'The name.', validate: [nonEmpty], plan: [requiresReplace] }),
    'The name. Must be non-empty. Changing this replaces the resource.',
  ],
  [
    'the rules of a collection',
    required(t.set(t.string), { description: 'Scopes.', validate: [atLeastOne, each(nonEmpty)] }),
    'Scopes. Must have at least one element. Each element must be non-empty.',
  ],
  ['a default', optional(t.string, { description: 'What for.', default: '' }), 'What for. Default: `""`.'],
  [
    'a default that the provider knows, and the environment',
    optional(t.string, { description: 'A limit.', defaultText: '`"30s"`', environment: ['ONE', 'TWO'] }),
    'A limit. Default: `"30s"`. Environment: `ONE`, else `TWO`.',
  ],
  [
    'nothing of a modifier that means nothing to people',
    computed(t.string, { description: 'The id.', plan: [useStateForUnknown] }),
    'The id.',
  ],
])('tells %s', (_, attribute, expected) => {
  expect(describeAttribute(attribute)).toBe(expected);
});
