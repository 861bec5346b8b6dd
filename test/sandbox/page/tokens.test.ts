import { parseSeed } from '../../../examples/sandbox/seed';
import { describeInBrowser } from '../../support/browser';
import { inBrowser, tokensPath } from './page-actions';

const seed = parseSeed({
  people: [
    { id: 2001, name: 'away', isActive: false },
    { id: 2002, name: 'gone', isDeleted: true },
  ],
  accessTokens: [
    { owner: 'away', name: '<b>reports</b>', expires: '2098-03-31T00:00:00Z' },
    { owner: 'gone', name: 'old', expires: '2020-01-01T00:00:00Z' },
  ],
});

describeInBrowser('the access tokens', () => {
  const site = inBrowser({ seed });

  async function tokens(user: string): Promise<string[]> {
    const page = await site.as(user, { at: tokensPath });
    expect(await page.locator('main button, main form').count()).toBe(0);
    const lines = await page.locator('tbody tr').allInnerTexts();
    return lines.map((line) => line.trim().replace(/\s*[\n\t]\s*/g, ' | '));
  }

  it('are listed with their owners and ends, and nothing can be done with them', async () => {
    expect(await tokens('manager')).toEqual([
      ...['admin', 'creator', 'manager', 'guest'].map(
        (name) => `Token of ${name} | ${name} | 2099-12-31 00:00:00 UTC`,
      ),
      '<b>reports</b> | away inactive | 2098-03-31 00:00:00 UTC',
      'old | gone deleted | 2020-01-01 00:00:00 UTC has ended',
    ]);
    expect(await tokens('creator')).toEqual(['Token of creator | creator | 2099-12-31 00:00:00 UTC']);
  });

  it('are never shown themselves', async () => {
    const page = await site.as('admin', { at: tokensPath });
    const html = await page.content();
    for (const { token, password } of site.domo.store.users) {
      expect(html).not.toContain(token);
      expect(html).not.toContain(password);
    }
  });
});
