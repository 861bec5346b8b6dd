import type { FastifyReply } from 'fastify';

/** What Domo does to an address that is not on the IP allowlist: a page with a success status, or a redirect to it. */
export type Blocked = 'page' | 'redirect';

const page =
  '<!DOCTYPE html><html><head><title>Domo - Blocked</title></head>' +
  '<body><h1>Your IP address is not allowed to reach this instance</h1></body></html>';

/** Prepares the answer to a blocked address; returns its body. */
export function blockedAnswer(how: Blocked, reply: FastifyReply): string {
  reply.type('text/html; charset=utf-8');
  if (how === 'redirect') {
    reply.code(303).header('location', '/auth/whitelist/blocked');
    return '';
  }
  reply.code(200);
  return page;
}
