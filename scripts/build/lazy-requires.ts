import { readFileSync } from 'node:fs';
import type { Plugin } from 'esbuild';

/** The packages whose modules load one another at the first use: of each we use a small part. */
const packages = /[\\/]node_modules[\\/]@grpc[\\/]grpc-js[\\/].*\.js$/;

/** A module that another one loads at its top, in the form in which the TypeScript compiler writes it. */
const requireLine = /^const (\w+) = require\(("[^"]+")\);$/gm;

/**
 * Lets the modules of some packages load each other when they first need each other, instead of all at the start.
 * @grpc/grpc-js has 67 modules, for clients, resolvers and load balancers as well, and a server touches eleven of them.
 * Its modules do nothing at their top but define, so that a later moment changes nothing.
 */
export const lazyRequires: Plugin = {
  name: 'lazy-requires',
  setup(build) {
    build.onLoad({ filter: packages }, ({ path }) => ({
      contents: withLazyRequires(readFileSync(path, 'utf8')),
      loader: 'js',
    }));
    // What nobody takes anything from is not loaded at all.
    build.onResolve({ filter: /^@grpc\/grpc-js$/ }, async ({ path, pluginData, ...rest }) => {
      if (pluginData === lazyRequires.name) return undefined;
      const found = await build.resolve(path, { ...rest, pluginData: lazyRequires.name });
      return { ...found, sideEffects: false };
    });
  },
};

/** The source of a module with every require that is only ever used as `name.member` put off to that use. */
export function withLazyRequires(source: string): string {
  const names = [...source.matchAll(requireLine)].flatMap(([, name = '']) => name);
  const code = source.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$|"[^"\n]*"|'[^'\n]*'/gm, '');
  const lazy = new Set(names.filter((name) => isOnlyAskedForMembers(code, name)));
  const loaders = source.replace(requireLine, (line, name: string, path: string) =>
    lazy.has(name) ? `let ${name}$; function ${name}() { return ${name}$ ??= require(${path}); }` : line,
  );
  return [...lazy].reduce((text, name) => text.replace(use(name), `(${name}()).`), loaders);
}

const use = (name: string) => new RegExp(`(?<![\\w$.'"\`])${name}\\.`, 'g');

function isOnlyAskedForMembers(code: string, name: string): boolean {
  const uses = code.match(use(name))?.length ?? 0;
  const mentions = code.match(new RegExp(`(?<![\\w$.])${name}(?![\\w$])`, 'g'))?.length ?? 0;
  return mentions === uses + 1;
}
