import type { Log } from './request';

/** Between two lines, in ms. */
const interval = 10_000;

/** Reports progress while Domo limits the rate, so that users can see that things continue. */
export interface Progress {
  /** Domo returned 429; nothing is sent for `wait` ms. */
  limited(wait: number): void;
  /** A request got any other answer, or none. */
  answered(): void;
}

/** @param log gets a line at the first 429, and then one every ten seconds while there are more */
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
    log('Domo limits the request rate; requests continue more slowly', {
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
