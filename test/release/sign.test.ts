import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { removeTempFolders, tempFolder } from '../support/temp';
import { throwAwayKey } from './gpg-support';
import { noSigning, signAsWorkflow, skipUnsigned } from './sign-support';

afterAll(removeTempFolders);

/** A folder with one file and its checksum. */
function release() {
  const folder = tempFolder('release');
  const file = join(folder, 'a.zip');
  writeFileSync(file, 'a zip');
  const sums = join(folder, 'a_SHA256SUMS');
  writeFileSync(sums, `${createHash('sha256').update('a zip').digest('hex')}  a.zip\n`);
  return { folder, file, sums, signature: `${sums}.sig` };
}

if (noSigning) {
  skipUnsigned('signatures');
} else {
  const key = throwAwayKey();
  afterAll(() => key[Symbol.dispose]());

  it('makes a detached binary signature that holds, and no longer when the checksums have changed', async () => {
    const { folder, sums, signature } = release();
    expect(await signAsWorkflow(folder, key)).toMatchObject({ code: 0 });
    // Binary: not the lines of text that gpg makes with --armor.
    expect(readFileSync(signature).toString('latin1')).not.toContain('BEGIN PGP');
    const verify = () => key.gpg('--verify', signature, sums);
    verify();
    writeFileSync(sums, 'some sums\n');
    expect(verify).toThrow('BAD signature');
  });

  it('ends without a signature if the passphrase is wrong', async () => {
    const { folder, signature } = release();
    const { code, stderr } = await signAsWorkflow(folder, key, 'another');
    expect(code).not.toBe(0);
    expect(stderr).toMatch(/Bad passphrase|No passphrase/);
    expect(existsSync(signature)).toBe(false);
  });

  it('ends without a signature if the key is of a kind that the Terraform Registry refuses', async () => {
    using elliptic = throwAwayKey('ed25519');
    const { folder, signature } = release();
    expect(await signAsWorkflow(folder, elliptic)).not.toMatchObject({ code: 0 });
    expect(existsSync(signature)).toBe(false);
  });

  it('ends without a signature if a file is not the one of the checksum', async () => {
    const { folder, file, signature } = release();
    writeFileSync(file, 'another zip');
    const { code, text } = await signAsWorkflow(folder, key);
    expect(code).not.toBe(0);
    expect(text).toContain('a.zip: FAILED');
    expect(existsSync(signature)).toBe(false);
  });
}
