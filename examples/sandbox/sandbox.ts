import { createChaos } from './chaos';
import { createFaults } from './faults';
import { createQuirks } from './quirks';
import { createSessions } from './sessions';
import { openStore, type StoreOptions } from './store';

/** Everything that the routes work on. */
export type Sandbox = ReturnType<typeof createSandbox>;

export type SandboxOptions = Omit<StoreOptions, 'addedScopes'> & {
  /** 0, the default, takes any free port. */
  port?: number;
  /** How many seconds an OAuth token is valid; 3600 where absent. */
  tokenLifetime?: number;
};

/** A Domo in its first state, or in that of its data file; `startSandbox` serves it. */
export function createSandbox({ tokenLifetime = 3600, ...options }: SandboxOptions) {
  const quirks = createQuirks(options.seed?.quirks);
  const store = openStore({ ...options, addedScopes: () => quirks.now().scopes });
  const sessions = createSessions(store.users);
  const faults = createFaults();
  const chaos = createChaos();
  const counts = new Map<string, number>();
  return {
    store,
    quirks,
    tokenLifetime,
    sessions,
    faults,
    chaos,
    /** Requests by endpoint, such as `GET /v1/users`. */
    counts,
    /** Back to the first state, with the clients of the seed and the same users and tokens. */
    async reset() {
      sessions.reset();
      faults.clear();
      chaos.reset();
      quirks.reset();
      counts.clear();
      await store.reset();
    },
  };
}
