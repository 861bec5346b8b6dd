import { withinProcessorLimit } from '../../../provider/domo/processor-limit';

it('returns what the work returns, and throws what it throws', () => {
  const result = { of: 'work' };
  expect(withinProcessorLimit(() => result)).toBe(result);
  const mistake = new Error('mistake');
  expect(() =>
    withinProcessorLimit(() => {
      throw mistake;
    }),
  ).toThrow(mistake);
});

it('stops what never ends, and goes on afterwards', () => {
  expect(
    withinProcessorLimit(() => {
      for (;;);
    }),
  ).toBeUndefined();
  expect(withinProcessorLimit(() => true)).toBe(true);
});

it('counts the time of the processor: to wait costs nothing', () => {
  const sleeper = new Int32Array(new SharedArrayBuffer(4));
  let tries = 0;
  const late = withinProcessorLimit(() => {
    // Interrupted at the first try, as on a machine that has other things to do.
    for (let ms = ++tries === 1 ? 700 : 0; ms > 0; ms--) Atomics.wait(sleeper, 0, 0, 1);
    return true;
  });
  expect({ late, tries }).toEqual({ late: true, tries: 2 });
});
