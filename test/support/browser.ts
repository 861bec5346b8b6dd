import { type Browser, chromium } from 'playwright-core';
import { findBrowser } from '../../scripts/find-program';
import { skipped } from './skipped';

/** Starts a browser that talks to nobody but the pages it is sent to. Throws if there is none. */
export function startBrowser(): Promise<Browser> {
  const executablePath = findBrowser();
  if (!executablePath) throw new Error('No Chromium was found: install one, or set CHROMIUM to its path.');
  return chromium.launch({
    executablePath,
    args: [
      // Chromium's own sandbox cannot be had as root, or in many containers.
      '--no-sandbox',
      '--disable-dev-shm-usage',
      '--disable-gpu',
      '--disable-quic',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  });
}

/** `describe` for tests in a browser: without one they fail in CI, and are left out aloud elsewhere. */
export function describeInBrowser(name: string, tests: () => void): void {
  if (findBrowser() || process.env.CI === 'true') {
    describe(name, tests);
    return;
  }
  skipped(name, 'there is no Chromium; install one, or set CHROMIUM to its path');
  describe.skip(name, tests);
}
