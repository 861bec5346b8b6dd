/** The dialogs in which clients are made and revoked. */
import { refresh } from './list.js';
import { hush, say, sayUntilHushed } from './messages.js';

const createDialog = document.querySelector('#create');
const revokeDialog = document.querySelector('#revoke');

function post(path, body) {
  const csrf = document.querySelector('meta[name=csrf]').content;
  return fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-csrf': csrf },
    body: JSON.stringify(body),
  });
}

/** Posts what the dialog's form stands for: the answer, or undefined after the form says what is wrong. */
async function submit(form, path, body) {
  const problem = form.querySelector('[role=alert]');
  const button = form.querySelector('[type=submit]');
  problem.hidden = true;
  button.disabled = true;
  try {
    const response = await post(path, body);
    if (response.ok) return response;
    problem.textContent = (await response.json()).message;
  } catch {
    problem.textContent = 'The sandbox did not answer. Look at the list before you try again.';
  } finally {
    button.disabled = false;
  }
  problem.hidden = false;
  problem.scrollIntoView({ block: 'nearest' });
  button.focus({ preventScroll: true });
  return undefined;
}

async function create(event) {
  event.preventDefault();
  const form = event.target;
  const values = new FormData(form);
  const scopes = values.getAll('scopes');
  const body = { name: values.get('name'), description: values.get('description'), scopes };
  const response = await submit(form, location.pathname, body);
  if (!response) return;
  const { clientId, clientSecret } = await response.json();
  const created = createDialog.querySelector('[data-created]');
  created.querySelector('#shown-id').value = clientId;
  created.querySelector('#shown-secret').value = clientSecret;
  form.hidden = true;
  created.hidden = false;
  createDialog.setAttribute('aria-labelledby', 'created-title');
  created.querySelector('h2').focus();
}

/** Nothing of the secret is left behind. */
function forgetCreated() {
  const form = createDialog.querySelector('form');
  form.reset();
  form.hidden = false;
  form.querySelector('[role=alert]').hidden = true;
  const created = createDialog.querySelector('[data-created]');
  created.hidden = true;
  hush();
  for (const input of created.querySelectorAll('input')) input.value = '';
  createDialog.setAttribute('aria-labelledby', 'create-title');
}

/** A stray Escape must not cost the secret. */
function keepOpen(event) {
  if (createDialog.querySelector('[data-created]').hidden) return;
  if (event.type === 'keydown' && event.key !== 'Escape') return;
  event.preventDefault();
  sayUntilHushed('Copy the secret first, then use the button: it cannot be shown again.');
}

export function askToCreate() {
  hush();
  createDialog.showModal();
}

export function askToRevoke({ revoke, name }) {
  hush();
  revokeDialog.dataset.id = revoke;
  revokeDialog.querySelector('[data-name]').textContent = name;
  revokeDialog.querySelector('[role=alert]').hidden = true;
  revokeDialog.showModal();
}

async function revoke(event) {
  event.preventDefault();
  const name = revokeDialog.querySelector('[data-name]').textContent;
  if (!(await submit(event.target, `${location.pathname}/${revokeDialog.dataset.id}/revoke`, {}))) return;
  revokeDialog.close();
  say(`${name} is revoked.`);
  await refresh();
  document.querySelector('#main').focus({ preventScroll: true });
}

if (createDialog) {
  createDialog.querySelector('form').addEventListener('submit', create);
  createDialog.addEventListener('close', forgetCreated);
  createDialog.addEventListener('cancel', keepOpen);
  createDialog.addEventListener('keydown', keepOpen);
}

revokeDialog?.querySelector('form').addEventListener('submit', revoke);
