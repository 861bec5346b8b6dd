import { decide, type Schedule } from '../../../../provider/domo/rotation/decide';
import { generationsIn } from '../../../../provider/domo/rotation/generations';

const prefix = 'nightly-export & more ';
/** As Domo may show the names. */
const shown = (key: string) => `${prefix}${key}`.replace('&', '&amp;');

/** What one creation comes to. A lost one has made a client, but its secret never arrived. */
export type Creation = 'made' | 'failed' | 'lost';

/** An apply: when it was planned, when it ended, and what becomes of its creation. */
export type Run = {
  planned: number;
  ended: number;
  creation: Creation;
  revokesFirst: boolean;
  schedule: Schedule;
};

/** What `credentials` has had from a time on: which client, and when that was made and revoked. */
export type Published = { from: number; client: Client };
export type Client = { key: string; made: number; revoked: number; isLost: boolean };

export type Apply = Run & { added: string[]; revoked: string[]; succeeded: boolean; live: number };

/**
 * Plans and applies as an engine does: independent instances go in any order, one without a secret is replaced, and an
 * output is written only if everything it depends on has succeeded.
 */
export function simulate(runs: readonly Run[]): {
  published: Published[];
  applies: Apply[];
  clients: Client[];
} {
  const state = new Map<string, Client>();
  const clients: Client[] = [];
  const published: Published[] = [];
  const applies: Apply[] = [];

  for (const run of runs) {
    const names = [...state.keys()].map(shown);
    const { live, current } = decide(run.schedule, generationsIn(names, prefix), run.planned);
    const gone = [...state.keys()].filter((key) => !live.includes(key));
    const made = live.filter((key) => state.get(key)?.isLost !== false);
    const added = made.filter((key) => !state.has(key));
    let succeeded = true;

    const revoke = () => {
      for (const key of gone) {
        (state.get(key) as Client).revoked = run.ended;
        state.delete(key);
      }
    };
    if (run.revokesFirst) revoke();
    for (const key of made) {
      const before = state.get(key);
      if (before) before.revoked = run.ended;
      state.delete(key);
      if (run.creation !== 'made') succeeded = false;
      if (run.creation === 'failed') continue;
      const isLost = run.creation === 'lost';
      const client = { key, made: run.ended, revoked: Number.POSITIVE_INFINITY, isLost };
      clients.push(client);
      state.set(key, client);
    }
    if (!run.revokesFirst) revoke();

    const next = state.get(current);
    if (succeeded && next && published.at(-1)?.client !== next)
      published.push({ from: run.ended, client: next });
    applies.push({ ...run, added, revoked: gone, succeeded, live: live.length });
  }
  return { published, applies, clients };
}
