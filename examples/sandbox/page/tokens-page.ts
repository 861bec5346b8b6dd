import { maySeeAll } from '../grants';
import type { AccessToken } from '../store';
import type { Person } from '../users';
import { type Html, html } from './html';
import { adminPage, moment, paths } from './layout';
import type { PageSession } from './page-sessions';

export type ShownTokens = {
  session: PageSession;
  tokens: readonly AccessToken[];
  people: readonly Person[];
};

/** The page Admin > Authentication > Access tokens. It only shows them: the sandbox makes and deletes none. */
export function tokensPage({ session, tokens, people }: ShownTokens): Html {
  const count = tokens.length === 1 ? '1 access token' : `${tokens.length} access tokens`;
  return adminPage(
    'Access tokens',
    paths.tokens,
    session,
    html`<h1>Access tokens</h1>
<p class="intro">${maySeeAll(session.user) ? 'The access tokens of all users.' : 'Your own access tokens.'} The sandbox gives each user one, and the seed adds others. They cannot be changed here, and are never shown.</p>
<div class="toolbar"><p>${count}</p></div>
<table class="clients tokens">
<caption class="visually-hidden">${count}</caption>
<thead><tr>
  <th scope="col" class="name">Name</th>
  <th scope="col" class="owner">Owner</th>
  <th scope="col" class="ends">Ends</th>
</tr></thead>
<tbody>
${tokens.map((token) => row(token, people))}
</tbody>
</table>`,
  );
}

function row({ name, ownerId, expires }: AccessToken, people: readonly Person[]): Html {
  const owner = people.find(({ id }) => id === ownerId);
  return html`<tr>
  <th scope="row">${name}</th>
  <td class="owner" data-label="Owner">${owner?.name ?? `user ${ownerId}`}${state(owner)}</td>
  <td class="ends" data-label="Ends">${moment(expires)}${expires <= Date.now() && html` <span class="quiet">has ended</span>`}</td>
</tr>`;
}

function state(owner: Person | undefined): Html | false {
  if (!owner || owner.isActive) return false;
  return html` <span class="quiet">${owner.isDeleted ? 'deleted' : 'inactive'}</span>`;
}
