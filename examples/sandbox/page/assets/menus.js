/** The menu of each row. It is above everything else, so that neither the list nor the window cuts it off. */
export const openMenu = () => document.querySelector('[role=menu]:popover-open');

const buttonOf = (menu) => document.querySelector(`[aria-controls="${menu.id}"]`);

/** Closes the menu that is open, if one is, and tells the document so by the event `menuclosed`. */
export function closeMenu() {
  const menu = openMenu();
  if (!menu) return;
  const button = buttonOf(menu);
  if (menu.contains(document.activeElement)) button.focus({ preventScroll: true });
  menu.hidePopover();
  menu.removeAttribute('style');
  button.setAttribute('aria-expanded', 'false');
  document.dispatchEvent(new Event('menuclosed'));
}

export function toggleMenu(button) {
  const menu = document.getElementById(button.getAttribute('aria-controls'));
  const isOpen = menu === openMenu();
  closeMenu();
  if (isOpen) return;
  menu.showPopover();
  button.setAttribute('aria-expanded', 'true');
  place();
  menu.querySelector('[role=menuitem]').focus({ preventScroll: true });
}

/** Below its button, or above it if there is no room, and never beyond the window. */
function place() {
  const menu = openMenu();
  if (!menu) return;
  const gap = 4;
  const button = buttonOf(menu).getBoundingClientRect();
  const { width, height } = menu.getBoundingClientRect();
  const { clientWidth, clientHeight } = document.documentElement;
  const below = button.bottom + gap;
  const top = below + height + gap <= clientHeight ? below : button.top - gap - height;
  const within = (at, size, all) => Math.max(gap, Math.min(at, all - size - gap));
  menu.style.top = `${within(top, height, clientHeight)}px`;
  menu.style.left = `${within(button.right - width, width, clientWidth)}px`;
}

function onKey(event, menu) {
  const items = [...menu.querySelectorAll('[role=menuitem]')];
  const at = items.indexOf(document.activeElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1 + items.length, Home: 0, End: items.length - 1 }[event.key];
  if (event.key === 'Escape' || event.key === 'Tab') closeMenu();
  if (event.key === 'Tab' || (to === undefined && event.key !== 'Escape')) return;
  event.preventDefault();
  if (to !== undefined) items[to % items.length].focus();
}

document.addEventListener('keydown', (event) => {
  const menu = event.target.closest('[role=menu]');
  if (menu) onKey(event, menu);
});
addEventListener('scroll', place, { passive: true });
addEventListener('resize', place);
