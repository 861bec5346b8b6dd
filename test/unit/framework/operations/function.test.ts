import { type Unknown, unknown } from '../../../../provider/framework';
import { functionOperations } from '../../../../provider/framework/operations/function';
import type { Provider } from '../../../../provider/framework/provider';
import type { WireValue } from '../../../../provider/framework/schema/unknown';
import { broken, firstOf, joinWords, labelOf } from '../../../support/test-provider/functions';

// Nothing else of a provider is needed, its configuration least of all.
const provider = { functions: [joinWords, labelOf, firstOf, broken] } as unknown as Provider<never>;
const call = (name: string, ...given: WireValue[]) => functionOperations(provider).call(name, given);
const later = unknown as Unknown;

describe('a function', () => {
  it.each<[name: string, given: WireValue[], result: WireValue]>([
    ['join_words', ['-'], ''],
    ['join_words', ['-', 'a', 'b'], 'a-b'],
    ['first_of', ['a', 'b'], 'a'],
    ['first_of', [null, 'b'], 'b'],
    ['first_of', [later, 'b'], later],
    [
      'label_of',
      [{ name: 'nut', count: null, colour: null, parts: null }],
      { label: '1 plain nut', weights: null },
    ],
    [
      'label_of',
      [{ name: 'nut', count: 3, colour: 'red', parts: [{ grams: null }] }],
      { label: '3 red nut', weights: [1] },
    ],
    // Left out altogether, as no engine sends it.
    ['label_of', [{ name: 'nut' }], { label: '1 plain nut', weights: null }],
  ])('%s(%j) returns %j', async (name, given, result) => {
    expect(await call(name, ...given)).toEqual({ result });
  });

  it.each<[name: string, given: WireValue[], text: string, argument: number | undefined]>([
    ['join_words', ['-', 'a', 'b-c'], 'A word has the separator in it', 2],
    ['join_words', ['-', 'a', 'b', ' '], 'The value of "words" must be non-empty', 3],
    ['join_words', [null], '"separator" is required', 0],
    ['join_words', ['-', null], '"words" is required', 1],
    ['join_words', ['-', 'a', 5], 'A string is required here', 2],
    ['join_words', ['-', later], '"words" must be known', 1],
    ['join_words', [], 'It takes 1 arguments, and was given 0', undefined],
    ['first_of', ['a', 'b', 'c'], 'It takes 2 arguments, and was given 3', undefined],
    ['first_of', ['a', null], '"fallback" is required', 1],
    ['label_of', [{ name: null }], '"thing.name" is required', 0],
    ['label_of', [{ name: 'a', parts: [{ grams: 'b' }] }], 'A number is required', 0],
    ['label_of', [{ name: 'a', colour: later }], '"thing" must be known', 0],
    ['nothing', [], 'This provider has no function "nothing"', undefined],
    ['constructor', [], 'This provider has no function "constructor"', undefined],
  ])('%s(%j) is refused: %s', async (name, given, text, argument) => {
    const outcome = await call(name, ...given);
    expect(outcome).toEqual({
      error: { text: expect.stringContaining(text), ...(argument !== undefined && { argument }) },
    });
  });

  it.each([
    ['thrown', 'Something is undefined.'],
    ['number', 'is not a string'],
    ['null', 'is null'],
    // Everything that it was given is known.
    ['unknown', 'is still unknown'],
  ])('that is broken (%s) says so', async (how, text) => {
    const outcome = await call('broken', how);
    expect(outcome).toEqual({ error: { text: expect.stringContaining(text) } });
    expect(outcome).toEqual({ error: { text: expect.stringContaining('This is a bug in the provider') } });
  });

  it('has errors without a full stop, which engines add', async () => {
    expect(await call('join_words')).toEqual({ error: { text: 'It takes 1 arguments, and was given 0' } });
  });

  it('never quotes an argument, since any can be a secret', async () => {
    const outcome = await call('label_of', {
      name: '\t \t',
      count: null,
      colour: 'fake-secret',
      parts: null,
    });
    expect(outcome).toEqual({ error: { text: 'The value of "thing.name" must be non-empty', argument: 0 } });
  });
});
