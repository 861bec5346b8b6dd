/**
 * Provides programs that the tests need and a machine may lack: a browser for the sandbox's page, jq and
 * busybox for the drift kit and for a system without glibc, gpg for the signature of a release, and age for sealed
 * secrets. Installs Debian's packages if this process may do that. If there is nothing to do, it prints nothing; the tests
 * say what is missing.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { findBrowser, findProgram, findStaticBusybox } from './find-program';

const apt = '/usr/bin/apt-get';
const missing = [
  ...(findBrowser() ? [] : ['chromium']),
  ...(findProgram('jq') ? [] : ['jq']),
  ...(findStaticBusybox() ? [] : ['busybox-static']),
  ...(findProgram('gpg') ? [] : ['gnupg']),
  ...(findProgram('age') ? [] : ['age']),
];
const mayInstall = process.getuid?.() === 0 && existsSync(apt);

if (missing.length > 0 && mayInstall) {
  process.stdout.write(`Installing ${missing.join(', ')}, which the tests need …\n`);
  const quietly = { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }, encoding: 'utf8' } as const;
  for (const args of [['update'], ['install', '--yes', '--no-install-recommends', ...missing]]) {
    const { status, stderr } = spawnSync(apt, ['-qq', ...args], quietly);
    if (status !== 0) process.stderr.write(`apt-get ${args[0]} ended with ${status}:\n${stderr}\n`);
  }
}
