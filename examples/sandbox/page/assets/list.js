/** The list: it follows what happens, keeps the focus, and is searched and sorted. */
import { openMenu } from './menus.js';
import { hush, reload, sayGone } from './messages.js';

const list = document.querySelector('#list');
const count = document.querySelector('#count');
const searchBox = document.querySelector('#search');

/** How long it waits before it asks again, in milliseconds. */
const retryAfter = 1000;

let latest = 0;
let isStale = false;

/** Fetches the list as it is now. An open menu would vanish under the pointer, so the list waits for it. */
export async function refresh() {
  if (openMenu()) {
    isStale = true;
    return;
  }
  isStale = false;
  const mine = ++latest;
  const query = new URLSearchParams(location.search);
  query.set('part', 'list');
  const response = await fetch(`${list.dataset.live}?${query}`).catch(() => undefined);
  sayGone(!response);
  if (response?.status === 401) reload();
  if (!response?.ok || mine !== latest) return;
  const text = await response.text();
  if (openMenu()) isStale = true;
  else if (mine === latest) replaceList(text);
}

/** Puts the new list in place of the old if they differ, and the focus where it was. */
function replaceList(text) {
  const template = document.createElement('template');
  template.innerHTML = text;
  if (template.innerHTML === list.innerHTML) return;
  const key = list.contains(document.activeElement) && document.activeElement.dataset.key;
  list.replaceChildren(template.content);
  count.textContent = list.querySelector('[data-count]').dataset.count;
  if (!key) return;
  const again = list.querySelector(`[data-key="${CSS.escape(key)}"]`) ?? document.querySelector('#main');
  again.focus({ preventScroll: true });
}

/** Follows what happens. An apply of hundreds is not hundreds of lists: what comes together is fetched once. */
export function follow() {
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
  // Browsers differ in whether they try again by themselves.
  events.onerror = () => {
    events.close();
    void refresh();
    setTimeout(follow, retryAfter);
  };
}

/** Shows the list as the query says: what is searched, how it is sorted, how much of it. */
export function show(query) {
  hush();
  history.replaceState(null, '', `${location.pathname}?${query}`);
  void refresh();
}

function search() {
  const query = new URLSearchParams(location.search);
  query.set('search', searchBox.value);
  show(query);
}

/** Searches while one types. */
export function followSearch() {
  let timer;
  searchBox.addEventListener('input', () => {
    hush();
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

document.addEventListener('menuclosed', () => {
  if (isStale) void refresh();
});
