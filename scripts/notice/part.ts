/** Something in the Bun runtime of the executables. */
export interface Part {
  readonly name: string;
  /** An SPDX expression. */
  readonly licence: string;
  readonly address: string;
  /** Who holds the copyright, with the years that the project's licence file has. */
  readonly holder?: string;
  /** The name in `process.versions` under which Bun reports its version; absent if it reports none. */
  readonly reported?: string;
  /** A version or a commit, as Bun reports it. */
  readonly version?: string;
  /** What a reader has to know beside the licence. */
  readonly note?: string;
}
