/** What the server's pages cannot do alone: lists that follow what happens, menus, dialogs, copying. */
import { askToCreate, askToRevoke } from './dialogs.js';
import { follow, followSearch, show } from './list.js';
import { closeMenu, toggleMenu } from './menus.js';
import { hush, say, sayUntilHushed } from './messages.js';

/** Copies without taking the focus from the button that was pressed. */
async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    say('Copied.');
  } catch {
    sayUntilHushed(`The browser does not let the page copy. Copy it by hand: ${text}`);
  }
}

/** Shows the list as the link says, without leaving the page. */
function stay(event, { href }) {
  event.preventDefault();
  show(new URL(href).searchParams);
}

const actions = {
  '[aria-haspopup=menu]': (button) => {
    hush();
    toggleMenu(button);
  },
  '[data-stay]': (link, event) => stay(event, link),
  '[data-revoke]': (item) => {
    closeMenu();
    askToRevoke(item.dataset);
  },
  '[data-copy]': (button) => {
    closeMenu();
    void copy(button.dataset.copy);
  },
  '[data-copy-from]': (button) => void copy(document.getElementById(button.dataset.copyFrom).value),
  '[data-open]': askToCreate,
  '[data-close]': (button) => button.closest('dialog').close(),
};

document.addEventListener('click', (event) => {
  const { target } = event;
  if (!target.closest('[role=menu], [aria-haspopup=menu]')) closeMenu();
  for (const [selector, act] of Object.entries(actions)) {
    const pressed = target.closest(selector);
    if (pressed) return act(pressed, event);
  }
});

if (document.querySelector('#list')) follow();
if (document.querySelector('#search')) followSearch();
