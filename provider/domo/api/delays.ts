/** How long each wait lasts, in ms. */
export interface Delays {
  /** Between two looks at the list. */
  readonly poll: number;
  /** How long a client that was just created must be missing from the list before it counts as gone. */
  readonly absence: number;
  /** How long after its creation a client counts as just created. */
  readonly young: number;
  /** For a revocation that runs in parallel to release a name. */
  readonly nameRelease: number;
  /** To find out what became of a creation that was not answered. */
  readonly openCreation: number;
  /** To ask who the caller is once a secret has arrived. */
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
