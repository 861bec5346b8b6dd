import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tempFolder } from '../support/temp';

/** A key in its own folder, known to nobody; its agent ends with the `using` block. */
export interface ThrowAwayKey extends Disposable {
  readonly fingerprint: string;
  readonly passphrase: string;
  /** The secret key as text, as the workflow's secret has it. */
  readonly secret: string;
  /** What gpg says with these arguments; throws if it fails. */
  gpg(...args: string[]): string;
}

export function throwAwayKey(algorithm = 'rsa2048'): ThrowAwayKey {
  const passphrase = 'fake-passphrase';
  // A short path: gpg's agent has a socket in it.
  const home = tempFolder('gpg');
  const env = { PATH: process.env.PATH, HOME: home, GNUPGHOME: home };
  // Otherwise the agent takes seconds to find out how to make guessing this passphrase expensive.
  writeFileSync(join(home, 'gpg-agent.conf'), 's2k-count 65536\n');
  const run = (program: string, args: string[]) =>
    execFileSync(program, args, { env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  const gpg = (...args: string[]) => run('gpg', ['--batch', ...args]);
  const unlock = ['--pinentry-mode', 'loopback', '--passphrase', passphrase];
  gpg(...unlock, '--quick-generate-key', 'Fake <fake@example.com>', algorithm, 'sign', 'never');
  const [, fingerprint = ''] = /^fpr:+(\w+):/m.exec(gpg('--with-colons', '--list-secret-keys')) ?? [];
  const secret = gpg(...unlock, '--armor', '--export-secret-keys', fingerprint);
  const end = () => void run('gpgconf', ['--kill', 'all']);
  return { fingerprint, passphrase, secret, gpg, [Symbol.dispose]: end };
}
