import { describeInBrowser } from '../../support/browser';
import { clientsPath, create, inBrowser, listIs, openMenu, openRevoke, rows, shown } from './page-actions';

describeInBrowser('the list of API clients', () => {
  const site = inBrowser();

  const seed = async () => {
    const admin = site.domo.user('admin');
    const reads = { name: 'hr-sync', description: 'Reads who joined', scopes: ['user', 'audit'] };
    const { client, secret } = await site.domo.store.addClient(admin, reads);
    await site.domo.seed('creator', 'g-2 sales');
    await site.domo.seed('creator', 'g-10 stock', ['data', 'dashboard']);
    return { ...client, secret };
  };

  it('shows everything but the secret, and the client id in part', async () => {
    const { clientId, secret, secretHash } = await seed();
    const page = await site.as('admin');
    const headings = await page.getByRole('columnheader').allInnerTexts();
    expect(headings.map((text) => text.trim())).toEqual([
      'Name',
      'Description',
      'Scopes',
      'Owner',
      'Client ID',
      'Actions',
    ]);
    const row = page.getByRole('row', { name: /^hr-sync/ });
    const cells = (await row.innerText()).split(/\s*[\t\n]\s*/).filter(Boolean);
    expect(cells).toEqual(['hr-sync', 'Reads who joined', 'audit', 'user', 'admin', masked(clientId), '⋮']);
    const response = await page.reload();
    for (const text of [await page.content(), String(await response?.text())]) {
      expect(text).toContain('hr-sync');
      for (const hidden of [clientId, secret, secretHash, site.domo.user('admin').token]) {
        expect(text).not.toContain(hidden);
      }
    }
  });

  it('searches all that it shows while one types, also after a reload', async () => {
    await seed();
    const page = await site.as('admin');
    const search = page.getByRole('searchbox', { name: 'Search' });
    for (const [text, found] of [
      ['SALES', ['g-2 sales']],
      ['joined', ['hr-sync']],
      ['dashboard', ['g-10 stock']],
      ['creator', ['g-2 sales', 'g-10 stock']],
      ['', ['g-2 sales', 'g-10 stock', 'hr-sync']],
    ] as const) {
      await search.fill(text);
      await listIs(page, found);
    }
    await search.fill('sales');
    await listIs(page, ['g-2 sales']);
    await page.reload();
    expect(await rows(page)).toEqual(['g-2 sales']);
    expect(await search.inputValue()).toBe('sales');
    await search.fill('nobody has "this"');
    await page.getByText('No API client matches “nobody has "this"”.').waitFor();
    await search.press('Enter');
    expect(new URL(page.url()).searchParams.get('search')).toBe('nobody has "this"');
  });

  it('counts the clients, and those that are found', async () => {
    const count = (text: string) => page.getByRole('status').filter({ hasText: text });
    const page = await site.as('admin');
    await count('0 API clients').waitFor();
    await seed();
    await count('3 API clients').waitFor();
    await page.getByRole('searchbox', { name: 'Search' }).fill('g-');
    await count('2 of 3 API clients').waitFor();
    await page.reload();
    await count('2 of 3 API clients').waitFor();
  });

  it("links Domo's article", async () => {
    for (const user of ['admin', 'guest']) {
      const link = (await site.as(user)).getByRole('link', { name: 'article on API Clients' });
      expect(await link.getAttribute('href')).toBe('https://www.domo.com/docs/s/article/000005240');
    }
  });

  it('sorts by each column, both ways, and says so', async () => {
    await seed();
    const page = await site.as('admin');
    const heading = (name: string) => page.getByRole('columnheader', { name });
    expect(await heading('Name').getAttribute('aria-sort')).toBe('ascending');
    await heading('Name').getByRole('link').click();
    await listIs(page, ['hr-sync', 'g-10 stock', 'g-2 sales']);
    expect(await heading('Name').getAttribute('aria-sort')).toBe('descending');
    for (const [column, first] of [
      ['Owner', 'hr-sync'],
      ['Scopes', 'hr-sync'],
      ['Description', 'g-2 sales'],
    ] as const) {
      await heading(column).getByRole('link').click();
      await page.locator(`th[aria-sort=ascending]:has-text("${column}")`).waitFor();
      expect((await rows(page))[0]).toBe(first);
    }
    await heading('Client ID').getByRole('link').click();
    await page.locator('th[aria-sort=ascending]:has-text("Client ID")').waitFor();
    const ids = await page.locator('td code').allInnerTexts();
    expect(ids).toEqual([...ids].sort());
  });

  it('says what to do where there is none', async () => {
    const admin = await site.as('admin');
    expect(await admin.getByRole('main').innerText()).toMatch(/no API client yet\n+Create one here/);
    const manager = await site.as('manager');
    expect(await manager.getByRole('main').innerText()).toContain('you need the grant “Create API OAuth');
  });

  it('shows a name as it is, whatever it looks like', async () => {
    const name = `<script>document.title = 'taken'</script>"'&amp;`;
    const description = '</textarea><img src=x onerror="document.title=1">';
    const scopes = ['data'];
    await site.domo.store.addClient(site.domo.user('admin'), { name, description, scopes });
    const page = await site.as('admin');
    expect(await rows(page)).toEqual([name]);
    expect(await page.getByText(description).count()).toBe(1);
    const dialog = await openRevoke(page, name);
    expect(await dialog.getByRole('heading').innerText()).toBe(`Revoke ${name}?`);
    expect(await page.title()).toBe('API Clients · Sandbox');
    await site.goto(
      page,
      `${clientsPath}?search=${encodeURIComponent('"><script>alert(1)</script>')}&sort="><b>`,
    );
    expect(await page.locator('main script, main th b').count()).toBe(0);
  });

  it('follows what happens elsewhere, and keeps the focus, the search and an open menu', async () => {
    await seed();
    const page = await site.as('admin');
    await page.getByRole('searchbox', { name: 'Search' }).fill('g-');
    await listIs(page, ['g-2 sales', 'g-10 stock']);
    await page.getByRole('button', { name: 'More actions for g-2 sales' }).focus();
    const { id } = await site.domo.seed('creator', 'g-3 new');
    await site.domo.seed('creator', 'unlike the search');
    await page.getByRole('status').filter({ hasText: '3 of 5 API clients' }).waitFor();
    expect(await rows(page)).toEqual(['g-2 sales', 'g-3 new', 'g-10 stock']);
    expect(await page.locator(':focus').getAttribute('aria-label')).toBe('More actions for g-2 sales');
    await openMenu(page, 'g-2 sales');
    await site.domo.revoke('admin', id);
    await page.waitForTimeout(500);
    expect(await page.getByRole('menuitem').count()).toBe(2);
    await page.keyboard.press('Escape');
    await listIs(page, ['g-2 sales', 'g-10 stock']);
  });

  it('tells nobody of what they may not see', async () => {
    const page = await site.as('creator', { follows: true });
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await site.domo.seed('admin', 'not for all');
    await page.waitForTimeout(500);
    expect(asked).toEqual([]);
  });

  it('sends who is no longer signed in to the sign-in page', async () => {
    const page = await site.as('creator');
    const other = await page.context().newPage();
    await other.goto(`${site.domo.url}${clientsPath}`);
    await other.getByRole('button', { name: 'Sign out' }).click();
    await other.getByRole('heading', { name: 'Sign in' }).waitFor();
    await site.domo.seed('creator', 'one');
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  });

  it('copies the command that imports a client', async () => {
    const { client } = await site.domo.store.addClient(site.domo.user('admin'), {
      name: '2nd try: $(touch x)',
      description: undefined,
      scopes: ['data'],
    });
    const page = await site.as('admin', { permissions: ['clipboard-read', 'clipboard-write'] });
    await openMenu(page, client.name);
    await page.getByRole('menuitem', { name: 'Copy import command' }).click();
    await page.getByText('Copied.').waitFor();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(
      `terraform import domo_api_client.client_2nd_try_touch_x ${client.id}`,
    );
  });

  it('offers to edit nowhere', async () => {
    await seed();
    const page = await site.as('admin');
    await openMenu(page, 'hr-sync');
    expect(await page.content()).not.toMatch(/>\s*(Edit|Rename|Change|Save|Rotate)/);
  });
});

