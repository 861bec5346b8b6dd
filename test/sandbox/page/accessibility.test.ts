import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { describeInBrowser } from '../../support/browser';
import { isThorough } from '../../support/thorough';
import { activityPath, create, inBrowser, openMenu, openRevoke, tokensPath } from './page-actions';

/** The small one: each document that is looked at has to read it anew. */
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

type Finding = { id: string; html: string[] };

/**
 * What axe finds that is serious or critical, and how many of its rules hold. Only that leaves the page, without the
 * place of everything that is in order: to name that took longer than to look. Nothing is preloaded, since that would
 * fetch every style sheet again, for rules about sound and about turning the screen that have nothing to find here.
 */
const analysis = `axe.run({ resultTypes: ['violations'], selectors: false, preload: false }).then(({ violations, passes }) => ({
  found: violations
    .filter(({ impact }) => ['serious', 'critical'].includes(impact))
    .map(({ id, nodes }) => ({ id, html: nodes.map(({ html }) => html) })),
  held: passes.length,
}))`;

/** The serious and critical findings of axe on the page as it is now. */
async function findings(page: Page): Promise<string[]> {
  if (!(await page.evaluate('"axe" in window'))) await page.evaluate(axe);
  const { found, held } = (await page.evaluate(analysis)) as { found: Finding[]; held: number };
  expect(held).toBeGreaterThan(5);
  return found.map(({ id, html }) => `${id}: ${html.join(' ')}`);
}

const focused = (page: Page) =>
  page.evaluate(
    `(({ textContent, ariaLabel, id }) => ariaLabel || textContent.trim() || id)(document.activeElement)`,
  );

describeInBrowser('for everybody', () => {
  const site = inBrowser();

  const seed = async () => {
    const { clientId, secret, id } = await site.domo.seed('creator', 'one', ['data', 'user']);
    await site.domo.oauth(clientId, secret);
    await site.domo.revoke('guest', id);
  };

  const looks = [
    ['light', 1440],
    ['dark', 375],
    ['light', 375],
    ['dark', 1440],
  ] as const;
  const nothing = (found: Record<string, string[]>) =>
    Object.fromEntries(Object.keys(found).map((name) => [name, []]));

  it.each(looks.slice(0, isThorough ? 4 : 2))(
    'axe finds nothing serious in the %s theme at %i px',
    async (colorScheme, width) => {
      await seed();
      const found: Record<string, string[]> = {};
      const page = await site.as('admin', { colorScheme, viewport: { width, height: 800 } });
      found.list = await findings(page);
      await openMenu(page, 'one');
      found.menu = await findings(page);
      await page.keyboard.press('Escape');
      const revoke = await openRevoke(page, 'one');
      found.revoke = await findings(page);
      await revoke.getByRole('button', { name: 'Cancel' }).click();
      const dialog = await create(page, 'one', 'data');
      await dialog.getByRole('alert').waitFor();
      found.create = await findings(page);
      await dialog.getByRole('textbox', { name: 'Name' }).fill('two');
      await dialog.getByRole('button', { name: 'Create', exact: true }).click();
      await dialog.getByRole('heading', { name: 'is created' }).waitFor();
      found.created = await findings(page);
      await dialog.getByRole('button', { name: 'I have copied the secret' }).click();
      await site.goto(page, activityPath);
      found.activity = await findings(page);
      expect(found).toEqual(nothing(found));
    },
    120_000,
  );

  // In other looks they show little that the list and its dialogs do not, and each costs a document of its own.
  it.each(looks.slice(0, isThorough ? 4 : 1))(
    'axe finds nothing serious on the plainer pages in the %s theme at %i px',
    async (colorScheme, width) => {
      const look = { colorScheme, viewport: { width, height: 800 } };
      const found: Record<string, string[]> = {};
      const page = await site.as('guest', look);
      found['no grant'] = await findings(page);
      await page.getByRole('button', { name: 'Sign out' }).click();
      await page.getByRole('heading', { name: 'Sign in' }).waitFor();
      found['sign in'] = await findings(page);
      const manager = await site.as('manager', look);
      found.empty = await findings(manager);
      await site.goto(manager, tokensPath);
      found.tokens = await findings(manager);
      expect(found).toEqual(nothing(found));
    },
    120_000,
  );

  it('has themes', async () => {
    const background = async (colorScheme: 'light' | 'dark') => {
      const page = await site.as('admin', { colorScheme });
      return page.evaluate('getComputedStyle(document.body).backgroundColor');
    };
    expect(await background('light')).toBe('rgb(244, 246, 248)');
    expect(await background('dark')).toBe('rgb(18, 23, 29)');
  });

  it('is used by keyboard alone', async () => {
    await seed();
    const page = await site.open();
    const { keyboard } = page;
    await site.goto(page, '/');
    await keyboard.press('Tab');
    expect(await focused(page)).toMatch(/^admin/);
    await keyboard.press('Enter');
    await page.getByRole('button', { name: 'Sign out' }).waitFor();
    await page.waitForLoadState('load');
    await keyboard.press('Tab');
    expect(await focused(page)).toBe('Skip to the content');
    await keyboard.press('Enter');
    await keyboard.press('Tab');
    expect(await focused(page)).toBe('Create');

    await keyboard.press('Enter');
    expect(await focused(page)).toBe('new-name');
    await keyboard.type('typed');
    for (let tabs = 0; tabs < 6; tabs += 1) await keyboard.press('Tab');
    await keyboard.press('Space');
    expect(await page.getByRole('checkbox', { name: /^data/ }).isChecked()).toBe(true);
    await keyboard.press('Enter');
    await page.getByRole('heading', { name: 'is created' }).waitFor();
    expect(await focused(page)).toBe('The API client is created');
    for (let tabs = 0; tabs < 5; tabs += 1) await keyboard.press('Tab');
    expect(await focused(page)).toBe('I have copied the secret');
    await keyboard.press('Enter');
    expect(await focused(page)).toBe('Create');

    const more = page.getByRole('button', { name: 'More actions for typed' });
    await more.focus();
    await keyboard.press('Enter');
    expect(await more.getAttribute('aria-expanded')).toBe('true');
    const seen = [];
    for (const key of ['Home', 'ArrowDown', 'ArrowDown', 'ArrowUp', 'Home', 'End']) {
      await keyboard.press(key);
      seen.push(await focused(page));
    }
    const [first, last] = ['Copy import command', 'Delete'];
    expect(seen).toEqual([first, last, first, last, first, last]);
    await keyboard.press('Escape');
    expect(await focused(page)).toBe('More actions for typed');
    expect(await more.getAttribute('aria-expanded')).toBe('false');
    await keyboard.press('Enter');
    await keyboard.press('End');
    await keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    expect(await focused(page)).toBe('Cancel');
    await keyboard.press('Escape');
    expect(await focused(page)).toBe('More actions for typed');
    await keyboard.press('Enter');
    await keyboard.press('End');
    await keyboard.press('Enter');
    await keyboard.press('Tab');
    expect(await focused(page)).toBe('Revoke');
    await keyboard.press('Enter');
    await page.getByText('typed is revoked.').waitFor();
    // The focus follows when the list is there without it.
    await page.waitForFunction("document.activeElement.id === 'main'");
  });
});
