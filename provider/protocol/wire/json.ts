import { isLosslessNumber, parse } from 'lossless-json';
import { failure } from '../../framework/diagnostics';
import type { WireValue } from '../../framework/schema/unknown';

/** Long runs of digits, fractions and exponents: only these can lose digits in a JavaScript number. */
const precise = /\d{16}|\d[.eE]/;

/** Reads stored state. Numbers that a JavaScript number might not hold exactly become text; see {@link WireValue}. */
export function parseJson(bytes: Uint8Array): WireValue {
  const text = Buffer.from(bytes).toString('utf8');
  try {
    if (!precise.test(text)) return JSON.parse(text);
    // Most of what looks like such a number is inside of a text, and the other parser takes many times as long.
    let hasNumber = false;
    const value = JSON.parse(text, (_, each) => {
      hasNumber ||= typeof each === 'number';
      return each;
    });
    if (!hasNumber) return value;
    return parse(text, (_, value) => (isLosslessNumber(value) ? value.toString() : value)) as WireValue;
  } catch {
    // The parser's own message quotes the text, which may hold secrets.
    throw failure('The stored state cannot be read', 'It is not JSON. Restore the state from a backup.');
  }
}
