import { decimalOf, wireNumber } from '../../../../provider/framework/schema/decimal';

describe('canonical decimal text', () => {
  it.each([
    [0, '0'],
    [-0, '0'],
    ['-0.000', '0'],
    ['007', '7'],
    ['.5', '0.5'],
    ['5.', '5'],
    ['1e3', '1000'],
    ['1.25e1', '12.5'],
    ['125e-4', '0.0125'],
    ['-125e-2', '-1.25'],
    ['1e-7', '0.0000001'],
    [1e-7, '0.0000001'],
    [1e21, `1${'0'.repeat(21)}`],
    [1.5e300, `15${'0'.repeat(299)}`],
    [0.1, '0.1'],
    [-9223372036854775808n, '-9223372036854775808'],
  ])('of %p is %s', (value, text) => expect(decimalOf(value)).toBe(text));

  it.each([Number.NaN, Number.NEGATIVE_INFINITY, 'one', '', null, undefined, true, {}, []])(
    'does not exist of %p',
    (value) => expect(decimalOf(value)).toBeUndefined(),
  );
});

describe('a number for the wire', () => {
  it.each([
    ['0', 0],
    ['-2147483648', -2147483648],
    ['2147483647', 2147483647],
    ['2147483648', 2147483648n],
    ['9007199254740993', 9007199254740993n],
    ['9223372036854775807', 9223372036854775807n],
    ['-9223372036854775808', -9223372036854775808n],
  ])('is an integer if it fits 64 bits: %s', (decimal, wire) => expect(wireNumber(decimal)).toBe(wire));

  it.each([
    '9223372036854775808',
    '-9223372036854775809',
    '18446744073709551616',
    '0.1',
    '0.5',
    // 2 to the power of -60, which a double holds exactly, with 42 digits fewer in its shortest text.
    '0.000000000000000000867361737988403547205962240695953369140625',
  ])('is text if a digit could be lost: %s', (decimal) => expect(wireNumber(decimal)).toBe(decimal));
});
