import { execFileSync } from 'node:child_process';
import { tempFolder } from '../support/temp';

/** A key in a folder of its own, known to nobody; its agent ends with the `using` block. */
export interface ThrowAwayKey extends Disposable {
  readonly home: string;
  readonly fingerprint: string;
  /** What gpg says with these arguments; throws where it fails. */
  gpg(...args: string[]): string;
}

export function throwAwayKey({ algorithm = 'rsa2048', passphrase = '' } = {}): ThrowAwayKey {
  // A short path: gpg's agent has a socket in it.
  const home = tempFolder('gpg');
  const env = { PATH: process.env.PATH, HOME: home, GNUPGHOME: home };
  const run = (program: string, args: string[]) =>
    execFileSync(program, args, { env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  const gpg = (...args: string[]) => run('gpg', ['--batch', ...args]);
  const secret = ['--pinentry-mode', 'loopback', '--passphrase', passphrase];
  gpg(...secret, '--quick-generate-key', 'Fake <fake@example.com>', algorithm, 'sign', 'never');
  const [, fingerprint = ''] = /^fpr:+(\w+):/m.exec(gpg('--with-colons', '--list-secret-keys')) ?? [];
  // What it remembers would make every passphrase right.
  const forget = () => void run('gpgconf', ['--kill', 'all']);
  forget();
  return { home, fingerprint, gpg, [Symbol.dispose]: forget };
}
