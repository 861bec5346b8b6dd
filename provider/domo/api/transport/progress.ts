import type { Log } from './request';

/** Between two lines, in ms. */
const interval = 10_000;

/** Says how far a run has come as long as Domo limits its rate: who waits wants to see that it goes on. */
export interface Progress {
  /** Domo answered 429; nobody sends for `wait` ms. */
  limited(wait: number): void;
  /** Domo answered a request in another way. */
  answered(): void;
}

/** @param log takes a line at the first 429, and one every ten seconds in which there were more */
export function createProgress(log: Log): Progress {
  let answered = 0;
  let limited = 0;
  let told = 0;
  let toldAt = Number.NEGATIVE_INFINITY;

  function tell(fields: Record<string, number>): void {
    const now = performance.now();
    if (limited === told || now - toldAt < interval) return;
    told = limited;
    toldAt = now;
    log('Domo limits the rate of requests; they go on more slowly', {
      answered,
      refused: limited,
      ...fields,
    });
  }

  return {
    limited(wait) {
      limited++;
      tell({ waitMs: Math.round(wait) });
    },
    answered() {
      answered++;
      tell({});
    },
  };
}
