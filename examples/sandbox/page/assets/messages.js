/** What the page has to say. Behind an open dialog nothing is seen or read out, so each has a place of its own. */
const said = document.querySelector('#said');
const gone = document.querySelector('#gone');

/** How long a message stays, in milliseconds. */
const shownFor = 8000;

let timer;

/** Takes away what was said before: it is no longer what the person is doing. */
export function hush() {
  clearTimeout(timer);
  for (const place of document.querySelectorAll('dialog [role=status], #said')) place.textContent = '';
}

/** Says something that passes. */
export function say(text) {
  sayUntilHushed(text);
  timer = setTimeout(hush, shownFor);
}

/** Says something that the person needs until the next step. */
export function sayUntilHushed(text) {
  hush();
  (document.querySelector('dialog[open] [role=status]') ?? said).textContent = text;
}

/** Says whether the sandbox answers. An alert is read out when its text changes. */
export function sayGone(isGone) {
  const text = isGone
    ? 'The sandbox is not responding, so this page may be out of date. Restart it, and the page will reconnect.'
    : '';
  if (gone.textContent !== text) gone.textContent = text;
}

/** Loads the page again, but never while a dialog may show what is shown only once. */
export function reload() {
  const dialog = document.querySelector('dialog[open]');
  if (dialog) dialog.onclose = () => location.reload();
  else location.reload();
}
