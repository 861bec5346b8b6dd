/** Writes the pictures of the sandbox's page that the README shows: `docs/images/*.png`. */
import { chromium, type Page } from 'playwright-core';
import { startSandbox } from './demo/sandbox';
import { findBrowser } from './find-program';

const folder = 'docs/images';

/** What a team would have: the names and descriptions are made up. */
const clients = [
  [
    'creator',
    'nightly-export',
    'Reads the sales datasets into the warehouse. Owner: data platform team.',
    'data',
  ],
  ['creator', 'workforce-sync', 'Reads who joined and who left, every morning at six.', 'user', 'audit'],
  ['admin', 'embedded-dashboards', 'Shows the partner portal its dashboards.', 'dashboard', 'data'],
] as const;

async function post(url: string, body: unknown): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  const { ok, status } = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
  if (!ok) throw new Error(`${url} answered ${status}.`);
}

async function take(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: `${folder}/${name}.png` });
  process.stdout.write(`${folder}/${name}.png\n`);
}

async function main(): Promise<void> {
  const sandbox = await startSandbox(new AbortController().signal);
  const browser = await chromium.launch({
    executablePath: findBrowser() ?? 'chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--disable-background-networking'],
  });
  try {
    for (const [owner, name, description, ...scopes] of clients) {
      const userId = sandbox.user(owner).id;
      await post(`${sandbox.url}/_sandbox/clients`, { userId, name, description, scopes });
    }
    const page = await browser.newPage({ viewport: { width: 1280, height: 620 } });
    await page.goto(sandbox.url);
    await page.getByRole('button', { name: /^admin/ }).click();
    await page.getByRole('button', { name: 'More actions for nightly-export' }).click();
    await take(page, 'api-clients');
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await page.emulateMedia({ colorScheme: 'dark' });
    await take(page, 'revoke-dark');
  } finally {
    await browser.close();
    await sandbox.close();
  }
}

void main();
