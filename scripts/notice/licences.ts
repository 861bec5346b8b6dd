/** What an SPDX licence expression asks of us, and which licences may be inside what we ship. */
import spdx from 'spdx-license-list/full';

/** Licences that a package in the bundle may have; if it offers several, we take the first one of this list. */
const bundle = [
  'MIT',
  'Apache-2.0',
  'ISC',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'MIT-0',
  'Zlib',
  'BlueOak-1.0.0',
  'CC0-1.0',
];

/** More that only the runtime may have: its source is public, and the notice says how to relink it. */
const runtime = [
  'LGPL-2.0-or-later',
  'LGPL-2.1-or-later',
  'MPL-2.0',
  'Unicode-3.0',
  'IJG',
  'blessing',
  'GPL-2.0-or-later WITH GCC-exception-2.0',
];

/** Where the part is: in the bundle of JavaScript, or in the runtime that executes it. */
export type Place = 'bundle' | 'runtime';

const allowed: Record<Place, readonly string[]> = { bundle, runtime: [...bundle, ...runtime] };

/**
 * The licences under which we take something: all operands of AND, and the operand of OR that comes first in the list
 * of allowed licences. AND binds more tightly than OR; parentheses may enclose only the whole, or operands of AND.
 *
 * @throws if the licence is not allowed in that place
 */
export function taken(expression: string, place: Place): string[] {
  const bare = expression.trim().replace(/^\(([^()]*)\)$/, '$1');
  const parts = split(bare, 'AND');
  if (parts.length > 1) return parts.flatMap((part) => taken(part, place));
  const choices = split(bare, 'OR');
  const allowedHere = allowed[place];
  const licence = allowedHere.find((one) => choices.some((choice) => base(choice, allowedHere) === one));
  if (licence) return [licence];
  throw new Error(
    `The licence "${expression}" is not allowed in the ${place}. Allowed: ${allowedHere.join(', ')}.`,
  );
}

/** The operands of an operator outside all parentheses. */
function split(expression: string, operator: 'AND' | 'OR'): string[] {
  const operands = [''];
  let depth = 0;
  for (const word of expression.split(/\s+/)) {
    if (word === operator && depth === 0) operands.push('');
    else operands.push(`${operands.pop()} ${word}`.trim());
    depth += word.split('(').length - word.split(')').length;
  }
  return operands;
}

/** An exception only adds permissions, so the licence without it says what must be done. */
const base = (choice: string, known: readonly string[]): string =>
  known.includes(choice) ? choice : choice.replace(/ WITH LLVM-exception$/, '');

/** The text of a licence, as SPDX has it. Throws if SPDX does not have it. */
export function standardText(licence: string): string {
  const text = spdx[licence.replace(/ WITH .*/, '')]?.licenseText;
  if (!text) throw new Error(`SPDX has no text of the licence "${licence}".`);
  return text;
}
