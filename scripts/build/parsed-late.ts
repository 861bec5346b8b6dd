import { readFileSync } from 'node:fs';
import { type Plugin, transformSync } from 'esbuild';

/** What few processes use, and is long. */
const packages = /[\\/]node_modules[\\/]re2js[\\/].*\.cjs$/;

/**
 * Puts modules into the bundle as text, which is parsed once somebody requires them. A function that is never called is
 * still read at each start, to find its end: of 260 kB that takes 2 ms.
 */
export const parsedLate: Plugin = {
  name: 'parsed-late',
  setup(build) {
    build.onLoad({ filter: packages }, ({ path }) => ({ contents: asText(readFileSync(path, 'utf8')) }));
  },
};

/** A module that runs the given one, which must require nothing, out of a text. */
export function asText(source: string): string {
  if (/\brequire\(/.test(source)) throw new Error('A module that is parsed late must not require anything.');
  const { code } = transformSync(source, { minify: true, target: 'node20' });
  return `new Function('exports', 'module', ${JSON.stringify(code)})(exports, module);`;
}
