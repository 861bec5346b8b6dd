import type { FastifyInstance } from 'fastify';
import { errorBody } from './error-form';

/**
 * Answers 429, with the whole seconds to wait in Retry-After, to what comes beyond so many requests a second; a
 * second's worth of them may come at once. The requests that it refuses are counted under `429`.
 *
 * @param perSecond is asked each time; 0 for no limit
 */
export function limitRate(server: FastifyInstance, perSecond: () => number, counts: Map<string, number>) {
  let left = Number.POSITIVE_INFINITY;
  let at = performance.now();

  server.addHook('onRequest', async (_request, reply) => {
    const rate = perSecond();
    if (rate === 0) return;
    const now = performance.now();
    left = Math.min(rate, left + ((now - at) * rate) / 1000);
    at = now;
    if (left >= 1) {
      left -= 1;
      return;
    }
    counts.set('429', (counts.get('429') ?? 0) + 1);
    const seconds = Math.ceil((1 - left) / rate);
    await reply.code(429).header('Retry-After', seconds).send(errorBody(429, 'Too Many Requests'));
  });
}
