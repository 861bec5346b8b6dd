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
  const quirks = createQuirks();
  const store = openStore({ ...options, addedScopes: () => quirks.now().scopes });
  return {
    store,
    quirks,
    tokenLifetime,
    sessions: createSessions(store.users),
    faults: createFaults(),
    chaos: createChaos(),
    /** Requests by endpoint, such as `GET /v1/users`. */
    counts: new Map<string, number>(),
  };
}
