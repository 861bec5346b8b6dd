import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';

/** How `gpg --with-colons` names the two kinds of keys that the Terraform Registry takes. */
const acceptedAlgorithms: Readonly<Record<string, string>> = { '1': 'RSA', '17': 'DSA' };

/**
 * Signs a file with a key of this user's gpg (or of GNUPGHOME), detached and in binary form, as `<file>.sig`; and
 * looks whether gpg then takes the signature for good.
 *
 * @param key its fingerprint
 * @param passphrase undefined where the key has none, or gpg's agent knows it
 * @throws where there is no such key, the Terraform Registry would refuse it, or gpg cannot sign
 */
export function signFile(file: string, key: string, passphrase: string | undefined): string {
  const [, , , algorithm = ''] = keyLine(key).split(':');
  if (!(algorithm in acceptedAlgorithms)) {
    throw new Error(
      `The Terraform Registry takes RSA and DSA keys only, and ${key} is another kind. Make an RSA key.`,
    );
  }
  const signature = `${file}.sig`;
  rmSync(signature, { force: true });
  const secret = passphrase === undefined ? [] : ['--pinentry-mode=loopback', '--passphrase-fd=0'];

  gpg([...secret, `--local-user=${key}`, `--output=${signature}`, '--detach-sign', file], passphrase);
  gpg(['--verify', signature, file]);
  return signature;
}

function keyLine(key: string): string {
  try {
    const lines = gpg(['--with-colons', '--list-secret-keys', key]).split('\n');
    return lines.find((line) => line.startsWith('sec')) ?? '';
  } catch (cause) {
    throw new Error(
      `gpg has no secret key ${key}. GPG_FINGERPRINT names the key to sign with: gpg -K lists yours.`,
      {
        cause,
      },
    );
  }
}

function gpg(args: readonly string[], input = ''): string {
  try {
    return execFileSync('gpg', ['--batch', '--yes', ...args], {
      input,
      env: process.env,
      encoding: 'utf8',
      stdio: ['pipe', 'pipe', 'pipe'],
    });
  } catch (error) {
    const { code, stderr = '' } = error as { code?: string; stderr?: string };
    if (code === 'ENOENT')
      throw new Error('There is no gpg on the PATH to sign with. Install GnuPG.', { cause: error });
    throw new Error(`gpg ${args.at(-2)} failed: ${stderr.trim()}`, { cause: error });
  }
}
