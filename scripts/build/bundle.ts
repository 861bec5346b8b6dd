import { type BuildOptions, build, type Metafile } from 'esbuild';
import { lazyRequires } from './lazy-requires';
import { parsedLate } from './parsed-late';
import { preparedSchema } from './prepared-schema';
import { serverOnly } from './server-only';
import { slimAxios } from './slim-axios';

/** How everything is bundled: one file for Node.js 20.3 and newer. */
export const common: BuildOptions = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  minifySyntax: true,
  minifyWhitespace: true,
  banner: { js: '#!/usr/bin/env node' },
  logLevel: 'warning',
};

/**
 * Bundles the provider, or another plugin like it. What it does not need at the start is loaded later or left out.
 *
 * @param outfile if it is absent, nothing is written
 * @returns which files are in the bundle, and how much of each
 */
export async function bundlePlugin(entry: string, outfile?: string): Promise<Metafile> {
  const texts: Metafile['outputs'][] = [];
  const { metafile } = await build({
    ...common,
    entryPoints: [entry],
    plugins: [
      serverOnly,
      lazyRequires,
      slimAxios,
      preparedSchema,
      parsedLate((contents) => void texts.push(contents)),
    ],
    metafile: true,
    ...(outfile ? { outfile } : { write: false }),
  });
  return { ...metafile, outputs: Object.assign({}, metafile.outputs, ...texts) };
}

/**
 * Bundles the sandbox, which reads its assets from the folder of that name beside it.
 *
 * @param outfile if it is absent, nothing is written
 * @returns as {@link bundlePlugin}
 */
export async function bundleSandbox(outfile?: string): Promise<Metafile> {
  const { metafile } = await build({
    ...common,
    entryPoints: ['examples/sandbox/main.ts'],
    metafile: true,
    ...(outfile ? { outfile } : { write: false }),
  });
  return metafile;
}
