import type { Part } from './part';

const embedded =
  'acorn acorn-walk assert browserify-zlib buffer constants-browserify crypto-browserify domain-browser events ' +
  'https-browserify os-browserify path-browserify process punycode querystring-es3 stream-browserify stream-http ' +
  'string_decoder timers-browserify tty-browserify url util vm-browserify';

const ported: readonly Part[] = [
  {
    name: 'esbuild (ported)',
    licence: 'MIT',
    address: 'https://github.com/evanw/esbuild',
    holder: '2020 Evan Wallace',
  },
  {
    name: 'React Compiler (ported)',
    licence: 'MIT',
    address: 'https://github.com/facebook/react',
    holder: 'Meta Platforms, Inc. and affiliates',
  },
  {
    name: "TigerBeetle's input and output (ported)",
    licence: 'Apache-2.0',
    address: 'https://github.com/tigerbeetle/tigerbeetle',
    holder: 'TigerBeetle, Inc.',
  },
];

/** What Bun has ported, and the npm packages inside it for programs that ask for them. */
export const polyfills: readonly Part[] = [
  ...ported,
  ...embedded.split(' ').map((name) => ({
    name: `${name} (npm)`,
    licence: 'MIT',
    address: `pkg:npm/${name}`,
  })),
];
