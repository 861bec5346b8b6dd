import { grantTitles } from '../grants';
import type { User } from '../users';
import { type Html, html } from './html';
import type { PageSession } from './page-sessions';

/** The grants in words: `"Create API OAuth Clients" and "Manage All …"`, or `no grant`. */
export const grantsInWords = ({ grants }: User) =>
  grants.map((grant) => `"${grantTitles[grant]}"`).join(' and ') || 'no grant';

export const paths = {
  clients: '/admin/api-clients',
  activity: '/admin/activity',
  events: '/admin/events',
  signIn: '/sign-in',
  signOut: '/sign-out',
} as const;

const head = (title: string, csrf?: string) => html`<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
${csrf && html`<meta name="csrf" content="${csrf}">`}
<title>${title} · Sandbox</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/assets/page.css">
<script src="/assets/page.js" defer></script>`;

const document = (contents: Html, body: Html) =>
  html`<!doctype html>\n<html lang="en">\n<head>\n${contents}\n</head>\n<body>\n${body}\n</body>\n</html>\n`;

/** A page for somebody who is not signed in. */
export const plainPage = (title: string, main: Html) =>
  document(head(title), html`<main class="narrow">${main}</main>`);

/** A page of the admin area; `path` is its own place in the menu. */
export function adminPage(title: string, path: string, { user, csrf }: PageSession, main: Html): Html {
  const item = (to: string, text: string) =>
    html`<li><a href="${to}"${to === path && html` aria-current="page"`}>${text}</a></li>`;
  return document(
    head(title, csrf),
    html`<a class="skip" href="#main">Skip to the content</a>
<header>
  <p class="brand">Local Domo <span>sandbox</span></p>
  <form method="post" action="${paths.signOut}">
    <input type="hidden" name="csrf" value="${csrf}">
    <p>${user.name}: ${grantsInWords(user)}</p>
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
          ${item(paths.activity, 'Activity')}
        </ul>
      </li>
    </ul>
  </nav>
  <main id="main" tabindex="-1">${main}</main>
</div>`,
  );
}

/** For who lacks both grants: which there are, and that one is enough. */
export const noGrant = (what: string) => html`<h1>${what}</h1>
<div class="notice">
  <p>You need one of these grants to see this page:</p>
  <ul>
    <li>${grantTitles.create}: to create API clients, and to see and revoke your own</li>
    <li>${grantTitles.manage}: to see and revoke everybody's</li>
  </ul>
  <p>Sign out and sign in as another user to try them.</p>
</div>`;

export const signInPage = (users: readonly User[]) =>
  plainPage(
    'Sign in',
    html`<h1>Sign in to the sandbox</h1>
<p>A local Domo, for trying things out. Choose whom to be:</p>
<form method="post" action="${paths.signIn}" class="users">
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
