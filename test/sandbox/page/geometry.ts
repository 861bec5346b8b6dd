import type { Locator, Page } from 'playwright-core';
import { isThorough } from '../../support/thorough';

/** The widths at which the page has to fit: two telephones, a tablet, a small and a large window. */
export const widths = isThorough ? [320, 375, 768, 1024, 1440] : [320, 1440];

/** By how many pixels the page is wider than its window. */
export const overflow = (page: Page): Promise<number> =>
  page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');

/**
 * What can be pressed or typed into, and yet not be reached: scrolled to, it is not wholly within the window, or
 * something else lies on it. Behind an open dialog nothing is meant to be reached.
 */
export const unreachable = (page: Page): Promise<string[]> =>
  page.evaluate(`(() => {
    const area = document.querySelector('dialog[open]') ?? document;
    const all = [...area.querySelectorAll('a[href]:not(.skip), button, input:not([type=hidden]), textarea')];
    const visible = all.filter((each) => each.checkVisibility());
    const hidden = visible.filter((each) => {
      each.scrollIntoView({ block: 'nearest', inline: 'nearest', behavior: 'instant' });
      const { left, right, top, bottom } = each.getBoundingClientRect();
      const isWithin = left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight;
      // A link that is broken across lines has its middle beside its text.
      const [line] = each.getClientRects();
      const found = document.elementFromPoint(line.left + line.width / 2, line.top + line.height / 2);
      return !(isWithin && each.contains(found));
    });
    if (visible.length === 0) return ['nothing can be pressed at all'];
    return hidden.map((each) => each.ariaLabel || each.textContent.trim() || each.id);
  })()`);

/** Scrolls until the lower edge of an element is so many pixels above that of the window, as far as the page goes. */
export async function scrollTo(locator: Locator, room: number): Promise<void> {
  while (!(await scrolled(locator, room)));
}

/** False if it was taken out of the document, as by a list that is replaced: it has no place to scroll to. */
const scrolled = (locator: Locator, room: number): Promise<boolean> =>
  locator.evaluate((element, above) => {
    const { documentElement, defaultView } = element.ownerDocument;
    if (!element.isConnected) return false;
    defaultView?.scrollBy(0, element.getBoundingClientRect().bottom - documentElement.clientHeight + above);
    return true;
  }, room);

/** Fails unless it is wholly within the window, once it has come to rest, and nothing lies on its corners. */
export async function expectInView(locator: Locator): Promise<void> {
  let found: string | undefined;
  while (found === undefined) found = await howOutOfView(locator);
  expect(found).toBe('');
}

/** In words; "" if it is in view, and undefined if it was taken out of the document, as by a list that is replaced. */
const howOutOfView = (locator: Locator): Promise<string | undefined> =>
  locator.evaluate(async (element) => {
    const { ownerDocument } = element;
    const frame = () => new Promise((resolve) => ownerDocument.defaultView?.requestAnimationFrame(resolve));
    const { clientWidth, clientHeight } = ownerDocument.documentElement;
    const place = () => {
      const { left, right, top, bottom } = element.getBoundingClientRect();
      return { left, right, top, bottom };
    };
    for (let before = ''; before !== JSON.stringify(place()); ) {
      before = JSON.stringify(place());
      await frame();
      await frame();
    }
    if (!element.isConnected) return undefined;
    const { left, right, top, bottom } = place();
    if (left < 0 || top < 0 || right > clientWidth || bottom > clientHeight || right - left < 1)
      return `${JSON.stringify(place())} is not within ${clientWidth} × ${clientHeight}`;
    // Within round corners there is something else.
    const inset = 12;
    for (const [x, y] of [
      [left + inset, top + inset],
      [right - inset, top + inset],
      [left + inset, bottom - inset],
    ] as const) {
      const found = ownerDocument.elementFromPoint(x, y);
      if (!element.contains(found)) return `${found?.outerHTML.slice(0, 200)} lies at ${x}, ${y}`;
    }
    return '';
  });
