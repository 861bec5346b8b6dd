import type { Page } from 'playwright-core';
import type { SandboxOptions } from '../../../examples/sandbox/sandbox';
import { sandbox, type TestSandbox, untilAnswer } from '../test-sandbox';
import { keepPages, type Look } from './kept-pages';

/** The place of the list of API clients. */
export const clientsPath = '/admin/api-clients';

/** The place of the list of access tokens. */
export const tokensPath = '/admin/access-tokens';

/** The place of the list of what happened. */
export const activityPath = '/admin/activity';

type Visit = { at?: string; follows?: boolean };

let kept: ReturnType<typeof keepPages> | undefined;
afterAll(async () => (await kept)?.close());

/**
 * A browser for all tests of a file, and a new sandbox for each test. After each test it looks at what the
 * pages did: nothing asked another host, and no script failed or was refused.
 */
export function inBrowser(options: SandboxOptions = {}) {
  let pages: Awaited<ReturnType<typeof keepPages>>;
  let domo: TestSandbox;
  let problems: string[] = [];

  beforeAll(async () => {
    kept ??= keepPages();
    pages = await kept;
  });
  beforeEach(async () => {
    problems = [];
    domo = await sandbox(options);
  });
  afterEach(async () => {
    await pages.takeBack();
    await domo.close();
    expect(problems).toEqual([]);
  });

  /** A page of a person of their own: other cookies than everybody else's. */
  async function open(look?: Look): Promise<Page> {
    const page = await pages.take(look);
    const { url } = domo;
    page.on('request', (request) => {
      if (!/^(data:|about:)/.test(request.url()) && new URL(request.url()).origin !== url) {
        problems.push(`asked another host: ${request.url()}`);
      }
    });
    page.on('pageerror', (error) => problems.push(`failed: ${error.message}`));
    page.on('console', (message) => {
      const text = message.text();
      if (/Content Security Policy|Uncaught/.test(text)) problems.push(text);
    });
    return page;
  }

  /** Loads a path of the sandbox. */
  const goto = (page: Page, path: string) => page.goto(domo.url + path);

  return {
    /** The sandbox of this test. */
    get domo() {
      return domo;
    },
    open,
    goto,
    /**
     * A page of a user who has just signed in, `at` a path or else at the list of clients; if it `follows`, it has also
     * asked for what it had missed till then. The sign-in page is left out: it has tests of its own, and costs as much
     * as the page behind it.
     */
    async as(user: string, { at = '/', follows = false, ...look }: Look & Visit = {}): Promise<Page> {
      const page = await open(look);
      const form = { user };
      const { request } = page.context();
      expect((await request.post(`${domo.url}/sign-in`, { form, maxRedirects: 0 })).status()).toBe(303);
      const caughtUp = follows && page.waitForResponse((response) => response.url().endsWith('?part=list'));
      // Until all is loaded, the script may not have been run, and buttons do nothing.
      await goto(page, at);
      await caughtUp;
      return page;
    },
  };
}

/** The names in the list, from top to bottom. */
export const rows = (page: Page): Promise<string[]> =>
  page.locator('#list').getByRole('rowheader').allInnerTexts();

/** Waits until the list has these rows. */
export async function listIs(page: Page, names: readonly string[]): Promise<void> {
  await untilAnswer(
    () => rows(page),
    (found) => found.join('\n') === names.join('\n'),
  );
}

/** Opens the menu of a client and what it offers: the names of the items. */
export async function openMenu(page: Page, name: string): Promise<string[]> {
  await page.getByRole('button', { name: `More actions for ${name}`, exact: true }).click();
  return page.getByRole('menuitem').allInnerTexts();
}

/** Opens the dialog in which a client is revoked. */
export async function openRevoke(page: Page, name: string) {
  await openMenu(page, name);
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  return page.getByRole('dialog');
}

/** Fills the dialog in which a client is made, and sends it. */
export async function create(page: Page, name: string, ...scopes: string[]) {
  await page.getByRole('button', { name: 'Create', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Name' }).fill(name);
  for (const scope of scopes)
    await dialog.getByRole('checkbox', { name: new RegExp(`^${scope}\\b`) }).check();
  await dialog.getByRole('button', { name: 'Create', exact: true }).click();
  return dialog;
}

/** What is in a field that is filled for the person to copy. */
export const shown = (page: Page, label: string) =>
  page.getByRole('textbox', { name: label, exact: true }).inputValue();
