import type { Log } from './http';

/** Between two lines, in ms. */
const interval = 10_000;

/** Says how far a run has come once Domo limits its rate: who waits wants to see that it goes on. */
export interface Progress {
  /** Domo refused a request for its rate; nobody sends for `wait` ms. */
  limited(wait: number): void;
  /** Domo answered a request in another way. */
  answered(): void;
}

/** @param log takes a line at the first refusal, and from then on at most one every ten seconds */
export function createProgress(log: Log): Progress {
  let answered = 0;
  let refused = 0;
  let said = Number.NEGATIVE_INFINITY;

  function say(fields: Record<string, number>): void {
    const now = performance.now();
    if (now - said < interval) return;
    said = now;
    log('Domo limits the rate of requests; they go on more slowly', { answered, refused, ...fields });
  }

  return {
    limited(wait) {
      refused++;
      say({ waitMs: Math.round(wait) });
    },
    answered() {
      answered++;
      if (refused > 0) say({});
    },
  };
}
