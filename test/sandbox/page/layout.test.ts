import type { Page } from 'playwright-core';
import { describeInBrowser } from '../../support/browser';
import { isThorough } from '../../support/thorough';
import { expectInView, overflow, scrollTo, unreachable, widths } from './geometry';
import { activityPath, clientsPath, create, inBrowser, openRevoke, tokensPath } from './page-actions';

const everyScope = ['account', 'audit', 'buzz', 'dashboard', 'data', 'user', 'workflow'];
/** A theme changes colours alone, which nothing here depends on. */
const themes = isThorough ? (['light', 'dark'] as const) : (['light'] as const);

/** An instance in heavy use; for the layout alone, more events than the activity shows are enough. */
const clients = isThorough ? 400 : 60;

const longName = `z-${'long'.repeat(40)}`;

describeInBrowser('the layout', () => {
  const site = inBrowser();

  /** Clients, the last of the list with a long name, and more events than the activity shows. */
  async function seed() {
    for (let n = 1; n < clients; n += 1) await site.domo.seed('creator', `team-${n}`);
    await site.domo.store.addClient(site.domo.user('manager'), {
      name: longName,
      description: `Says ${'much'.repeat(60)}`,
      scopes: everyScope,
    });
  }

  async function inEachTheme(page: Page, look: () => Promise<void>) {
    for (const colorScheme of themes) {
      await page.emulateMedia({ colorScheme });
      await look();
    }
  }

  const at = (width: number, height = 700) => site.as('admin', { viewport: { width, height } });

  it.each(widths)('shows everything at %i px', async (width) => {
    await seed();
    const page = await at(width);
    for (const path of [clientsPath, tokensPath, activityPath, '/nowhere']) {
      await site.goto(page, path);
      await inEachTheme(page, async () => {
        expect({ path, overflow: await overflow(page), unreachable: await unreachable(page) }).toEqual({
          path,
          overflow: 0,
          unreachable: [],
        });
      });
    }
  });

  it.each(widths)('signs in and says which grant is missing at %i px', async (width) => {
    const page = await site.open({ viewport: { width, height: 700 } });
    await inEachTheme(page, async () => {
      await site.goto(page, '/');
      expect([await overflow(page), await unreachable(page)]).toEqual([0, []]);
      await page.getByRole('button', { name: /^guest/ }).click();
      await page.getByRole('heading', { name: 'API Clients' }).waitFor();
      expect([await overflow(page), await unreachable(page)]).toEqual([0, []]);
      await page.getByRole('button', { name: 'Sign out' }).click();
      await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    });
  });

  it.each(widths)('opens the menu of the last row at %i px', async (width) => {
    for (let n = 0; n < 20; n += 1) await site.domo.seed('creator', `team-${n}`);
    await site.domo.seed('creator', longName);
    const page = await at(width);
    const more = page.getByRole('button', { name: 'More actions' }).last();
    await inEachTheme(page, async () => {
      // The button at the lower edge of the window, and with room below it.
      for (const room of [2, 300]) {
        await scrollTo(more, room);
        // A click of the test's own kind would scroll first.
        await more.dispatchEvent('click');
        const items = await page.getByRole('menuitem').all();
        expect(items).toHaveLength(2);
        for (const each of [...items, more]) await expectInView(each);
        expect(await overflow(page)).toBe(0);
        await page.keyboard.press('Escape');
      }
    });
  });

  // The second is an enlarged page, or a telephone on its side.
  it.each([...widths.map((width) => [width, 700] as const), [640, 360] as const])(
    'says in view why a client is not made at %i × %i px',
    async (width, height) => {
      await site.domo.seed('admin', longName);
      const page = await at(width, height);
      await inEachTheme(page, async () => {
        const dialog = await create(page, longName, 'workflow');
        const alert = dialog.getByRole('alert');
        await alert.waitFor();
        expect(await alert.innerText()).toContain('is taken');
        await expectInView(alert);
        expect([await overflow(page), await unreachable(page)]).toEqual([0, []]);
        await dialog.getByRole('button', { name: 'Cancel' }).click();
      });
    },
  );

  it.each(widths)('shows a secret, and asks before it revokes, at %i px', async (width) => {
    const page = await at(width, 560);
    for (const theme of themes) {
      await page.emulateMedia({ colorScheme: theme });
      const name = `${longName}-${theme}`;
      const dialog = await create(page, name, 'data');
      await dialog.getByRole('heading', { name: 'is created' }).waitFor();
      expect([await overflow(page), await unreachable(page)]).toEqual([0, []]);
      await dialog.getByRole('button', { name: 'I have copied the secret' }).click();
      const asked = await openRevoke(page, name);
      const revoke = asked.getByRole('button', { name: 'Revoke' });
      await expectInView(revoke);
      expect(await overflow(page)).toBe(0);
      await revoke.click();
      const said = page.getByText(`${name} is revoked.`);
      await said.waitFor();
      await expectInView(said);
    }
  });

  it('says what was done in view, however far one has scrolled', async () => {
    for (let n = 0; n < 80; n += 1) await site.domo.seed('creator', `team-${n}`);
    const page = await at(375);
    const dialog = await openRevoke(page, 'team-60');
    const before = await page.evaluate('scrollY');
    expect(before).toBeGreaterThan(1000);
    await dialog.getByRole('button', { name: 'Revoke' }).click();
    const said = page.getByText('team-60 is revoked.');
    await said.waitFor();
    await expectInView(said);
    await page.getByText('79 API clients').first().waitFor();
    expect(Math.abs(Number(before) - Number(await page.evaluate('scrollY')))).toBeLessThan(400);
  });
});
