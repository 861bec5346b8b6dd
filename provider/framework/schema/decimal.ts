/**
 * Plain decimal notation, exact and canonical: no exponent, no leading or trailing zeros.
 * Terraform's numbers have a mantissa of 512 bits; it writes those that fit neither int64 nor double as text.
 */
function canonicalDecimal(text: string): string | undefined {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,4}))?$/.exec(text);
  if (!match) return undefined;
  const [, sign, whole = '', fraction = '', exponent = '0'] = match;
  if (whole + fraction === '') return undefined;
  const point = whole.length + Number(exponent);
  const digits = (whole + fraction).padStart(whole.length + fraction.length - Math.min(point, 0), '0');
  const at = Math.max(point, 0);
  const integer = digits.slice(0, at).padEnd(at, '0').replace(/^0+/, '') || '0';
  // Without the lookbehind, a run of zeros would be tried from each of its zeros.
  const rest = digits.slice(at).replace(/(?<!0)0+$/, '');
  const result = rest === '' ? integer : `${integer}.${rest}`;
  return sign === '-' && result !== '0' ? `-${result}` : result;
}

/**
 * Any form of a number as canonical decimal text; undefined if it is not a number. A double stands for its
 * shortest text, by which Terraform compares numbers, too.
 */
export function decimalOf(value: unknown): string | undefined {
  if (typeof value === 'bigint') return value.toString();
  if (typeof value === 'number' && Number.isFinite(value)) return canonicalDecimal(String(value));
  return typeof value === 'string' ? canonicalDecimal(value) : undefined;
}

/** Digits and sign of what 64 bits hold. */
const longestInteger = 20;

/**
 * A number in its wire form: an integer if it fits 64 bits, otherwise text. Never a double, whose shortest
 * text can have fewer digits than the decimal.
 */
export function wireNumber(decimal: string): number | bigint | string {
  // The time to make a BigInt grows faster than its digits.
  if (decimal.includes('.') || decimal.length > longestInteger) return decimal;
  const integer = BigInt(decimal);
  if (BigInt.asIntN(32, integer) === integer) return Number(integer);
  return BigInt.asIntN(64, integer) === integer ? integer : decimal;
}
