import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { signFile } from '../../scripts/release/signature';
import { findProgram } from '../../scripts/test-tools/find';
import { skipped } from '../support/skipped';
import { removeTempFolders, tempFolder } from '../support/temp';
import { throwAwayKey } from './gpg-support';

const before = process.env.GNUPGHOME;
afterAll(() => {
  if (before === undefined) delete process.env.GNUPGHOME;
  else process.env.GNUPGHOME = before;
  removeTempFolders();
});

function toSign(): string {
  const file = join(tempFolder('signed'), 'SHA256SUMS');
  writeFileSync(file, 'some sums\n');
  return file;
}

if (!findProgram('gpg')) {
  skipped('signatures', 'there is no gpg on the PATH');
  it('can be tested where it must be', () => expect(process.env.CI).toBeUndefined());
} else {
  it('makes a detached binary signature that holds, and no longer when the file has changed', () => {
    using key = throwAwayKey();
    process.env.GNUPGHOME = key.home;
    const file = toSign();
    signFile(file, key.fingerprint, undefined);
    // Binary: not the lines of text that gpg makes with --armor.
    expect(readFileSync(`${file}.sig`).toString('latin1')).not.toContain('BEGIN PGP');
    const verify = () => key.gpg('--verify', `${file}.sig`, file);
    verify();
    writeFileSync(file, 'some sums!\n');
    expect(verify).toThrow('BAD signature');
  });

  it('takes a passphrase, and says it where it is wrong', () => {
    const passphrase = 'fake-passphrase';
    using key = throwAwayKey({ passphrase });
    process.env.GNUPGHOME = key.home;
    const file = toSign();
    expect(() => signFile(file, key.fingerprint, 'another')).toThrow(
      /failed: .*(Bad passphrase|No passphrase)/s,
    );
    expect(existsSync(`${file}.sig`)).toBe(false);
    signFile(file, key.fingerprint, passphrase);
    key.gpg('--verify', `${file}.sig`, file);
  });

  it('refuses a key that the Terraform Registry would refuse, and one that there is not', () => {
    using key = throwAwayKey({ algorithm: 'ed25519' });
    process.env.GNUPGHOME = key.home;
    expect(() => signFile(toSign(), key.fingerprint, undefined)).toThrow('RSA and DSA keys only');
    expect(() => signFile(toSign(), '0'.repeat(40), undefined)).toThrow('gpg has no secret key 0000');
  });
}
