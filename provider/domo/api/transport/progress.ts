import type { Log } from './request';

/** Between two lines, in ms. */
const interval = 10_000;

/** Says how far a run has come as long as Domo limits its rate: who waits wants to see that it goes on. */
export interface Progress {
  /** Domo refused a request for its rate; nobody sends for `wait` ms. */
  limited(wait: number): void;
  /** Domo answered a request in another way. */
  answered(): void;
}

/** @param log takes a line at the first refusal, and one every ten seconds in which there were more */
export function createProgress(log: Log): Progress {
  let answered = 0;
  let refused = 0;
  let told = 0;
  let toldAt = Number.NEGATIVE_INFINITY;

  function tell(fields: Record<string, number>): void {
    const now = performance.now();
    if (refused === told || now - toldAt < interval) return;
    told = refused;
    toldAt = now;
    log('Domo limits the rate of requests; they go on more slowly', { answered, refused, ...fields });
  }

  return {
    limited(wait) {
      refused++;
      tell({ waitMs: Math.round(wait) });
    },
    answered() {
      answered++;
      tell({});
    },
  };
}
