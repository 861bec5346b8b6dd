import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { mayKnow } from '../activity';
import { mayList } from '../grants';
import { objectBody, Refusal } from '../refusal';
import type { Sandbox } from '../sandbox';
import { activityList, activityPage } from './activity-page';
import { clientList, clientsPage } from './clients';
import { type Html, html } from './html';
import { adminPage, noGrant, paths, plainPage, signInPage } from './layout';
import { createPageSessions, type PageSession } from './page-sessions';
import { tokensPage } from './tokens-page';

/** Beside this file, and beside the bundle. */
const assets = join(__dirname, 'assets');

const security = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; " +
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'cache-control': 'no-store',
};

/** What the page is made of beside its HTML. */
const files = {
  'text/css': ['theme.css', 'page.css', 'lists.css', 'dialogs.css'],
  'text/javascript': ['page.js', 'list.js', 'menus.js', 'dialogs.js', 'messages.js'],
};

type Query = { Querystring: { search?: string; sort?: string; part?: string; show?: string } };

/** Sends a page, with everything shut out that is not the sandbox's own. */
export const sendPage = (reply: FastifyReply, page: Html, status = 200) =>
  reply.code(status).headers(security).type('text/html; charset=utf-8').send(page.text);

/** The admin area in a browser: signing in, the API clients, and the activity. */
export function pageRoutes(sandbox: Sandbox) {
  const { store, quirks } = sandbox;
  const sessions = createPageSessions();

  /** The page for who is signed in, the part of it that is asked for alone, or what is missing. */
  function show(
    title: string,
    path: string,
    render: (session: PageSession, request: FastifyRequest) => Html,
  ) {
    return (request: FastifyRequest<Query>, reply: FastifyReply) => {
      const session = sessions.of(request);
      if (!session) return sendPage(reply, signInPage(store.users, path), 401);
      if (mayList(session.user)) return sendPage(reply, render(session, request));
      return sendPage(reply, adminPage(title, path, session, noGrant(title)), 403);
    };
  }

  return async (server: FastifyInstance) => {
    server.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string' },
      (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(String(body)))),
    );
    server.addHook('onSend', async (_request, reply) => void reply.headers(security));
    server.setErrorHandler((error: Error & { status?: number }, request, reply) => {
      const status = error.status ?? 500;
      if (request.headers['content-type'] === 'application/json')
        return reply.code(status).send({ message: error.message });
      return sendPage(
        reply,
        plainPage('Refused', html`<h1>Refused</h1><p>${error.message}</p><p><a href="/">Back</a></p>`),
        status,
      );
    });

    for (const [type, names] of Object.entries(files)) {
      for (const name of names) {
        server.get(`/assets/${name}`, (_request, reply) =>
          reply.type(`${type}; charset=utf-8`).send(readFileSync(join(assets, name), 'utf8')),
        );
      }
    }

    for (const from of ['/', '/admin', paths.signIn]) {
      server.get(from, (_request, reply) => reply.redirect(paths.clients));
    }

    server.post(paths.signIn, (request, reply) => {
      const { user: name, to } = objectBody(request.body);
      const user = store.users.find((each) => each.name === name);
      if (!user) throw new Refusal(400, 'There is no such user.');
      sessions.signIn(request, reply, user);
      return reply.redirect([paths.activity, paths.tokens].find((path) => path === to) ?? paths.clients, 303);
    });

    server.post(paths.signOut, (request, reply) => {
      sessions.posting(request, objectBody(request.body).csrf);
      sessions.signOut(request, reply);
      return reply.redirect(paths.clients, 303);
    });

    server.get<Query>(
      paths.clients,
      show('API Clients', paths.clients, (session, { query }) => {
        const { search = '', sort = 'name', part } = query as Query['Querystring'];
        const listed = {
          session,
          clients: store.listClients(session.user),
          users: store.users,
          view: { search: String(search), sort: String(sort) },
        };
        return part === 'list' ? clientList(listed) : clientsPage(listed, quirks.now().scopes);
      }),
    );

    server.get<Query>(
      paths.tokens,
      show('Access tokens', paths.tokens, (session) =>
        tokensPage({ session, tokens: store.listAccessTokens(session.user), people: store.people() }),
      ),
    );

    server.get<Query>(
      paths.activity,
      show('Activity', paths.activity, (session, { query }) => {
        const { part, show } = query as Query['Querystring'];
        const shown = {
          session,
          changes: store.listActivity(session.user),
          clients: store.listClients(session.user),
          show: Number(show),
        };
        return part === 'list' ? activityList(shown) : activityPage(shown);
      }),
    );

    server.post(paths.clients, async (request, reply) => {
      const { user } = sessions.posting(request, request.headers['x-csrf']);
      const { name, description, scopes } = objectBody(request.body);
      const { client, secret } = await store.createClient(user, { name, description, scopes });
      return reply.code(201).send({ name: client.name, clientId: client.clientId, clientSecret: secret });
    });

    server.post<{ Params: { id: string } }>(`${paths.clients}/:id/revoke`, async (request, reply) => {
      const { user } = sessions.posting(request, request.headers['x-csrf']);
      await store.revokeClient(user, Number(request.params.id), 404);
      return reply.code(204).send();
    });

    server.get(paths.events, (request, reply) => {
      const session = sessions.of(request);
      if (!session || !mayList(session.user)) throw new Refusal(401, 'You are signed out.');
      reply.hijack();
      reply.raw.writeHead(200, { ...security, 'content-type': 'text/event-stream' });
      // The browser may have missed something since it loaded the page.
      reply.raw.write('retry: 1000\ndata: now\n\n');
      const stop = store.onChange((change) => {
        if (mayKnow(session.user, change)) reply.raw.write('data: changed\n\n');
      });
      reply.raw.on('close', stop);
    });
  };
}
