import { isLosslessNumber, parse } from 'lossless-json';

/** Only a number with this many digits can be one that a JavaScript number does not hold. */
const longNumber = /\d{16}/;

/**
 * Parses JSON. A number that JavaScript would round becomes its text, so an id stays exact.
 *
 * @throws SyntaxError whose message quotes the text, which may hold a secret
 */
export function parseExactly(text: string): unknown {
  // The check outside strings: one name with many digits would make a list of thousands take six times as long.
  if (!longNumber.test(text) || !outsideStrings(text).some((part) => longNumber.test(part)))
    return JSON.parse(text);
  try {
    return parse(text, (_, value) => (isLosslessNumber(value) ? exact(value.value) : value));
  } catch {
    // It refuses what JSON allows (a name that appears twice, deep nesting): rounded is better than a lost secret.
    return JSON.parse(text);
  }
}

/** What of a JSON text is not within a string. */
const outsideStrings = (text: string) =>
  text
    .replaceAll(/\\./gs, '')
    .split('"')
    .filter((_, index) => index % 2 === 0);

function exact(text: string): number | string {
  const number = Number(text);
  return Number.isInteger(number) && !Number.isSafeInteger(number) ? text : number;
}

export type Fields = ReadonlyMap<string, unknown>;

/** The fields of a JSON object; none of anything else. */
export function fieldsOf(value: unknown): Fields {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return new Map(isObject ? Object.entries(value) : []);
}

/** The fields of a body that is a JSON object; none of any other. */
export function fieldsOfBody({ body }: { readonly body: string }): Fields {
  try {
    return fieldsOf(parseExactly(body));
  } catch {
    return new Map();
  }
}
