/** Something in the Bun runtime of the executables. */
export interface Part {
  readonly name: string;
  /** An SPDX expression. */
  readonly licence: string;
  readonly address: string;
  /** Who holds the copyright, with the years that the project's licence file has. */
  readonly holder?: string;
  /** The key in `process.versions` under which Bun reports the version; absent if it does not. */
  readonly reported?: string;
  /** The version or commit that Bun reports. */
  readonly version?: string;
  /** What else a reader should know. */
  readonly note?: string;
}