describeInBrowser('making and revoking a client', () => {
  const site = inBrowser();

  it('makes one with the scopes that are chosen, and shows its secret once', async () => {
    const page = await site.as('creator', { permissions: ['clipboard-read', 'clipboard-write'] });
    await page.getByRole('button', { name: 'Create', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Create an API client' });
    expect(await dialog.innerText()).toContain('Least privilege: choose only what the use needs.');
    const choices = await dialog.locator('label.choice').allInnerTexts();
    expect(choices.map((text) => text.trim().split(' ')[0])).toEqual([
      'account',
      'audit',
      'buzz',
      'dashboard',
      'data',
      'user',
      'workflow',
    ]);
    for (const text of choices) expect(text.trim()).toMatch(/^\w+ [A-Z].{10,}$/);
    await dialog.getByRole('textbox', { name: 'Name' }).fill('made here');
    await dialog.getByRole('textbox', { name: 'Description' }).fill('For the test.');
    await dialog.getByRole('checkbox', { name: /^user / }).check();
    await dialog.getByRole('checkbox', { name: /^data / }).check();
    await dialog.getByRole('button', { name: 'Create', exact: true }).click();

    const created = page.getByRole('dialog', { name: 'The API client is created' });
    expect(await created.innerText()).toContain('only time that the secret is shown');
    const [id, secret] = [await shown(page, 'Client ID'), await shown(page, 'Client secret')];
    expect((await site.domo.oauth(id, secret)).status).toBe(200);
    const [client] = site.domo.store.allClients();
    const asked = { name: 'made here', description: 'For the test.', scopes: ['data', 'user'], clientId: id };
    expect(client).toMatchObject({ ...asked, userId: site.domo.user('creator').id });
    for (const [button, value] of [
      ['Copy client ID', id],
      ['Copy client secret', secret],
    ] as const) {
      await created.getByRole('button', { name: button }).click();
      await created.getByText('Copied.').waitFor();
      expect(await page.evaluate('navigator.clipboard.readText()')).toBe(value);
      expect(await page.locator(':focus').getAttribute('aria-label')).toBe(button);
    }

    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    expect(await shown(page, 'Client secret')).toBe(secret);
    expect(await created.innerText()).toContain('it cannot be shown again');
    await created.getByRole('button', { name: 'I have copied the secret' }).click();
    await created.waitFor({ state: 'hidden' });
    await listIs(page, ['made here']);
    await page.getByRole('button', { name: 'Create', exact: true }).click();
    expect(await dialog.getByRole('textbox', { name: 'Name' }).inputValue()).toBe('');
    const values = `[...document.querySelectorAll('input, textarea')].map((each) => each.value).join()`;
    expect(await page.evaluate(values)).not.toContain(secret);
    expect(await page.content()).not.toContain(secret);
  });

  it('says why a client cannot be made, and keeps what was typed', async () => {
    await site.domo.seed('admin', 'taken');
    const page = await site.as('creator');
    const dialog = await create(page, 'taken', 'data');
    expect(await dialog.getByRole('alert').innerText()).toContain('The name "taken" is taken.');
    await dialog.getByRole('checkbox', { name: /^data / }).uncheck();
    await dialog.getByRole('textbox', { name: 'Name' }).fill('free');
    await dialog.getByRole('button', { name: 'Create', exact: true }).click();
    await dialog.getByText(/scope/i).first().waitFor();
    expect(await dialog.getByRole('alert').innerText()).toMatch(/scope/i);
    expect(await dialog.getByRole('textbox', { name: 'Name' }).inputValue()).toBe('free');
    expect(site.domo.store.allClients()).toHaveLength(1);
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await dialog.waitFor({ state: 'hidden' });
  });

  it('offers the scopes that Domo has added', async () => {
    await site.domo.call('PUT', '/_sandbox/quirks', { body: { scopes: ['mobile'] } });
    const page = await site.as('creator');
    const dialog = await create(page, 'new scope', 'mobile');
    await dialog.getByRole('heading', { name: 'is created' }).waitFor();
    expect(site.domo.store.allClients()[0]?.scopes).toEqual(['mobile']);
  });

  it('revokes after a warning, and not when cancelled', async () => {
    const { clientId, secret } = await site.domo.seed('creator', 'one');
    const page = await site.as('creator');
    let dialog = await openRevoke(page, 'one');
    const text = await dialog.innerText();
    expect(text).toContain('cannot be undone');
    expect(text).toContain('Existing sessions stay valid until they expire');
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await dialog.waitFor({ state: 'hidden' });
    expect(await rows(page)).toEqual(['one']);
    dialog = await openRevoke(page, 'one');
    await dialog.getByRole('button', { name: 'Revoke' }).click();
    await page.getByText('one is revoked.').waitFor();
    await listIs(page, []);
    expect((await site.domo.oauth(clientId, secret)).status).toBe(401);
  });

  it('no longer says what was revoked once one does something else', async () => {
    await site.domo.seed('creator', 'one');
    await site.domo.seed('creator', 'two');
    const page = await site.as('creator');
    const said = page.getByText('is revoked.');
    for (const [name, next] of [
      ['one', () => page.getByRole('searchbox', { name: 'Search' }).fill('t')],
      ['two', () => page.getByRole('button', { name: 'Create', exact: true }).click()],
    ] as const) {
      const dialog = await openRevoke(page, name);
      await dialog.getByRole('button', { name: 'Revoke' }).click();
      await said.waitFor();
      await next();
      expect(await said.count()).toBe(0);
    }
  });

  it('says so where somebody else was quicker', async () => {
    const { id } = await site.domo.seed('creator', 'one');
    const page = await site.as('creator');
    const dialog = await openRevoke(page, 'one');
    await site.domo.revoke('creator', id);
    await dialog.getByRole('button', { name: 'Revoke' }).click();
    await dialog.getByText(`There is no API client ${id}.`).waitFor();
  });
});

const masked = (clientId: string) => `${clientId.slice(0, 13)}-XXXX-XXXX-XXXXXXXXXXXX`;
