import { isLosslessNumber, parse } from 'lossless-json';
import { composed } from './composed';

/**
 * A text that two JSON objects or arrays share exactly when they are the same value, whatever the blanks, the order
 * of keys, and the spelling of numbers and characters; of equal keys the last one counts. Undefined for any other
 * text: only objects and arrays are rewritten by the tools that generate configuration.
 */
export function jsonValueKey(text: string): string | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return keyOf(parse(text, null, { onDuplicateKey: ({ newValue }) => newValue }));
  } catch {
    // Not JSON, or nested too deeply to be looked at.
    return undefined;
  }
}

/** Halves of characters, which those tools do not keep. */
const halves = /\p{Surrogate}/gu;

function keyOf(value: unknown): string {
  if (isLosslessNumber(value)) return numberKey(value.value);
  if (typeof value === 'string') return JSON.stringify(composed(value.replace(halves, '\u{fffd}')));
  if (Array.isArray(value)) return `[${value.map(keyOf).join()}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  const entries = Object.entries(value).map(([name, item]) => `${keyOf(name)}:${keyOf(item)}`);
  return `{${entries.sort().join()}}`;
}

/** Digits and exponent without leading and trailing zeros. */
function numberKey(number: string): string {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/i.exec(number) ?? [];
  const digits = `${whole}${fraction}`.replace(/^0+/, '');
  const significant = digits.replace(/(?<!0)0+$/, '');
  if (significant === '') return '0';
  return `${sign}${significant}e${Number(exponent) - fraction.length + digits.length - significant.length}`;
}
