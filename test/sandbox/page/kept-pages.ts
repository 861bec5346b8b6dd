import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { startBrowser } from '../../support/browser';

/** How a page looks, and what it may do without being asked. */
export type Look = Pick<BrowserContextOptions, 'viewport' | 'colorScheme' | 'permissions'>;

/**
 * The pages of the tests of a file, in one browser. They are kept from test to test, since a browser takes longer
 * to open a window than to load what we show. Each has cookies of its own, and nothing in it outlives a test.
 */
export async function keepPages() {
  const browser: Browser = await startBrowser();
  const idle: Page[] = [];
  const used = new Set<Page>();

  async function newPage(): Promise<Page> {
    const context = await browser.newContext();
    context.setDefaultTimeout(10_000);
    return context.newPage();
  }

  /** An empty page of a person who is signed in nowhere. */
  async function take(look: Look = {}): Promise<Page> {
    const page = idle.pop() ?? (await newPage());
    used.add(page);
    const { viewport, colorScheme = 'light', permissions = [] } = look;
    await page.setViewportSize(viewport ?? { width: 1280, height: 720 });
    await page.emulateMedia({ colorScheme });
    await page.context().grantPermissions(permissions);
    return page;
  }

  async function clear(page: Page): Promise<void> {
    const context = page.context();
    await Promise.all(context.pages().map((each) => each === page || each.close()));
    // The pointer would go on hovering over what the next test shows.
    await page.mouse.move(0, 0);
    await page.goto('about:blank');
    await page.unrouteAll();
    await context.clearCookies();
    await context.clearPermissions();
    // Last, so that listeners still hear whatever the test has set off.
    page.removeAllListeners();
  }

  return {
    take,
    /** Takes all pages back. One that cannot be cleared is not used again. */
    async takeBack(): Promise<void> {
      const pages = [...used];
      used.clear();
      await Promise.all(
        pages.map((page) =>
          clear(page).then(
            () => idle.push(page),
            () => page.context().close(),
          ),
        ),
      );
    },
    close: () => browser.close(),
  };
}
