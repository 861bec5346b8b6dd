/** How long each wait lasts, in ms. */
export interface Delays {
  /** Between two looks at the list. */
  readonly poll: number;
  /** How long a client that has just been made must be missing in the list before it counts as gone. */
  readonly absence: number;
  /** How long after its creation a client counts as just made. */
  readonly young: number;
  /** For a revocation that runs in parallel to release a name. */
  readonly nameRelease: number;
  /** To find out what became of a creation that was not answered. */
  readonly openCreation: number;
  /** For who-am-I, once a secret is in our hands. */
  readonly owner: number;
}

export const defaultDelays: Delays = {
  poll: 1_000,
  absence: 5_000,
  young: 60_000,
  nameRelease: 10_000,
  openCreation: 30_000,
  owner: 5_000,
};
