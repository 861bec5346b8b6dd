import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { readMachO } from '../../scripts/release/inspect/mach-o';
import { bunRuntime } from '../../scripts/release/runtime';
import { ownTarget, platformOf, targets } from '../../scripts/release/targets';
import { providerVersion } from '../support/provider-build';
import { skipped } from '../support/skipped';
import { removeTempFolders, tempFolder } from '../support/temp';
import { type Engine, engines } from '../support/terraform';
import { releasableClone, release } from './clone-support';
import { type ThrowAwayKey, throwAwayKey } from './gpg-support';
import { h1, namesIn, planWith } from './install-support';
import { registryOf } from './registry-support';
import { noSigning, signAsWorkflow, skipUnsigned } from './sign-support';

/** `make release-test` builds all platforms, and once more in another folder; other runs only this machine's own. */
const whole = process.env.RELEASE === 'all';
const own = ownTarget();
const version = providerVersion();
const stem = `terraform-provider-domo_${version}`;
const built = whole ? targets : targets.filter((target) => target === own);
const platforms = built.map(platformOf);
const minutes = 60_000;

afterAll(removeTempFolders);

if (!own) {
  skipped('a release', 'none is built for this machine');
  it('can be tested where it must be', () => expect(process.env.CI).toBeUndefined());
} else {
  // Only a rehearsal can be of some platforms; of all it is the real thing.
  const env: Record<string, string> = whole
    ? { TAG: `v${version}` }
    : { REHEARSAL: '1', TARGETS: platforms.join() };
  let folder = '';
  beforeAll(async () => {
    const clone = releasableClone();
    await release(clone, env);
    folder = join(clone, 'dist/release');
  }, 10 * minutes);
  const read = (name: string) => readFileSync(join(folder, name));
  let known: string | undefined;
  const ownHash = () => {
    known ??= h1(read(`${stem}_${platformOf(own)}.zip`));
    return known;
  };

  it('is named as the registries want it', () => {
    const files = readdirSync(folder).filter((name) => name.startsWith('terraform-provider-domo_'));
    const zips = platforms.map((platform) => `${stem}_${platform}.zip`);
    expect(files.sort()).toEqual([...zips, `${stem}_SHA256SUMS`, `${stem}_manifest.json`].sort());
    expect(readdirSync(folder)).toContain(`terraform-provider-domo-${version}.tgz`);
    expect(JSON.parse(read(`${stem}_manifest.json`).toString())).toEqual({
      version: 1,
      metadata: { protocol_versions: ['6.0'] },
    });
  });

  it.each(platforms)('has in the zip of %s the executable and what must be with it', (platform) => {
    const executable = `terraform-provider-domo_v${version}${platform.startsWith('windows') ? '.exe' : ''}`;
    const beside = ['glibc', 'node.cjs', 'bundle.cjs'].map((end) => `terraform-provider-domo-${end}`);
    expect(namesIn(read(`${stem}_${platform}.zip`))).toEqual([
      'LICENSE',
      'NOTICE',
      'README.md',
      executable,
      ...(platform.startsWith('linux') ? beside : []),
    ]);
  });

  it('has the checksums of the zips and of the manifest', () => {
    const names = [...platforms.map((platform) => `${stem}_${platform}.zip`), `${stem}_manifest.json`].sort();
    const lines = names.map((name) => `${createHash('sha256').update(read(name)).digest('hex')}  ${name}\n`);
    expect(read(`${stem}_SHA256SUMS`).toString()).toBe(lines.join(''));
  });

  it('says in the notes what is new, and of each file what was tried', () => {
    const notes = read('RELEASE_NOTES.md').toString();
    expect(notes).toContain('### Added');
    for (const platform of platforms)
      expect(notes).toMatch(new RegExp(`^\\| \`${stem}_${platform}\\.zip\` \\|`, 'm'));
    const row = notes.split('\n').find((line) => line.includes(`${platformOf(own)}.zip`));
    expect(row).toContain('started on the machine that built it');
    expect(notes.includes('A rehearsal')).toBe(!whole);
  });

  it.each(engines())('is what $name installs from a mirror of the zips', async (engine) => {
    const mirror = tempFolder('zips');
    const hosts = ['registry.terraform.io', 'registry.opentofu.org'];
    for (const host of hosts) {
      const place = join(mirror, host, 'domo-governance/domo');
      mkdirSync(place, { recursive: true });
      for (const name of readdirSync(folder).filter((file) => file.endsWith('.zip'))) {
        symlinkSync(join(folder, name), join(place, name));
      }
    }
    const { text, hashes } = await planWith(engine, { source: 'domo-governance/domo', mirror });
    expect(text).toContain('No changes');
    expect(hashes).toEqual([ownHash()]);
  });

  if (noSigning) skipUnsigned('a release in a registry');
  else
    describe('signed by the workflow', () => {
      const [key, other] = [throwAwayKey(), throwAwayKey()];
      afterAll(() => {
        for (const one of [key, other]) one[Symbol.dispose]();
      });
      beforeAll(async () => expect(await signAsWorkflow(folder, key)).toMatchObject({ code: 0 }));

      /** Plans with the release from a registry that has the public half of that key. */
      async function planFromRegistry(engine: Engine, { gpg, fingerprint }: ThrowAwayKey) {
        const publicKey = gpg('--armor', '--export', fingerprint);
        const registry = await registryOf(folder, version, platforms, publicKey);
        const source = `${registry.host}/domo-governance/domo`;
        return planWith(engine, { source, certificate: registry.certificate }).finally(registry.close);
      }

      it.each(engines())(
        'is what $name takes from a registry: signature, checksums and all',
        async (engine) => {
          const { text, hashes } = await planFromRegistry(engine, key);
          expect(text).toContain('No changes');
          const sums = read(`${stem}_SHA256SUMS`).toString().trim().split('\n');
          const zips = sums.filter((line) => line.endsWith('.zip')).map((line) => `zh:${line.split(' ')[0]}`);
          expect(hashes).toEqual(expect.arrayContaining([...zips, ownHash()]));
        },
      );

      it.each(engines())('is refused by $name if somebody else has signed it', async (engine) => {
        await expect(planFromRegistry(engine, other)).rejects.toThrow(/signature/);
      });
    });

  if (whole) {
    it(
      'is the same from another folder, at another time',
      async () => {
        const other = releasableClone({ below: 'much/deeper', copied: true });
        await release(other, { ...env, TZ: 'Pacific/Auckland' });
        const theirs = readFileSync(join(other, `dist/release/${stem}_SHA256SUMS`), 'utf8');
        expect(theirs).toBe(read(`${stem}_SHA256SUMS`).toString());
        const forNpm = `terraform-provider-domo-${version}.tgz`;
        expect(readFileSync(join(other, 'dist/release', forNpm)).equals(read(forNpm))).toBe(true);
      },
      10 * minutes,
    );

    it.each(targets.filter(({ os }) => os === 'darwin'))(
      "is judged by a reader that takes Apple's own signature of Bun for $arch",
      (target) => {
        const { problem, isAdHoc } = readMachO(readFileSync(bunRuntime(target)));
        expect({ problem, isAdHoc }).toEqual({ problem: undefined, isAdHoc: false });
      },
    );
  }
}
