import { describeInBrowser } from '../../support/browser';
import { activityPath, clientsPath, create, inBrowser, openMenu, openRevoke, rows } from './page-actions';

const titles = { create: 'Create API OAuth Clients', manage: 'Manage All Access Tokens and API Clients' };

describeInBrowser('who may what on the page', () => {
  const site = inBrowser();

  it('asks everybody to sign in, shows the grants of the four users, and who is signed in', async () => {
    const page = await site.open();
    for (const path of ['/', '/admin', clientsPath, activityPath, '/sign-in']) {
      await site.goto(page, path);
      const texts = await page.getByRole('button').allInnerTexts();
      expect(texts.map((text) => text.replace('\n', ' '))).toEqual([
        `admin "${titles.create}" and "${titles.manage}"`,
        `creator "${titles.create}"`,
        `manager "${titles.manage}"`,
        'guest no grant',
      ]);
    }
    await page.getByRole('button', { name: /^creator/ }).click();
    await page.waitForURL(`**${clientsPath}`);
    expect(await page.getByRole('banner').innerText()).toContain(`creator: "${titles.create}"`);
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await site.goto(page, clientsPath);
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  });

  it('has the page at Admin > Authentication > API Clients', async () => {
    const page = await site.as('admin');
    const menu = page.getByRole('navigation', { name: 'Admin' });
    const entries = (await menu.innerText()).split('\n').map((line) => line.trim());
    expect(entries.filter(Boolean)).toEqual([
      'Admin',
      'Authentication',
      'API Clients',
      'Access tokens',
      'Activity',
    ]);
    await menu.getByRole('link', { name: 'Activity' }).click();
    await page.getByRole('heading', { name: 'Activity', level: 1 }).waitFor();
    await menu.getByRole('link', { name: 'API Clients' }).click();
    await page.waitForURL(`**${clientsPath}`);
    expect(await menu.locator('[aria-current=page]').innerText()).toBe('API Clients');
  });

  // The article's table, a row for each of its users: what they see, may create, and may revoke.
  it.each([
    ['admin', ["admin's", "creator's", "manager's"], true],
    ['creator', ["creator's"], true],
    ['manager', ["admin's", "creator's", "manager's"], false],
  ] as const)('%s sees %j; may create: %s', async (user, visible, mayCreate) => {
    for (const owner of ['admin', 'creator', 'manager']) await site.domo.seed(owner, `${owner}'s`);
    const page = await site.as(user);
    expect(await rows(page)).toEqual(visible);
    expect(await page.getByRole('button', { name: 'Create', exact: true }).count()).toBe(mayCreate ? 1 : 0);
    expect(await page.locator('dialog#create').count()).toBe(mayCreate ? 1 : 0);
    for (const name of visible) {
      expect(await openMenu(page, name)).toEqual(['Copy import command', 'Delete']);
      await page.keyboard.press('Escape');
    }
    const dialog = await openRevoke(page, visible[0]);
    await dialog.getByRole('button', { name: 'Revoke' }).click();
    await dialog.waitFor({ state: 'hidden' });
    expect(site.domo.store.allClients().map(({ name }) => name)).not.toContain(visible[0]);
  });

  it('names both grants to who has neither, and says that one is enough', async () => {
    await site.domo.seed('creator', 'hidden');
    const page = await site.as('guest');
    for (const path of [clientsPath, activityPath]) {
      expect((await site.goto(page, path))?.status()).toBe(403);
      const text = await page.getByRole('main').innerText();
      expect(text).toContain('You need one of these grants');
      for (const title of Object.values(titles)) expect(text).toContain(title);
      expect(text).not.toContain('hidden');
      expect(await page.getByRole('button', { name: 'Create' }).count()).toBe(0);
    }
  });

  it('shows clients of the older endpoint, under the same grants', async () => {
    const { json } = await site.domo.signIn('creator');
    const made = await site.domo.call('POST', '/clients', {
      headers: {
        'X-DOMO-Authentication': String(Object(json).sessionToken),
        'X-DOMO-CustomerDomain': 'acme.domo.com',
      },
      body: { name: 'older', description: 'made at the developer portal', scope: ['data'] },
    });
    expect(made.status).toBe(201);
    for (const user of ['admin', 'creator', 'manager']) {
      expect(await rows(await site.as(user))).toEqual(['older']);
    }
  });

  it('keeps two people apart, by a cookie that no script reads and no other port shares', async () => {
    const creator = await site.as('creator');
    const admin = await site.as('admin');
    await (await create(creator, 'mine', 'data'))
      .getByRole('button', { name: 'I have copied the secret' })
      .click();
    await admin.getByRole('rowheader', { name: 'mine' }).waitFor();
    const cookies = await creator.context().cookies();
    const { port } = new URL(site.domo.url);
    expect(cookies).toEqual([
      expect.objectContaining({ name: `sandbox-session-${port}`, httpOnly: true, sameSite: 'Strict' }),
    ]);
  });
});
