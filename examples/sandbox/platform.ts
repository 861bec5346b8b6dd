import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { sessionUser } from './instance';
import { oauthErrors } from './oauth-form';
import { forbidden, objectBody, Refusal, unauthorized } from './refusal';
import type { Sandbox } from './sandbox';

/** The part of the Authorization header behind its scheme; 401 for another scheme or none. */
function authorization(request: FastifyRequest, scheme: string): string {
  const [found, value] = (request.headers.authorization ?? '').split(' ');
  if (found?.toLowerCase() !== scheme || !value) throw unauthorized();
  return value;
}

function basicCredentials(request: FastifyRequest): [id: string, secret: string] {
  const text = Buffer.from(authorization(request, 'basic'), 'base64').toString();
  const colon = text.indexOf(':');
  if (colon < 0) throw unauthorized();
  return [text.slice(0, colon), text.slice(colon + 1)];
}

/** What `https://api.domo.com` serves: OAuth tokens, two endpoints to use them on, and the older creation. */
export function platformRoutes(server: FastifyInstance, sandbox: Sandbox) {
  const { store, tokenLifetime } = sandbox;

  function requireScope(request: FastifyRequest, scope: string) {
    const token = store.findToken(authorization(request, 'bearer'));
    if (!token) throw unauthorized();
    if (!token.scopes.includes(scope)) throw forbidden();
  }

  server.post('/clients', async (request, reply) => {
    const user = sessionUser(sandbox, request);
    if (!/^[a-z0-9-]+\.domo\.com$/i.test(String(request.headers['x-domo-customerdomain'] ?? ''))) {
      throw new Refusal(400, 'The header X-DOMO-CustomerDomain must be {instance}.domo.com.');
    }
    const { name, description, scope } = objectBody(request.body);
    const { client, secret } = await store.createClient(user, { name, description, scopes: scope });
    return reply.code(201).send({
      name: client.name,
      description: client.description,
      scope: client.scopes,
      user: user.email,
      client_id: client.clientId,
      client_secret: secret,
      authorized_grant_types: ['client_credentials'],
    });
  });

  /** @param asked the parameters, of the query or of the form */
  async function issue(request: FastifyRequest, asked: Record<string, unknown>) {
    const [clientId, secret] = basicCredentials(request);
    const { grant_type, scope = '' } = asked;
    if (grant_type !== 'client_credentials') {
      throw new Refusal(400, 'The grant_type must be client_credentials.', 'unsupported_grant_type');
    }
    const wanted = String(scope).split(' ').filter(Boolean);
    const { token, scopes, userId } = await store.issueToken(clientId, secret, wanted, tokenLifetime);
    return {
      access_token: token,
      customer: 'sandbox',
      expires_in: Math.floor(tokenLifetime),
      jti: randomUUID(),
      role: 'Admin',
      scope: scopes.join(' '),
      token_type: 'bearer',
      userId,
    };
  }

  server.get('/oauth/token', { errorHandler: oauthErrors('invalid_client') }, (request) =>
    issue(request, objectBody(request.query)),
  );
  // Only here: a form is what any site can make a browser send, and Domo's other endpoints take none.
  server.register((forms, _options, done) => {
    forms.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string' },
      (_request, body, parsed) => parsed(null, Object.fromEntries(new URLSearchParams(String(body)))),
    );
    forms.post('/oauth/token', { errorHandler: oauthErrors('invalid_client') }, (request) =>
      issue(request, { ...objectBody(request.query), ...objectBody(request.body ?? {}) }),
    );
    done();
  });

  const withToken = { errorHandler: oauthErrors('invalid_token') };

  server.get('/v1/users', withToken, (request) => {
    requireScope(request, 'user');
    return store.users.map(({ id, name, email }) => ({ id, name, email }));
  });

  server.get('/v1/datasets', withToken, (request) => {
    requireScope(request, 'data');
    return [
      { id: '00000000-0000-4000-8000-000000000001', name: 'Sandbox sales', rows: 12, columns: 3 },
      { id: '00000000-0000-4000-8000-000000000002', name: 'Sandbox stores', rows: 4, columns: 2 },
    ];
  });
}
