import type { FastifyInstance } from 'fastify';
import { maskClientId } from './instance';
import { objectBody, Refusal } from './refusal';
import type { Sandbox } from './sandbox';

/**
 * What tests see and do, in JSON and without any token. Nothing of it is counted, and no fault happens to it:
 *
 * - `GET /_sandbox/health`: `{"status": "ok"}` as soon as it serves
 * - `POST /_sandbox/reset`: the clients of the seed and nothing else, no faults, no counts; users keep their tokens
 * - `GET`, `DELETE /_sandbox/requests`: requests by endpoint, `{"GET /v1/users": 2}`; sets them to nothing
 * - `GET`, `POST`, `DELETE /_sandbox/faults`: what is left; adds one (see `Fault`); clears them
 * - `GET`, `PUT /_sandbox/chaos`: how many faults of each kind were drawn; draws them at random (see `Chaos`),
 *   `{}` for no more
 * - `GET`, `PUT /_sandbox/quirks`: other ways of Domo to answer (see `Quirks`); `{}` for none
 * - `GET /_sandbox/clients`: every client, with its whole and its masked id
 * - `POST /_sandbox/clients`: `{userId, name, description?, scopes}`, whatever grants that user has
 * - `POST /_sandbox/clients/{id}/revoke`: revokes it, behind the back of Terraform
 * - `DELETE /_sandbox/sessions`: all session tokens expire
 */
export function controlRoutes(server: FastifyInstance, sandbox: Sandbox) {
  const { store, sessions, faults, chaos, quirks, counts } = sandbox;

  server.get('/_sandbox/health', () => ({ status: 'ok' }));
  server.post('/_sandbox/reset', async (_request, reply) => {
    await sandbox.reset();
    return reply.code(204).send();
  });

  server.get('/_sandbox/requests', () => Object.fromEntries(counts));
  server.delete('/_sandbox/requests', (_request, reply) => {
    counts.clear();
    return reply.code(204).send();
  });

  server.get('/_sandbox/faults', () => faults.list());
  server.post('/_sandbox/faults', (request, reply) => {
    faults.add(request.body);
    return reply.code(204).send();
  });
  server.delete('/_sandbox/faults', (_request, reply) => {
    faults.clear();
    return reply.code(204).send();
  });

  server.get('/_sandbox/chaos', () => chaos.counts());
  server.put('/_sandbox/chaos', (request, reply) => {
    chaos.set(request.body);
    return reply.code(204).send();
  });

  server.get('/_sandbox/quirks', () => quirks.now());
  server.put('/_sandbox/quirks', (request) => quirks.set(request.body));

  server.get('/_sandbox/clients', () =>
    store.allClients().map(({ secretHash: _, ...client }) => ({
      ...client,
      maskedClientId: maskClientId(client.clientId),
    })),
  );
  server.post('/_sandbox/clients', async (request, reply) => {
    const { userId, name, description, scopes } = objectBody(request.body);
    const owner = store.users.find(({ id }) => id === userId);
    if (!owner) throw new Refusal(400, 'There is no user with that userId.');
    const { client, secret } = await store.addClient(owner, { name, description, scopes });
    return reply.code(201).send({ id: client.id, clientId: client.clientId, clientSecret: secret });
  });
  server.post<{ Params: { id: string } }>('/_sandbox/clients/:id/revoke', async (request, reply) => {
    const client = store.allClients().find(({ id }) => id === Number(request.params.id));
    if (!client) throw new Refusal(404, 'There is no client with that id.');
    await store.removeClient(client);
    return reply.code(204).send();
  });

  server.delete('/_sandbox/sessions', (_request, reply) => {
    sessions.end();
    return reply.code(204).send();
  });
}
