import { readFileSync } from 'node:fs';
import { build, type Metafile, type Plugin, transformSync } from 'esbuild';

const target = 'node20';

/** What few processes use, and is long. */
const packages = /[\\/]node_modules[\\/]re2js[\\/].*\.cjs$/;

/** The same, in many modules. */
const packagesOfModules = /^age-encryption$/;

/**
 * Puts modules into the bundle as text, which is parsed once somebody requires them. A function that is never called is
 * still read at each start, to find its end: of 260 kB that takes 2 ms.
 *
 * @param report is told what is in a text that was bundled from many modules
 */
export const parsedLate = (report: (contents: Metafile['outputs']) => void): Plugin => ({
  name: 'parsed-late',
  setup({ onLoad, onResolve, resolve }) {
    onLoad({ filter: packages }, ({ path }) => ({ contents: asText(readFileSync(path, 'utf8')) }));
    onResolve({ filter: packagesOfModules }, async ({ path, pluginData, ...rest }) => {
      if (pluginData === 'parsed-late') return undefined;
      const found = await resolve(path, { ...rest, kind: 'import-statement', pluginData: 'parsed-late' });
      // In its own folder it would count as an ES module, which has no exports to set.
      return { path, namespace: 'parsed-late', pluginData: found.path };
    });
    onLoad({ filter: /./, namespace: 'parsed-late' }, async ({ pluginData }) => {
      const { outputFiles, metafile } = await build({
        bundle: true,
        platform: 'node',
        target,
        format: 'cjs',
        entryPoints: [String(pluginData)],
        write: false,
        metafile: true,
      });
      report(metafile.outputs);
      return { contents: asText(outputFiles[0]?.text ?? '') };
    });
  },
});

/** A module that runs the given one, which must require nothing, out of a text. */
export function asText(source: string): string {
  if (/\brequire\(/.test(source)) throw new Error('A module that is parsed late must not require anything.');
  const { code } = transformSync(source, { minify: true, target });
  return `new Function('exports', 'module', ${JSON.stringify(code)})(exports, module);`;
}
