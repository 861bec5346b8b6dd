import { readFileSync } from 'node:fs';
import type { Plugin } from 'esbuild';

/** The packages whose modules load one another at the first use: we use a small part of each. */
const packages = /[\\/]node_modules[\\/]@grpc[\\/]grpc-js[\\/].*\.js$/;

/** A `require` at the top of a module, as the TypeScript compiler writes it. */
const requireLine = /^const (\w+) = require\(("[^"]+")\);$/gm;

/**
 * Lets the modules of some packages load each other when they first need each other, instead of all at the start.
 * @grpc/grpc-js has 67 modules, many of them for clients, resolvers and load balancers; a server touches eleven. At
 * their top the modules only define things, so it makes no difference when they are loaded.
 */
export const lazyRequires: Plugin = {
  name: 'lazy-requires',
  setup(build) {
    build.onLoad({ filter: packages }, ({ path }) => {
      const source = readFileSync(path, 'utf8');
      const contents = withLazyRequires(source);
      if (/[\\/]server\.js$/.test(path) && contents === source) {
        throw new Error(`${path} is written in an unknown way: see scripts/build/lazy-requires.ts.`);
      }
      return { contents, loader: 'js' };
    });
    // A module whose exports nobody uses is not loaded at all.
    build.onResolve({ filter: /^@grpc\/grpc-js$/ }, async ({ path, pluginData, ...rest }) => {
      if (pluginData === lazyRequires.name) return undefined;
      const found = await build.resolve(path, { ...rest, pluginData: lazyRequires.name });
      return { ...found, sideEffects: false };
    });
  },
};

/** Where a name is not a use of it: strings, template literals, comments. */
const skipped = /"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`|\/\*[\s\S]*?\*\/|\/\/.*/;

/** The source of a module with every require that is only ever used as `name.member` put off to that use. */
export function withLazyRequires(source: string): string {
  const names = [...source.matchAll(requireLine)].flatMap(([, name = '']) => name);
  const lazy = new Set(names.filter((name) => isOnlyAskedForMembers(source, name)));
  const loaders = source.replace(requireLine, (line, name: string, path: string) =>
    lazy.has(name) ? `let ${name}$; function ${name}() { return ${name}$ ??= require(${path}); }` : line,
  );
  return [...lazy].reduce(
    (text, name) =>
      text.replace(skippedOr(`${name}\\.`), (found) => (found === `${name}.` ? `(${name}()).` : found)),
    loaders,
  );
}

/** Matches a name unless it is a member of something: after three dots it is not one. */
const skippedOr = (pattern: string) =>
  new RegExp(`${skipped.source}|(?<![\\w$]|(?<!\\.\\.)\\.)${pattern}`, 'g');

function isOnlyAskedForMembers(source: string, name: string): boolean {
  const found = source.match(skippedOr(`${name}(?![\\w$])\\.?`)) ?? [];
  const uses = found.filter((text) => text === `${name}.`).length;
  const mentions = found.filter((text) => text === name || text === `${name}.`).length;
  const inText = found.some((text) => text.startsWith('`') && text.includes('${') && text.includes(name));
  return mentions === uses + 1 && !inText;
}
