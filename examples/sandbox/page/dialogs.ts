import { type Html, html } from './html';

const allowed: Record<string, string> = {
  account: 'Accounts: the credentials that connectors use',
  audit: 'The activity log: read who did what',
  buzz: 'Buzz: read and write conversations',
  dashboard: 'Pages and cards: read and change them',
  data: 'DataSets: read, create and change them and their rows',
  user: 'Users and groups: read, create and change them',
  workflow: 'Workflows: start them and read their state',
};

/** Where a client is made, and its secret shown once. */
export const createDialog = (
  scopes: readonly string[],
): Html => html`<dialog id="create" aria-labelledby="create-title">
<form method="dialog" class="sheet" data-create>
  <h2 id="create-title">Create an API client</h2>
  <div class="body">
    <label for="new-name">Name</label>
    <input id="new-name" name="name" required autofocus maxlength="200" autocomplete="off" aria-describedby="name-hint">
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
  </div>
  <div class="foot">
    <p role="alert" class="problem" hidden></p>
    <div class="buttons">
      <button type="button" data-close>Cancel</button>
      <button type="submit" class="primary">Create</button>
    </div>
  </div>
</form>
<div class="sheet" data-created hidden>
  <h2 id="created-title" tabindex="-1">The API client is created</h2>
  <div class="body">
    <p class="warning">This is the only time that the secret is shown. Copy it now: it cannot be shown again.</p>
    <label for="shown-id">Client ID</label>
    <div class="copy"><input id="shown-id" readonly><button type="button" data-copy-from="shown-id" aria-label="Copy client ID">Copy</button></div>
    <label for="shown-secret">Client secret</label>
    <div class="copy"><input id="shown-secret" readonly><button type="button" data-copy-from="shown-secret" aria-label="Copy client secret">Copy</button></div>
  </div>
  <div class="foot">
    <p role="status"></p>
    <div class="buttons"><button type="button" class="primary" data-close>I have copied the secret</button></div>
  </div>
</div>
</dialog>`;

/** Where a revoke is confirmed. */
export const revokeDialog: Html = html`<dialog id="revoke" aria-labelledby="revoke-title" aria-describedby="revoke-text">
<form method="dialog" class="sheet" data-revoking>
  <div class="body">
    <h2 id="revoke-title">Revoke <span data-name></span>?</h2>
    <div id="revoke-text" class="warning">
      <p>This takes effect at once and cannot be undone.</p>
      <p>Existing sessions stay valid until they expire, about an hour.</p>
    </div>
  </div>
  <div class="foot">
    <p role="alert" class="problem" hidden></p>
    <div class="buttons">
      <button type="button" data-close autofocus>Cancel</button>
      <button type="submit" class="danger">Revoke</button>
    </div>
  </div>
</form>
</dialog>`;
