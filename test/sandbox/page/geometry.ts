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

/** Whether it is wholly within the window as it is scrolled now, and nothing lies on its corners. */
export const isInView = (locator: Locator): Promise<boolean> =>
  locator.evaluate((element) => {
    const { ownerDocument } = element;
    const { clientWidth, clientHeight } = ownerDocument.documentElement;
    const { left, right, top, bottom } = element.getBoundingClientRect();
    if (left < 0 || top < 0 || right > clientWidth || bottom > clientHeight || right - left < 1) return false;
    // Within round corners there is something else.
    const inset = 12;
    const corners = [
      [left + inset, top + inset],
      [right - inset, top + inset],
      [left + inset, bottom - inset],
    ] as const;
    return corners.every(([x, y]) => element.contains(ownerDocument.elementFromPoint(x, y)));
  });
