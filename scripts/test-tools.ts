/**
 * Provides programs that the tests need and a machine may lack: a browser for the sandbox's page, jq and
 * busybox for the drift kit and for a system without glibc, gpg for the signature of a release, and age for sealed
 * secrets. Installs Debian's packages if this process may do that. If there is nothing to do, it prints nothing; the tests
 * say what is missing.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { findBrowser, findProgram, findStaticBusybox, headlessShell } from './find-program';

const apt = '/usr/bin/apt-get';
const missing = [
  ...(findBrowser() ? [] : [headlessShell]),
  ...(findProgram('jq') ? [] : ['jq']),
  ...(findStaticBusybox() ? [] : ['busybox-static']),
  ...(findProgram('gpg') ? [] : ['gnupg']),
  ...(findProgram('age') ? [] : ['age']),
];
const mayInstall = process.getuid?.() === 0 && existsSync(apt);

function runApt(...args: string[]): void {
  const quietly = { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }, encoding: 'utf8' } as const;
  const { status, stderr } = spawnSync(apt, ['-qq', ...args], quietly);
  if (status !== 0) process.stderr.write(`apt-get ${args.join(' ')} ended with ${status}:\n${stderr}\n`);
}

function install(name: string): void {
  runApt('install', '--yes', '--no-install-recommends', name);
}

if (missing.length > 0 && mayInstall) {
  process.stdout.write(`Installing ${missing.join(', ')}, which the tests need …\n`);
  runApt('update');
  // One by one: what a system does not have must not cost the tests the others.
  for (const name of missing) install(name);
  // An older system has Chromium only as a whole.
  if (!findBrowser()) install('chromium');
}
