/**
 * Builds a release into dist/release: a zip for each platform, the registries' manifest, the checksums, the package
 * for npm, and the release notes. It does not sign: the release workflow does, in a job without packages from npm.
 *
 * Environment: `TAG`, which must be the tag of this version; `REHEARSAL=1` takes a working tree that is not ready to
 * be released, and does not compress the executables; `TARGETS=linux_amd64,…` builds only those, in a rehearsal.
 */
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildNpmPackage } from './npm-package/build';
import { buildTarget, documents, providerName } from './release/build';
import { releaseNotes } from './release/notes';
import { checksums } from './release/sums';
import { chooseTargets } from './release/targets';
import { readRelease } from './release/version';
import { runScript } from './run-script';

const out = 'dist/release';
const { TAG, REHEARSAL, TARGETS } = process.env;
const say = (line: string) => void process.stdout.write(`${line}\n`);

function release(): void {
  const order = readRelease({ rehearsal: REHEARSAL === '1', tag: TAG });
  const { version } = order;
  if (TARGETS && !order.rehearsal)
    throw new Error('A release needs all platforms: TARGETS is only for REHEARSAL=1.');
  const targets = chooseTargets(TARGETS);
  const missing = documents.find((name) => !existsSync(name));
  if (missing) throw new Error(`${missing} is missing; every zip needs it.`);
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });

  const built = targets.map((target) => {
    const one = buildTarget(target, order, out);
    say(`${one.file}: ${one.checked}; ${one.run}`);
    return one;
  });
  const stem = `${providerName}_${version}`;
  const manifest = `${stem}_manifest.json`;
  writeFileSync(join(out, manifest), '{"version":1,"metadata":{"protocol_versions":["6.0"]}}\n');
  const sums = checksums(out, [...built.map(({ file }) => file), manifest]);
  writeFileSync(join(out, `${stem}_SHA256SUMS`), sums);
  say(`${buildNpmPackage(out)}: for npm`);
  writeFileSync(join(out, 'RELEASE_NOTES.md'), releaseNotes(order, built));
  say(`${out} has version ${version}, not signed.`);
}

void runScript(release);
