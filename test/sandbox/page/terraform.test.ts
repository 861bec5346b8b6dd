import { describeInBrowser } from '../../support/browser';
import { domoMirror } from '../../support/provider-build';
import { cleanupAll, engines, workspace } from '../../support/terraform';
import { activityPath, inBrowser, listIs, openRevoke } from './page-actions';

const configuration = (names: string[]) => `terraform {
  required_providers {
    domo = {
      source = "domo-governance/domo"
    }
  }
}

resource "domo_api_client" "team" {
  for_each = toset(${JSON.stringify(names)})
  name     = each.key
  scopes   = ["data"]
}
`;

afterAll(cleanupAll);

describeInBrowser('terraform and the page', () => {
  const site = inBrowser();

  it.each(engines())('one sees what the other does, with $name', async (engine) => {
    const { domo } = site;
    const page = await site.as('manager');
    const work = workspace({
      engine,
      mirrors: [domoMirror()],
      files: { 'main.tf': configuration(['sales']) },
      env: {
        DOMO_BASE_URL: domo.url,
        DOMO_API_URL: domo.url,
        DOMO_ACCESS_TOKEN: domo.user('creator').token,
      },
    });
    await work.init();
    await work.apply();
    await listIs(page, ['sales']);

    const dialog = await openRevoke(page, 'sales');
    await dialog.getByRole('button', { name: 'Revoke' }).click();
    await listIs(page, []);

    const drifted = await work.run('plan', '-no-color', '-detailed-exitcode');
    expect(drifted.text).toContain('An API client was revoked outside Terraform');
    expect(drifted.code).toBe(2);
    await work.apply();
    await listIs(page, ['sales']);
    expect(await work.plan()).toBe('empty');

    await page.getByRole('link', { name: 'Activity' }).click();
    await page.waitForURL(`**${activityPath}`);
    const lines = await page.locator('tbody tr').allInnerTexts();
    expect(
      lines.map((line) =>
        line
          .trim()
          .split(/\s*[\t\n]\s*/)
          .slice(1, 3)
          .join(' '),
      ),
    ).toEqual(['creator created sales', 'manager revoked sales', 'creator created sales']);
  });

  it('the import command from the page brings a client under management', async () => {
    const { domo } = site;
    await domo.seed('creator', 'by-hand');
    const page = await site.as('creator', { permissions: ['clipboard-read', 'clipboard-write'] });
    await page.getByRole('button', { name: 'More actions for by-hand' }).click();
    await page.getByRole('menuitem', { name: 'Copy import command' }).click();
    await page.getByText('Copied.').waitFor();
    const command = String(await page.evaluate('navigator.clipboard.readText()')).split(' ');
    expect(command[0]).toBe('terraform');
    const resource = 'resource "domo_api_client" "by_hand" {\n  name = "by-hand"\n  scopes = ["data"]\n}\n';
    const work = workspace({
      mirrors: [domoMirror()],
      files: { 'main.tf': configuration([]), 'client.tf': resource },
      env: { DOMO_BASE_URL: domo.url, DOMO_ACCESS_TOKEN: domo.user('creator').token },
    });
    await work.init();
    expect((await work.run(...command.slice(1))).code).toBe(0);
    expect(await work.plan()).toBe('empty');
  });
});
