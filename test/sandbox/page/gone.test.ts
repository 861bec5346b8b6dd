import { describeInBrowser } from '../../support/browser';
import { sandbox } from '../test-sandbox';
import { expectInView } from './geometry';
import { activityPath, clientsPath, inBrowser, listIs, openMenu } from './page-actions';

const words = 'The sandbox is not responding';

describeInBrowser('when the sandbox is gone', () => {
  const site = inBrowser();

  it.each([clientsPath, activityPath])('%s says so, and asks to sign in at a new one', async (path) => {
    const page = await site.as('admin', { viewport: { width: 375, height: 700 }, at: path });
    const alert = page.getByRole('alert').filter({ hasText: words });
    await page.waitForTimeout(300);
    expect(await alert.count()).toBe(0);
    await site.domo.close();
    await alert.waitFor();
    await expectInView(alert);

    const again = await sandbox({ port: Number(new URL(site.domo.url).port) });
    try {
      await page.getByRole('button', { name: /^admin/ }).click();
      await page.getByRole('button', { name: 'Sign out' }).waitFor();
      expect(new URL(page.url()).pathname).toBe(path);
    } finally {
      await page.goto('about:blank');
      await again.close();
    }
  });

  it('the list carries on once the sandbox answers again', async () => {
    const page = await site.as('admin');
    await page.route('**/admin/**', (route) => route.abort());
    const more = site.domo.seed('admin', 'one');
    await page.getByText(words).waitFor();
    await more;
    await page.unroute('**/admin/**');
    await site.domo.seed('admin', 'two');
    await listIs(page, ['one', 'two']);
    await page.getByText(words).waitFor({ state: 'hidden' });
    expect(await openMenu(page, 'two')).toContain('Delete');
  });
});
