import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Part } from './part';

const table = join(__dirname, 'runtime-libraries.md');
const columns = 6;

/** The libraries in C and C++, by name: the rows of a table that is compared with Bun's own. */
export function libraries(): Part[] {
  const [, , ...rows] = readFileSync(table, 'utf8').match(/^\|.*\|$/gm) ?? [];
  return rows.map((row) => {
    const cells = row.split('|').map((cell) => cell.trim());
    if (cells.length !== columns + 2)
      throw new Error(`${table} has a row without ${columns} columns: ${row}`);
    const [, name = '', licence = '', address = '', reported, holder, note] = cells;
    return {
      name,
      licence,
      address: address.includes('://') ? address : `https://github.com/${address}`,
      ...(reported && { reported }),
      ...(holder && { holder }),
      ...(note && { note }),
    };
  });
}
