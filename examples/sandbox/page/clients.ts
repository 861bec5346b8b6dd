import { knownScopes } from '../client-request';
import { grantTitles, mayCreate, mayRevoke, maySeeAll } from '../grants';
import { maskClientId } from '../instance';
import type { Client } from '../store';
import type { User } from '../users';
import { createDialog, revokeDialog } from './dialogs';
import { type Html, html } from './html';
import { adminPage, article, importCommand, paths } from './layout';
import type { PageSession } from './page-sessions';

/** How the list is to be shown. `sort` begins with `-` for the other way round. */
export type View = { search: string; sort: string };

/** The key of each column, its title, and its class. */
const columns = [
  ['name', 'Name', 'name'],
  ['description', 'Description', 'description'],
  ['scopes', 'Scopes', 'scopes-column'],
  ['owner', 'Owner', 'owner'],
  ['id', 'Client ID', 'client-id'],
] as const;

export type Listed = { session: PageSession; clients: readonly Client[]; users: readonly User[]; view: View };

/** The page Admin > Authentication > API Clients. */
export function clientsPage(listed: Listed, added: readonly string[]): Html {
  const { session, view } = listed;
  const { count, list } = counted(listed);
  return adminPage(
    'API Clients',
    paths.clients,
    session,
    html`<div class="title">
  <h1>API Clients</h1>
  ${mayCreate(session.user) && html`<button type="button" class="primary" data-open="create">Create</button>`}
</div>
<p class="intro">${maySeeAll(session.user) ? 'All API clients of the instance.' : 'Your own API clients.'} They can be created and revoked, but not edited: see ${article}.</p>
<div class="toolbar">
  <form role="search" method="get" action="${paths.clients}">
    <label for="search">Search</label>
    <input type="search" id="search" name="search" value="${view.search}" autocomplete="off">
    <input type="hidden" name="sort" value="${view.sort}">
  </form>
  <p id="count" role="status">${count}</p>
</div>
<div id="list" data-live="${paths.clients}">${list}</div>
${mayCreate(session.user) && createDialog([...knownScopes, ...added])}
${revokeDialog}`,
  );
}

/** The list alone, as the page replaces it when something has changed. */
export const clientList = (listed: Listed): Html => counted(listed).list;

function counted({ session, clients, users, view }: Listed): { count: string; list: Html } {
  const owner = ({ userId }: Client) => users.find(({ id }) => id === userId)?.name ?? `user ${userId}`;
  const words = (client: Client) =>
    [
      client.name,
      client.description,
      client.scopes.join(' '),
      owner(client),
      maskClientId(client.clientId),
    ].join(' ');
  const shown = clients
    .filter((client) => words(client).toLowerCase().includes(view.search.trim().toLowerCase()))
    .sort(order(view.sort, owner));
  const all = clients.length === 1 ? '1 API client' : `${clients.length} API clients`;
  const count = shown.length === clients.length ? all : `${shown.length} of ${all}`;
  const list = () => {
    if (clients.length === 0) return emptyList(session.user);
    if (shown.length === 0) return html`<p class="notice">No API client matches “${view.search}”.</p>`;
    return table(
      view,
      count,
      shown.map((client) => row(client, owner(client), session.user)),
    );
  };
  return { count, list: html`<div data-count="${count}">${list()}</div>` };
}

const table = (view: View, count: string, rows: readonly Html[]) => html`<table class="clients">
<caption class="visually-hidden">${count}</caption>
<thead><tr>
  ${columns.map((column) => heading(column, view))}
  <th scope="col" class="actions"><span class="visually-hidden">Actions</span></th>
</tr></thead>
<tbody>
${rows}
</tbody>
</table>`;

function order(sort: string, owner: (client: Client) => string) {
  const by: Record<string, (client: Client) => string> = {
    name: ({ name }) => name,
    description: ({ description }) => description,
    scopes: ({ scopes }) => scopes.join(),
    owner,
    id: ({ clientId }) => clientId,
  };
  const column = sort.replace('-', '');
  const key = by[column] ?? by.name;
  const direction = sort.startsWith('-') ? -1 : 1;
  // "team-2" comes before "team-10"; the digits of a client id are no numbers.
  const { compare } = new Intl.Collator('en', { numeric: column !== 'id' });
  return (a: Client, b: Client) => direction * compare(key?.(a) ?? '', key?.(b) ?? '');
}

function heading([key, title, style]: (typeof columns)[number], { search, sort }: View): Html {
  const up = sort === key;
  const down = sort === `-${key}`;
  const query = new URLSearchParams({ search, sort: up ? `-${key}` : key });
  const direction = up ? 'ascending' : 'descending';
  return html`<th scope="col" class="${style}"${(up || down) && html` aria-sort="${direction}"`}>
  <a href="${paths.clients}?${query.toString()}" data-stay data-key="sort-${key}">${title}</a></th>`;
}

function row(client: Client, owner: string, user: User): Html {
  const { id, name, description, scopes, clientId, userId } = client;
  const menu = `menu-${id}`;
  return html`<tr>
  <th scope="row">${name}</th>
  <td class="description">${description || html`<span class="quiet">No description</span>`}</td>
  <td class="scopes-column"><ul class="scopes">${scopes.map((scope) => html`<li>${scope}</li>`)}</ul></td>
  <td class="owner" data-label="Owner">${owner}</td>
  <td class="client-id" data-label="Client ID"><code>${maskClientId(clientId)}</code></td>
  <td class="actions">
    <button type="button" aria-haspopup="menu" aria-expanded="false" aria-controls="${menu}" data-key="${menu}" aria-label="More actions for ${name}">⋮</button>
    <div role="menu" popover="manual" id="${menu}" aria-label="Actions for ${name}">
      <button type="button" role="menuitem" tabindex="-1" data-copy="${importCommand(name, id)}">Copy import command</button>
      ${mayRevoke(user, userId) && html`<button type="button" role="menuitem" tabindex="-1" data-revoke="${id}" data-name="${name}">Delete</button>`}
    </div>
  </td>
</tr>`;
}

function emptyList(user: User): Html {
  return html`<div class="notice">
  <h2>There is no API client yet</h2>
  ${
    mayCreate(user)
      ? html`<p>Create one here, or let Terraform do it: an apply shows up on this page by itself.</p>`
      : html`<p>To create one you need the grant “${grantTitles.create}”. What others create shows up here by itself.</p>`
  }
</div>`;
}
