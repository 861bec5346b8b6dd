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
  /** How old the list may be on which a creation is sent. */
  readonly recent: number;
  /** To find out what became of a creation that was not answered. */
  readonly openCreation: number;
  /** The same, once the run has been interrupted. */
  readonly lastLook: number;
  /** For who-am-I, once a secret is in our hands. */
  readonly owner: number;
}

export const defaultDelays: Delays = {
  poll: 1_000,
  absence: 5_000,
  young: 60_000,
  nameRelease: 10_000,
  recent: 5_000,
  openCreation: 30_000,
  lastLook: 5_000,
  owner: 5_000,
};
