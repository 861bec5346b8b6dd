import type { Change } from '../activity';
import { maySeeAll } from '../grants';
import type { Client } from '../store';
import { type Html, html } from './html';
import { adminPage, importCommand, moment, paths } from './layout';
import type { PageSession } from './page-sessions';

export type Shown = { session: PageSession; changes: readonly Change[]; clients: readonly Client[] };

/** The page Admin > Authentication > Activity: who did what when. */
export const activityPage = (shown: Shown): Html =>
  adminPage(
    'Activity',
    paths.activity,
    shown.session,
    html`<h1>Activity</h1>
<p>${maySeeAll(shown.session.user) ? 'What everybody did' : 'What you did, and what happened to your clients'}, the latest first. Tokens and secrets are never part of it.</p>
<p role="status" id="said"></p>
<div id="list" data-live="${paths.activity}">${activityList(shown)}</div>`,
  );

/** The list alone, as the page replaces it when something has happened. */
export function activityList({ changes, clients }: Shown): Html {
  if (changes.length === 0) {
    return html`<div class="notice"><h2>Nothing has happened yet</h2>
<p>Create an API client on the page or with Terraform, and it shows up here.</p></div>`;
  }
  const ids = new Set(clients.map(({ id }) => id));
  return html`<table>
<caption class="visually-hidden">What happened: ${changes.length} events</caption>
<thead><tr><th scope="col">When</th><th scope="col">Who</th><th scope="col">What</th><th scope="col">Import</th></tr></thead>
<tbody>
${changes.map(
  (change) => html`<tr>
  <td data-label="When">${moment(change.at)}</td>
  <td data-label="Who">${change.actor}</td>
  <td data-label="What">${inWords(change)}</td>
  <td data-label="Import">${importOf(change, ids)}</td>
</tr>`,
)}
</tbody>
</table>`;
}

function inWords({ kind, subject, reason, expiresAt = 0 }: Change): Html {
  switch (kind) {
    case 'created':
      return html`created <b>${subject}</b>`;
    case 'revoked':
      return html`revoked <b>${subject}</b>`;
    case 'refused':
      return html`was refused: <b>${subject}</b> (${reason})`;
    case 'token-issued':
      return html`was issued an OAuth token for ${subject}, ${
        expiresAt > Date.now()
          ? html`valid until ${moment(expiresAt)}`
          : html`expired at ${moment(expiresAt)}`
      }`;
  }
}

function importOf({ kind, actor, subject, clientId }: Change, ids: ReadonlySet<number>): Html {
  if (clientId === undefined) return html`<span class="quiet">no client</span>`;
  if (!ids.has(clientId)) return html`<span class="quiet">revoked since</span>`;
  const name = kind === 'token-issued' ? actor : subject;
  return html`<button type="button" data-copy="${importCommand(name, clientId)}" aria-label="Copy import command for ${name}">Copy import command</button>`;
}
