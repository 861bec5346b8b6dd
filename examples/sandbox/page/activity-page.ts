import { type Change, changesKept } from '../activity';
import { maySeeAll } from '../grants';
import type { Client } from '../store';
import { type Html, html } from './html';
import { adminPage, importCommand, moment, paths } from './layout';
import type { PageSession } from './page-sessions';

/** How many events are shown at first, and how many more at each step. */
const step = 50;

/** `show` is how many events are asked for; anything that is not a number is the first step. */
export type Shown = {
  session: PageSession;
  changes: readonly Change[];
  clients: readonly Client[];
  show: number;
};

/** The page Admin > Authentication > Activity: who did what when. */
export function activityPage(shown: Shown): Html {
  const { count, list } = counted(shown);
  return adminPage(
    'Activity',
    paths.activity,
    shown.session,
    html`<h1>Activity</h1>
<p class="intro">${maySeeAll(shown.session.user) ? 'What everybody did' : 'What you did, and what happened to your clients'}, the latest first. Tokens and secrets are never part of it. The sandbox remembers the latest ${changesKept} events.</p>
<div class="toolbar"><p id="count" role="status">${count}</p></div>
<div id="list" data-live="${paths.activity}">${list}</div>`,
  );
}

/** The list alone, as the page replaces it when something has happened. */
export const activityList = (shown: Shown): Html => counted(shown).list;

function counted({ changes, clients, show }: Shown): { count: string; list: Html } {
  const latest = changes.slice(0, Math.max(step, Math.floor(show) || 0));
  const all = changes.length === 1 ? '1 event' : `${changes.length} events`;
  const count = latest.length === changes.length ? all : `The latest ${latest.length} of ${all}`;
  const ids = new Set(clients.map(({ id }) => id));
  const older = `${paths.activity}?show=${latest.length + step}`;
  const list = html`${changes.length === 0 ? nothingYet : table(count, latest, ids)}
${latest.length < changes.length && html`<p class="more"><a href="${older}" data-stay data-key="more">Show older events</a></p>`}`;
  return { count, list: html`<div data-count="${count}">${list}</div>` };
}

const nothingYet = html`<div class="notice"><h2>Nothing has happened yet</h2>
<p>Create an API client on the page or with Terraform, and it shows up here.</p></div>`;

const table = (
  count: string,
  changes: readonly Change[],
  ids: ReadonlySet<number>,
) => html`<table class="events">
<caption class="visually-hidden">What happened: ${count}</caption>
<thead><tr>
  <th scope="col" class="when">When</th>
  <th scope="col" class="who-column">Who</th>
  <th scope="col" class="what">What</th>
  <th scope="col" class="import">Import</th>
</tr></thead>
<tbody>
${changes.map(
  (change) => html`<tr>
  <td class="when">${moment(change.at)}</td>
  <td class="who-column">${change.actor}</td>
  <td class="what">${inWords(change)}</td>
  <td class="import">${importOf(change, ids)}</td>
</tr>`,
)}
</tbody>
</table>`;

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

function importOf({ at, kind, actor, subject, clientId }: Change, ids: ReadonlySet<number>): Html {
  if (clientId === undefined) return html`<span class="quiet">no client</span>`;
  if (!ids.has(clientId)) return html`<span class="quiet">revoked since</span>`;
  const name = kind === 'token-issued' ? actor : subject;
  return html`<button type="button" data-copy="${importCommand(name, clientId)}" data-key="${kind}-${clientId}-${at}" aria-label="Copy import command for ${name}">Copy import command</button>`;
}
