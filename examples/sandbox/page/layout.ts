import { grantTitles } from '../grants';
import type { User } from '../users';
import { type Html, html } from './html';
import type { PageSession } from './page-sessions';

/** The grants in words: `"Create API OAuth Clients" and "Manage All …"`, or `no grant`. */
export const grantsInWords = ({ grants }: User) =>
  grants.map((grant) => `"${grantTitles[grant]}"`).join(' and ') || 'no grant';

export const paths = {
  clients: '/admin/api-clients',
  tokens: '/admin/access-tokens',
  activity: '/admin/activity',
  events: '/admin/events',
  signIn: '/sign-in',
  signOut: '/sign-out',
} as const;

/** The sandbox's own mark; it is nobody's logo. */
const mark = html`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16" fill="#2f86c6" aria-hidden="true"><path d="M3 1h10a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2H3a2 2 0 0 1-2-2V3a2 2 0 0 1 2-2zm1 3v8h3.6a4 4 0 0 0 0-8zm2 2h1.6a2 2 0 0 1 0 4H6z" fill-rule="evenodd"/></svg>`;

const brand = html`<p class="brand">${mark} Local Domo <span>sandbox</span></p>`;

const head = (title: string, csrf?: string) => html`<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
${csrf && html`<meta name="csrf" content="${csrf}">`}
<title>${title} · Sandbox</title>
<link rel="icon" href="data:image/svg+xml,${encodeURIComponent(mark.text)}">
<link rel="stylesheet" href="/assets/theme.css">
<link rel="stylesheet" href="/assets/page.css">
<link rel="stylesheet" href="/assets/lists.css">
<link rel="stylesheet" href="/assets/dialogs.css">
<script src="/assets/page.js" type="module"></script>`;

const document = (contents: Html, body: Html) =>
  html`<!doctype html>\n<html lang="en">\n<head>\n${contents}\n</head>\n<body>\n${body}\n</body>\n</html>\n`;

/** A page for somebody who is not signed in. */
export const plainPage = (title: string, main: Html) =>
  document(head(title), html`<main class="narrow">${brand}${main}</main>`);

/** A page of the admin area; `path` is its own place in the menu. */
export function adminPage(title: string, path: string, { user, csrf }: PageSession, main: Html): Html {
  const item = (to: string, text: string) =>
    html`<li><a href="${to}"${to === path && html` aria-current="page"`}>${text}</a></li>`;
  return document(
    head(title, csrf),
    html`<a class="skip" href="#main">Skip to the content</a>
<header>
  ${brand}
  <p class="who"><b>${user.name}</b>: ${grantsInWords(user)}</p>
  <form method="post" action="${paths.signOut}">
    <input type="hidden" name="csrf" value="${csrf}">
    <button type="submit">Sign out</button>
  </form>
</header>
<div class="columns">
  <nav aria-label="Admin">
    <p>Admin</p>
    <ul>
      <li><p>Authentication</p>
        <ul>
          ${item(paths.clients, 'API Clients')}
          ${item(paths.tokens, 'Access tokens')}
          ${item(paths.activity, 'Activity')}
        </ul>
      </li>
    </ul>
  </nav>
  <main id="main" tabindex="-1">${main}</main>
</div>
<div class="messages">
  <p role="status" id="said"></p>
  <p role="alert" id="gone"></p>
</div>`,
  );
}

/** Where Domo describes the feature that the sandbox stands in for. */
export const article = html`<a href="https://www.domo.com/docs/s/article/000005240" rel="noreferrer">Domo’s article on API Clients</a>`;

/** For a browser that was sent to an address at which there is nothing. */
export const missingPage = (path: string) =>
  plainPage(
    'Not found',
    html`<h1>There is no such page</h1>
<p>Nothing is at <code>${path}</code>.</p>
<p>Go to the <a href="${paths.clients}">API clients</a>, the <a href="${paths.tokens}">access tokens</a> or the <a href="${paths.activity}">activity</a>.</p>`,
  );

/** For who lacks both grants: which there are, and that one is enough. */
export const noGrant = (what: string) => html`<h1>${what}</h1>
<div class="notice">
  <p>You need one of these grants to see this page:</p>
  <ul>
    <li>${grantTitles.create}: to create API clients, and to see and revoke your own</li>
    <li>${grantTitles.manage}: to see and revoke everybody's</li>
  </ul>
  <p>Sign out and sign in as another user to try them. ${article} has the table of what each grant allows.</p>
</div>`;

/** `to` is the path that the person was on the way to. */
export const signInPage = (users: readonly User[], to: string) =>
  plainPage(
    'Sign in',
    html`<h1>Sign in to the sandbox</h1>
<p class="intro">A local Domo for trying things out. Choose a user:</p>
<form method="post" action="${paths.signIn}" class="users">
  <input type="hidden" name="to" value="${to}">
  ${users.map(
    (user) => html`<button type="submit" name="user" value="${user.name}">
    <strong>${user.name}</strong> <span>${grantsInWords(user)}</span>
  </button>`,
  )}
</form>`,
  );

/** A moment, in a form that means the same everywhere. */
export function moment(milliseconds: number): Html {
  const iso = new Date(milliseconds).toISOString();
  return html`<time datetime="${iso}">${iso.slice(0, 19).replace('T', ' ')} UTC</time>`;
}

/** What brings a client under Terraform's management; the resource is called as the client is. */
export function importCommand(name: string, id: number): string {
  const label = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^(?![a-z])/, 'client_')
    .replace(/_$/, '');
  return `terraform import domo_api_client.${label} ${id}`;
}
