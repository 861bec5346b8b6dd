import { readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { findProgram } from '../../scripts/find-program';
import { startProcess } from '../support/running';
import { skipped } from '../support/skipped';
import { tempFolder } from '../support/temp';
import type { ThrowAwayKey } from './gpg-support';

interface Workflow {
  readonly jobs: {
    readonly sign: { readonly steps: readonly { readonly name?: string; readonly run?: string }[] };
  };
}

/** Why nothing can be signed here as in the workflow; undefined if it can. */
export const noSigning =
  process.platform !== 'linux'
    ? 'the workflow signs on Linux'
    : findProgram('gpg')
      ? undefined
      : 'there is no gpg on the PATH';

/** Says what is not tested for that reason; fails if it must be tested, as in CI on Linux. */
export function skipUnsigned(what: string): void {
  skipped(what, noSigning ?? '');
  it('can be signed where that must be tested', () =>
    expect(process.platform === 'linux' && process.env.CI).toBeFalsy());
}

/** The script with which the release workflow signs the checksums. Throws if the workflow has no step of that name. */
function signScript(): string {
  const { jobs } = parse(readFileSync('.github/workflows/release.yml', 'utf8')) as Workflow;
  const script = jobs.sign.steps.find(({ name }) => name === 'sign the checksums')?.run;
  if (script === undefined) throw new Error('The workflow has no step "sign the checksums".');
  return script;
}

/**
 * Signs the checksums in a folder as the workflow does: with the same script, in the shell that GitHub starts.
 *
 * @param folder what `make release` has left
 * @returns how the script ended, and what it said
 */
export function signAsWorkflow(folder: string, key: ThrowAwayKey, passphrase = key.passphrase) {
  const cwd = tempFolder('sign');
  symlinkSync(folder, join(cwd, 'release'));
  const env = {
    PATH: process.env.PATH,
    HOME: cwd,
    GPG_PRIVATE_KEY: key.secret,
    GPG_PASSPHRASE: passphrase,
    GPG_FINGERPRINT: key.fingerprint,
  };
  const options = ['--noprofile', '--norc', '-eo', 'pipefail', '-c', signScript()];
  return startProcess('bash', options, { cwd, env }).done;
}
