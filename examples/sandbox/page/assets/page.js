/** What the server's pages cannot do alone: lists that follow what happens, menus, dialogs, copying. */
const list = document.querySelector('#list');
const searchBox = document.querySelector('#search');

/** Says something to everybody: seen, and read out. Behind an open dialog nothing is, so it has a place of its own. */
function say(text) {
  const place = document.querySelector('dialog[open] [role=status]') ?? document.querySelector('#said');
  place.textContent = text;
}

/** Loads the page again, but never while a dialog may show what is shown only once. */
function reload() {
  const dialog = document.querySelector('dialog[open]');
  if (dialog) dialog.addEventListener('close', () => location.reload(), { once: true });
  else location.reload();
}

// The list

const openMenu = () => document.querySelector('[role=menu]:not([hidden])');
let latest = 0;
let isStale = false;

/** Fetches the list as it is now. An open menu would vanish under the pointer, so the list waits for it. */
async function refresh() {
  if (openMenu()) {
    isStale = true;
    return;
  }
  isStale = false;
  const mine = ++latest;
  const query = new URLSearchParams(location.search);
  query.set('part', 'list');
  const response = await fetch(`${list.dataset.live}?${query}`).catch(() => undefined);
  if (response?.status === 401) reload();
  if (!response?.ok || mine !== latest) return;
  const text = await response.text();
  if (openMenu()) isStale = true;
  else if (mine === latest) replaceList(text);
}

/** Puts the new list in place of the old where they differ, and the focus where it was. */
function replaceList(text) {
  const template = document.createElement('template');
  template.innerHTML = text;
  if (template.innerHTML === list.innerHTML) return;
  const focused = list.contains(document.activeElement) ? document.activeElement : undefined;
  const mark = ['aria-label', 'data-sort'].find((name) => focused?.hasAttribute(name));
  list.replaceChildren(template.content);
  if (mark) list.querySelector(`[${mark}="${CSS.escape(focused.getAttribute(mark))}"]`)?.focus();
}

/** Follows what happens. An apply of hundreds is not hundreds of lists: what comes together is fetched once. */
function follow() {
  const events = new EventSource('/admin/events');
  let isDue = false;
  events.onmessage = () => {
    if (isDue) return;
    isDue = true;
    setTimeout(() => {
      isDue = false;
      void refresh();
    }, 100);
  };
  events.onerror = () => {
    if (events.readyState === EventSource.CLOSED) reload();
  };
}

function show(query) {
  history.replaceState(null, '', `${location.pathname}?${query}`);
  void refresh();
}

function search() {
  const query = new URLSearchParams(location.search);
  query.set('search', searchBox.value);
  show(query);
}

// Menus

function closeMenu(menu = openMenu()) {
  if (!menu) return;
  menu.hidden = true;
  const button = buttonOf(menu);
  button.setAttribute('aria-expanded', 'false');
  if (menu.contains(document.activeElement)) button.focus();
  if (isStale) void refresh();
}

const buttonOf = (menu) => list.querySelector(`[aria-controls="${menu.id}"]`);

function toggleMenu(button) {
  const menu = document.getElementById(button.getAttribute('aria-controls'));
  const isOpen = !menu.hidden;
  closeMenu();
  if (isOpen) return;
  menu.hidden = false;
  button.setAttribute('aria-expanded', 'true');
  menu.querySelector('[role=menuitem]').focus();
}

function menuKey(event, menu) {
  const items = [...menu.querySelectorAll('[role=menuitem]')];
  const at = items.indexOf(document.activeElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1 + items.length, Home: 0, End: items.length - 1 }[event.key];
  if (event.key === 'Escape' || event.key === 'Tab') closeMenu(menu);
  if (event.key === 'Tab' || (to === undefined && event.key !== 'Escape')) return;
  event.preventDefault();
  if (to !== undefined) items[to % items.length].focus();
}

// Dialogs

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
  created.querySelector('[role=status]').textContent = '';
  for (const input of created.querySelectorAll('input')) input.value = '';
  createDialog.setAttribute('aria-labelledby', 'create-title');
}

/** A stray Escape must not cost the secret. */
function keepOpen(event) {
  if (createDialog.querySelector('[data-created]').hidden) return;
  if (event.type === 'keydown' && event.key !== 'Escape') return;
  event.preventDefault();
  say('Copy the secret first, then use the button: closing is final.');
}

function askToRevoke(item) {
  const { revoke, name } = item.dataset;
  closeMenu();
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
  document.querySelector('#main').focus();
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    say('Copied.');
  } catch {
    say(`The browser does not let the page copy. Copy it by hand: ${text}`);
  }
}

async function copyFrom(input) {
  input.select();
  await copy(input.value);
}

// What is pressed

document.addEventListener('click', (event) => {
  const { target } = event;
  const on = (selector) => target.closest(selector);
  const inMenu = on('[role=menu]');
  if (!inMenu && !on('[aria-haspopup=menu]')) closeMenu();
  if (on('[aria-haspopup=menu]')) toggleMenu(on('[aria-haspopup=menu]'));
  else if (on('[data-sort]')) {
    event.preventDefault();
    show(new URL(on('[data-sort]').href).searchParams);
  } else if (on('[data-revoke]')) askToRevoke(on('[data-revoke]'));
  else if (on('[data-copy]')) {
    void copy(on('[data-copy]').dataset.copy);
    closeMenu();
  } else if (on('[data-copy-from]'))
    void copyFrom(document.getElementById(on('[data-copy-from]').dataset.copyFrom));
  else if (on('[data-open]')) createDialog.showModal();
  else if (on('[data-close]')) on('dialog').close();
});

document.addEventListener('keydown', (event) => {
  const menu = event.target.closest('[role=menu]');
  if (menu) menuKey(event, menu);
});

if (list) follow();

if (searchBox) {
  let timer;
  searchBox.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(search, 150);
  });
  searchBox.form.addEventListener('submit', (event) => {
    event.preventDefault();
    search();
  });
  // Somebody was quicker than this script, or the browser has put back what was typed before.
  if (searchBox.value !== (new URLSearchParams(location.search).get('search') ?? '')) search();
}

if (createDialog) {
  createDialog.querySelector('form').addEventListener('submit', create);
  createDialog.addEventListener('close', forgetCreated);
  createDialog.addEventListener('cancel', keepOpen);
  createDialog.addEventListener('keydown', keepOpen);
}

revokeDialog?.querySelector('form').addEventListener('submit', revoke);
