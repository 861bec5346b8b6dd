/**
 * Plain decimal notation, exact and canonical: no exponent, no leading or trailing zeros.
 * Terraform's numbers have 512 bits of mantissa; it writes those that no int64 or double holds as text.
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
  const rest = digits.slice(at).replace(/0+$/, '');
  const result = rest === '' ? integer : `${integer}.${rest}`;
  return sign === '-' && result !== '0' ? `-${result}` : result;
}

/** Any wire form of a number as canonical decimal text; undefined where it is none. */
export function decimalOf(plain: unknown): string | undefined {
  if (typeof plain === 'bigint') return plain.toString();
  if (typeof plain === 'number' && Number.isFinite(plain)) return canonicalDecimal(String(plain));
  return typeof plain === 'string' ? canonicalDecimal(plain) : undefined;
}

/**
 * The form in which a number travels, as Terraform's own encoder chooses it: an integer where 64 bits
 * hold it, a double where one is exact, and else text, so that no digit is lost.
 */
export function wireNumber(decimal: string): number | bigint | string {
  const [whole = '', fraction] = decimal.split('.');
  if (fraction !== undefined) return isExactDouble(whole, fraction) ? Number(decimal) : decimal;
  const integer = BigInt(whole);
  if (BigInt.asIntN(64, integer) !== integer) return decimal;
  return Number.isSafeInteger(Number(integer)) ? Number(integer) : integer;
}

/** n / 10^k is a binary fraction exactly when 5^k divides n; 53 bits must hold what is left. */
function isExactDouble(whole: string, fraction: string): boolean {
  const digits = BigInt(whole + fraction);
  const fives = 5n ** BigInt(fraction.length);
  return digits % fives === 0n && BigInt.asIntN(54, digits / fives) === digits / fives;
}
