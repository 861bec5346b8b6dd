import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Quirks } from './quirks';
import { objectBody, Refusal, unauthorized } from './refusal';
import type { Sandbox } from './sandbox';
import type { Client } from './store';
import type { User } from './users';

const developerTokens = '/api/identity/v1/developer-tokens';

const header = (request: FastifyRequest, name: string) => {
  const value = request.headers[name];
  return typeof value === 'string' ? value : '';
};

/** The user of the session token; an access token will not do. 401 for anyone else. */
export function sessionUser({ sessions }: Sandbox, request: FastifyRequest): User {
  const user = sessions.userOf(header(request, 'x-domo-authentication'));
  if (!user) throw unauthorized();
  return user;
}

/** The user of the access token or, without one, of the session token. 401 for anyone else. */
export function caller(sandbox: Sandbox, request: FastifyRequest): User {
  const token = header(request, 'x-domo-developer-token');
  const user = sandbox.store.users.find((each) => each.token === token);
  return user ?? sessionUser(sandbox, request);
}

/** The partial client id of Domo's list: the first two groups of a UUID. */
export const maskClientId = (clientId: string) => `${clientId.slice(0, 13)}-XXXX-XXXX-XXXXXXXXXXXX`;

const listed = (
  { id, name, description, clientId, scopes, userId, createdAt }: Client,
  { fullIds, created }: Pick<Quirks, 'fullIds' | 'created'>,
) => ({
  id,
  name,
  description,
  clientId: fullIds ? clientId : maskClientId(clientId),
  scopes,
  userId,
  created: created ? createdAt : null,
});

/** What `https://{instance}.domo.com` serves: API clients, who-am-I and signing in. */
export function instanceRoutes(server: FastifyInstance, sandbox: Sandbox) {
  const { store, sessions, quirks } = sandbox;

  server.get(developerTokens, (request) => {
    const { wrapped, listLag, ...shown } = quirks.now();
    const visible = store.listClients(caller(sandbox, request));
    const clients = visible
      .filter(({ createdAt }) => listLag === 0 || createdAt + listLag <= Date.now())
      .map((client) => listed(client, shown));
    return wrapped ? { entries: clients } : clients;
  });

  server.post(developerTokens, async (request, reply) => {
    const user = caller(sandbox, request);
    const { name, description, scopes } = objectBody(request.body);
    const { client, secret } = await store.createClient(user, { name, description, scopes });
    return reply.code(201).send({
      ...listed(client, { fullIds: true, created: quirks.now().created }),
      clientSecret: secret,
    });
  });

  server.delete<{ Params: { id: string } }>(`${developerTokens}/:id`, async (request, reply) => {
    await store.revokeClient(caller(sandbox, request), Number(request.params.id), quirks.now().missing);
    return reply.code(204).send();
  });

  for (const url of [developerTokens, `${developerTokens}/:id`]) {
    server.route({
      method: ['PUT', 'PATCH'],
      url,
      handler: () => {
        throw new Refusal(405, 'API clients cannot be edited, only created and revoked.');
      },
    });
  }

  server.get('/api/content/v2/users/me', (request) => {
    const { id, name, email, grants } = caller(sandbox, request);
    return { id, displayName: name, emailAddress: email, roleId: grants.includes('manage') ? 1 : 2 };
  });

  server.post('/api/content/v2/authentication', (request) => {
    const { method, emailAddress, password } = objectBody(request.body);
    if (method !== 'password') throw new Refusal(400, 'The method must be "password".');
    if (!request.headers.origin) throw new Refusal(400, 'The Origin header is missing.');
    return sessions.signIn(emailAddress, password);
  });
}
