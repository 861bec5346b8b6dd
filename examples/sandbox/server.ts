import { type FastifyInstance, type FastifyRequest, fastify } from 'fastify';
import { controlRoutes } from './control';
import { applyFaults } from './faults';
import { instanceRoutes } from './instance';
import { limitRate } from './limit';
import { pageRoutes } from './page/routes';
import { platformRoutes } from './platform';
import { Refusal } from './refusal';
import { createSandbox, type Sandbox, type SandboxOptions } from './sandbox';

/** A page in a browser reaches loopback by a name of its own (DNS rebinding); only the true names pass. */
const isLoopback = (host = '') => /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i.test(host);

/** Any site can make a browser send something here; it cannot make it lie about where that comes from. */
const isSentByOtherSite = ({ headers }: FastifyRequest) =>
  /^(cross|same)-site$/.test(String(headers['sec-fetch-site'] ?? ''));

const hasOtherOrigin = ({ headers: { origin, host } }: FastifyRequest) =>
  origin !== undefined && origin !== `http://${host}`;

/** Following a link from another site changes nothing. */
const isLink = ({ method, headers }: FastifyRequest) =>
  method === 'GET' && headers['sec-fetch-mode'] === 'navigate';

const refusal = () => new Refusal(403, 'The sandbox refuses requests from other sites.');

function endpoint(request: FastifyRequest): string {
  const path = request.routeOptions.url ?? request.url.split('?')[0];
  return `${request.method} ${path}`.replaceAll(':id', '{id}');
}

function refuseOtherNames(server: FastifyInstance) {
  server.addHook('onRequest', async ({ headers: { host } }) => {
    if (!isLoopback(host)) throw new Refusal(421, 'The sandbox answers to loopback names only.');
  });
}

/** What Domo has: it is counted, and faults happen to it. Programs send it the Origin of the instance. */
const domoRoutes = (sandbox: Sandbox) => async (server: FastifyInstance) => {
  const { faults, chaos, quirks, counts } = sandbox;
  server.addHook('onRequest', async (request) => {
    if (isSentByOtherSite(request)) throw refusal();
    const key = endpoint(request);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  });
  limitRate(server, () => quirks.now().requestsPerSecond, counts);
  applyFaults(server, (method, path) => faults.take(method, path) ?? chaos.draw());
  instanceRoutes(server, sandbox);
  platformRoutes(server, sandbox);
  server.setNotFoundHandler(() => {
    throw new Refusal(404, 'Not Found');
  });
};

/** What is the sandbox's own. The router decides what that is, since it decodes paths: a look at the path would not. */
const ownRoutes = (sandbox: Sandbox) => async (server: FastifyInstance) => {
  server.addHook('onRequest', async (request) => {
    if (hasOtherOrigin(request) || (isSentByOtherSite(request) && !isLink(request))) throw refusal();
  });
  controlRoutes(server, sandbox);
  server.register(pageRoutes(sandbox));
};

function answerErrors(server: FastifyInstance) {
  server.setErrorHandler((error: Error & { status?: number; statusCode?: number }, _request, reply) => {
    const status = error.status ?? error.statusCode ?? 500;
    // Domo answers 403 in plain text.
    return reply.code(status).send(status === 403 ? error.message : { status, message: error.message });
  });
}

function acceptEmptyBodies(server: FastifyInstance) {
  server.removeAllContentTypeParsers();
  // Clients may say "JSON" of a request that has no body, such as a DELETE.
  server.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => {
    try {
      done(null, body === '' ? undefined : JSON.parse(String(body)));
    } catch {
      done(new Refusal(400, 'The body is not JSON.'));
    }
  });
}

/**
 * Starts a local Domo on 127.0.0.1. One address serves what Domo has on `{instance}.domo.com` (for any
 * instance) and on `api.domo.com`, and the endpoints for tests under `/_sandbox/`.
 * Rejects if the port is taken or the data file cannot be used.
 */
export async function startSandbox(options: SandboxOptions = {}) {
  const sandbox = createSandbox(options);
  const server = fastify({ exposeHeadRoutes: false, forceCloseConnections: true });
  acceptEmptyBodies(server);
  answerErrors(server);
  refuseOtherNames(server);
  server.register(domoRoutes(sandbox));
  server.register(ownRoutes(sandbox));
  const url = await server.listen({ host: '127.0.0.1', port: options.port ?? 0 });
  try {
    // Only now: whoever has the port may be a sandbox with the same data file.
    await sandbox.store.save();
  } catch (error) {
    await server.close();
    throw error;
  }
  return { url, store: sandbox.store, close: () => server.close() };
}
