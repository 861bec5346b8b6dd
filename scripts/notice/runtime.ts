/**
 * What is inside the Bun runtime of the executables. Nobody can derive this from the executable alone: it is taken
 * from Bun's LICENSE.md, its build scripts and its Cargo.lock, and from what the executable says of itself.
 *
 * After an upgrade of Bun a test fails until `bunVersion` and the versions in runtime-libraries.ts are those of the
 * new one. First look at Bun's LICENSE.md, scripts/build/deps and Cargo.lock at that tag for what has come and gone.
 */
import { crates } from './runtime-crates';
import { libraries } from './runtime-libraries';
import { polyfills } from './runtime-polyfills';

/** The version of the npm package bun with which somebody has last compared these tables. */
export const bunVersion = '1.4.5';

/** The revision of Bun's repository that `bun --revision` reports for that version. */
export const bunRevision = 'a7733435c';

/** Something in the runtime. */
export interface Part {
  readonly name: string;
  /** An SPDX expression. */
  readonly licence: string;
  readonly address: string;
  /** Who holds the copyright, with the years that the project's licence file has. */
  readonly holder?: string;
  /** A version or a commit, where the executable reports one. */
  readonly version?: string;
  /** The name in `process.versions` under which Bun reports that version. */
  readonly reported?: string;
  /** What a reader has to know beside the licence. */
  readonly note?: string;
}

/** All of them, in the order in which the notice shows them. */
export const runtimeParts: readonly Part[] = [
  {
    name: 'Bun',
    licence: 'MIT',
    version: bunVersion,
    reported: 'bun',
    address: 'https://github.com/oven-sh/bun',
    holder: 'Oven and the contributors to Bun',
  },
  ...libraries,
  ...crates,
  ...polyfills,
];

/** What `process.versions` has beside parts: interfaces that Bun imitates, and parts that stand here under Bun. */
export const notParts = ['node', 'openssl', 'v8', 'uv', 'napi', 'modules', 'unicode', 'zig', 'typescript'];
