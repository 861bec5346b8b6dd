import { describeInBrowser } from '../../support/browser';
import { activityPath, inBrowser } from './page-actions';

describeInBrowser('the activity', () => {
  const site = inBrowser();

  /** What happened, the latest first: who, what and the import, without the moments. */
  async function activity(user: string): Promise<string[]> {
    const page = await site.as(user, { at: activityPath });
    const lines = await page.locator('tbody tr').allInnerTexts();
    return lines.map((line) =>
      line
        .replace(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC/g, '(time)')
        .trim()
        // A row that is just being replaced is not laid out.
        .replace(/\s*\n\s*/g, '\t'),
    );
  }

  it('says who did what when, as far as the grants go, and no secret', async () => {
    const { domo } = site;
    const one = await domo.seed('creator', 'one');
    const two = await domo.seed('admin', 'two');
    await domo.oauth(one.clientId, one.secret);
    await domo.revoke('creator', two.id);
    await domo.create('creator', { name: 'one', scopes: ['data'] });
    await domo.revoke('admin', one.id);

    const events = {
      revoked: '(time)\tadmin\trevoked one\trevoked since',
      taken: '(time)\tcreator\twas refused: one (The name "one" is taken.)\tno client',
      tried: '(time)\tcreator\twas refused: two (Forbidden)\tCopy import command',
      triedByItsUser: `(time)\tcreator\twas refused: id ${two.id} (Forbidden)\tno client`,
      token: '(time)\tone\twas issued an OAuth token for data, valid until (time)\trevoked since',
      two: '(time)\tadmin\tcreated two\tCopy import command',
      one: '(time)\tcreator\tcreated one\trevoked since',
    };
    const { revoked, taken, tried, triedByItsUser, token } = events;
    const all = [revoked, taken, tried, token, events.two, events.one];
    expect(await activity('admin')).toEqual(all);
    expect(await activity('manager')).toEqual(all);
    expect(await activity('creator')).toEqual([revoked, taken, triedByItsUser, token, events.one]);

    const page = await site.as('admin', { at: activityPath });
    const html = await page.content();
    const { users } = domo.store;
    for (const hidden of [one.secret, one.clientId, two.secret, two.clientId, ...users.map((u) => u.token)]) {
      expect(html).not.toContain(hidden);
    }
    expect(html).not.toMatch(/fake-(bearer|secret|token|password)/);
  });

  it('tells a token that is valid from one that has expired', async () => {
    const { domo } = site;
    const { clientId, secret } = await domo.seed('creator', 'one');
    await domo.store.issueToken(clientId, secret, [], 0.2);
    await new Promise((resolve) => setTimeout(resolve, 250));
    expect((await activity('creator'))[0]).toContain('token for data, expired at (time)');
  });

  it('follows what happens, and copies the command that imports', async () => {
    const page = await site.as('admin', {
      permissions: ['clipboard-read', 'clipboard-write'],
      at: activityPath,
    });
    expect(await page.getByRole('main').innerText()).toContain('Nothing has happened yet');
    const { id } = await site.domo.seed('creator', 'one');
    await page.getByRole('button', { name: 'Copy import command for one' }).click();
    await page.getByText('Copied.').waitFor();
    const copied = await page.evaluate('navigator.clipboard.readText()');
    expect(copied).toBe(`terraform import domo_api_client.one ${id}`);
  });

  it('leaves the focus where it is when something is copied, and when something happens', async () => {
    const { clientId, secret } = await site.domo.seed('creator', 'one');
    const page = await site.as('admin', {
      permissions: ['clipboard-read', 'clipboard-write'],
      at: activityPath,
    });
    const button = page.getByRole('button', { name: 'Copy import command for one' });
    await button.press('Enter');
    await page.getByText('Copied.').waitFor();
    const focused = () => page.locator('tr:has(:focus)').innerText();
    const before = await focused();
    expect(before).toContain('created one');
    // There are two buttons of that name now.
    await site.domo.oauth(clientId, secret);
    await page.getByText('was issued an OAuth token').waitFor();
    expect(await focused()).toBe(before);
  });

  it('shows fifty events, and fifty more each time', async () => {
    for (let n = 0; n < 120; n += 1) await site.domo.seed('creator', `team-${n}`);
    const page = await site.as('admin', { at: activityPath });
    const events = page.locator('tbody tr');
    const older = page.getByRole('link', { name: 'Show older events' });
    for (const [shown, of] of [
      [50, 120],
      [100, 120],
    ]) {
      await page
        .getByRole('status')
        .filter({ hasText: `The latest ${shown} of ${of} events` })
        .waitFor();
      expect(await events.count()).toBe(shown);
      await older.click();
    }
    await page
      .getByRole('status')
      .filter({ hasText: /^120 events$/ })
      .waitFor();
    expect([await events.count(), await older.count()]).toEqual([120, 0]);
    await site.domo.seed('creator', 'later');
    await page.getByText('created later').waitFor();
    expect(await events.count()).toBe(121);
    for (const asked of ['-3', 'many', '1e99']) {
      await site.goto(page, `${activityPath}?show=${asked}`);
      expect(await events.count()).toBe(asked === '1e99' ? 121 : 50);
    }
  });
});
