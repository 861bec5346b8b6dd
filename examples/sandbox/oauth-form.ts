import type { FastifyReply, FastifyRequest } from 'fastify';

type Failure = Error & { status?: number; statusCode?: number; oauthError?: string };

/**
 * Answers errors in OAuth's form instead of Domo's.
 *
 * @param unauthorized the name of a 401: of the credentials of a client, or of a token
 */
export const oauthErrors =
  (unauthorized: 'invalid_client' | 'invalid_token') =>
  ({ status, statusCode, oauthError, message }: Failure, _request: FastifyRequest, reply: FastifyReply) => {
    const code = status ?? statusCode ?? 500;
    const names = new Map([
      [401, unauthorized],
      [403, 'insufficient_scope'],
    ]);
    const error = oauthError ?? names.get(code) ?? (code < 500 ? 'invalid_request' : 'server_error');
    return reply.code(code).send({ error, error_description: message });
  };
