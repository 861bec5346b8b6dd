import { knownScopes } from '../client-request';
import { grantTitles, mayCreate, mayRevoke, maySeeAll } from '../grants';
import { maskClientId } from '../instance';
import type { Client } from '../store';
import type { User } from '../users';
import { type Html, html } from './html';
import { adminPage, importCommand, paths } from './layout';
import type { PageSession } from './page-sessions';

/** How the list is to be shown. `sort` begins with `-` for the other way round. */
export type View = { search: string; sort: string };

const columns = [
  ['name', 'Name'],
  ['description', 'Description'],
  ['scopes', 'Scopes'],
  ['owner', 'Owner'],
  ['id', 'Client ID'],
] as const;

const allowed: Record<string, string> = {
  account: 'Accounts: the credentials that connectors use',
  audit: 'The activity log: read who did what',
  buzz: 'Buzz: read and write conversations',
  dashboard: 'Pages and cards: read and change them',
  data: 'DataSets: read, create and change them and their rows',
  user: 'Users and groups: read, create and change them',
  workflow: 'Workflows: start them and read their state',
};

export type Listed = { session: PageSession; clients: readonly Client[]; users: readonly User[]; view: View };

/** The page Admin > Authentication > API Clients. */
export function clientsPage(listed: Listed, added: readonly string[]): Html {
  const { session, view } = listed;
  return adminPage(
    'API Clients',
    paths.clients,
    session,
    html`<div class="title">
  <h1>API Clients</h1>
  ${mayCreate(session.user) && html`<button type="button" class="primary" data-open="create">Create</button>`}
</div>
<p>${maySeeAll(session.user) ? 'All API clients of the instance.' : 'Your own API clients.'} They cannot be edited, only created and revoked.</p>
<form role="search" method="get" action="${paths.clients}">
  <label for="search">Search</label>
  <input type="search" id="search" name="search" value="${view.search}" autocomplete="off">
  <input type="hidden" name="sort" value="${view.sort}">
</form>
<p role="status" id="said"></p>
<div id="list" data-live="${paths.clients}">${clientList(listed)}</div>
${mayCreate(session.user) && createDialog([...knownScopes, ...added])}
${revokeDialog}`,
  );
}

/** The list alone, as the page replaces it when something has changed. */
export function clientList({ session, clients, users, view }: Listed): Html {
  if (clients.length === 0) return emptyList(session.user);
  const owner = ({ userId }: Client) => users.find(({ id }) => id === userId)?.name ?? `user ${userId}`;
  const words = (client: Client) =>
    [
      client.name,
      client.description,
      client.scopes.join(' '),
      owner(client),
      client.clientId.slice(0, 8),
    ].join(' ');
  const shown = clients
    .filter((client) => words(client).toLowerCase().includes(view.search.trim().toLowerCase()))
    .sort(order(view.sort, owner));
  if (shown.length === 0) return html`<p class="notice">No API client matches “${view.search}”.</p>`;
  return html`<table>
<caption class="visually-hidden">API clients: ${shown.length} of ${clients.length}</caption>
<thead><tr>
  ${columns.map((column) => heading(column, view))}
  <th scope="col"><span class="visually-hidden">Actions</span></th>
</tr></thead>
<tbody>
${shown.map((client) => row(client, owner(client), session.user))}
</tbody>
</table>`;
}

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

function heading([key, title]: readonly [string, string], { search, sort }: View): Html {
  const up = sort === key;
  const down = sort === `-${key}`;
  const query = new URLSearchParams({ search, sort: up ? `-${key}` : key });
  const direction = up ? 'ascending' : 'descending';
  return html`<th scope="col"${(up || down) && html` aria-sort="${direction}"`}>
  <a href="${paths.clients}?${query.toString()}" data-sort="${key}">${title}</a></th>`;
}

function row(client: Client, owner: string, user: User): Html {
  const { id, name, description, scopes, clientId, userId } = client;
  const menu = `menu-${id}`;
  return html`<tr>
  <th scope="row" data-label="Name">${name}</th>
  <td data-label="Description">${description || html`<span class="quiet">none</span>`}</td>
  <td data-label="Scopes"><ul class="scopes">${scopes.map((scope) => html`<li>${scope}</li>`)}</ul></td>
  <td data-label="Owner">${owner}</td>
  <td data-label="Client ID"><code>${maskClientId(clientId)}</code></td>
  <td class="actions">
    <button type="button" aria-haspopup="menu" aria-expanded="false" aria-controls="${menu}" aria-label="More actions for ${name}">⋮</button>
    <div role="menu" id="${menu}" aria-label="Actions for ${name}" hidden>
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

const createDialog = (scopes: readonly string[]) => html`<dialog id="create" aria-labelledby="create-title">
<form method="dialog" data-create>
  <h2 id="create-title">Create an API client</h2>
  <p role="alert" class="problem" hidden></p>
  <label for="new-name">Name</label>
  <input id="new-name" name="name" required maxlength="200" autocomplete="off" aria-describedby="name-hint">
  <p class="hint" id="name-hint">Unique in the instance. Say what the client is for.</p>
  <label for="new-description">Description</label>
  <textarea id="new-description" name="description" rows="2"></textarea>
  <fieldset aria-describedby="scope-hint">
    <legend>Scopes</legend>
    <p class="hint" id="scope-hint">Least privilege: choose only what the use needs. Scopes cannot be changed later.</p>
    ${scopes.map(
      (scope) => html`<label class="choice">
      <input type="checkbox" name="scopes" value="${scope}"> <span><b>${scope}</b> ${allowed[scope] ?? ''}</span>
    </label>`,
    )}
  </fieldset>
  <div class="buttons">
    <button type="button" data-close>Cancel</button>
    <button type="submit" class="primary">Create</button>
  </div>
</form>
<div data-created hidden>
  <h2 id="created-title" tabindex="-1">The API client is created</h2>
  <p class="warning">This is the only time that the secret is shown. Copy it now: closing this dialog is final.</p>
  <label for="shown-id">Client ID</label>
  <div class="copy"><input id="shown-id" readonly><button type="button" data-copy-from="shown-id" aria-label="Copy client ID">Copy</button></div>
  <label for="shown-secret">Client secret</label>
  <div class="copy"><input id="shown-secret" readonly><button type="button" data-copy-from="shown-secret" aria-label="Copy client secret">Copy</button></div>
  <p role="status"></p>
  <div class="buttons"><button type="button" class="primary" data-close>Close for good</button></div>
</div>
</dialog>`;

const revokeDialog = html`<dialog id="revoke" aria-labelledby="revoke-title" aria-describedby="revoke-text">
<form method="dialog" data-revoking>
  <h2 id="revoke-title">Revoke <span data-name></span>?</h2>
  <p role="alert" class="problem" hidden></p>
  <div id="revoke-text" class="warning">
    <p>This takes effect at once and cannot be undone.</p>
    <p>Existing sessions stay valid until they expire, about an hour.</p>
  </div>
  <div class="buttons">
    <button type="button" data-close>Cancel</button>
    <button type="submit" class="danger">Revoke</button>
  </div>
</form>
</dialog>`;
