/**
 * Makes sure that the tests of the sandbox's page have a browser: one that is here, else Debian's Chromium,
 * where this process may install packages. Prints nothing where there is one; the tests say what is missing.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { findBrowser } from './browser/find';

const apt = '/usr/bin/apt-get';
const isRoot = process.getuid?.() === 0;

if (!findBrowser() && isRoot && existsSync(apt)) {
  process.stdout.write('Installing Chromium, which the tests of the page need …\n');
  const quietly = { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }, encoding: 'utf8' } as const;
  for (const args of [['update'], ['install', '--yes', '--no-install-recommends', 'chromium']]) {
    const { status, stderr } = spawnSync(apt, ['-qq', ...args], quietly);
    if (status !== 0) process.stderr.write(`apt-get ${args[0]} ended with ${status}:\n${stderr}\n`);
  }
}
