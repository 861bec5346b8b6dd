import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { readMachO } from '../../scripts/release/inspect/mach-o';
import { bunRuntime } from '../../scripts/release/runtime';
import { ownTarget, platformOf, targets } from '../../scripts/release/targets';
import { findProgram } from '../../scripts/test-tools/find';
import { providerVersion } from '../support/provider-build';
import { startProcess } from '../support/running';
import { skipped } from '../support/skipped';
import { removeTempFolders, tempFolder } from '../support/temp';
import { type Engine, engines } from '../support/terraform';
import { releasableClone, release } from './clone-support';
import { throwAwayKey } from './gpg-support';
import { registryOf } from './registry-support';

/** `make release-test`: all platforms, and once more in another folder. Else this machine's own alone. */
const whole = process.env.RELEASE === 'all';
const own = ownTarget();
const version = providerVersion();
const stem = `terraform-provider-domo_${version}`;
const built = whole ? targets : targets.filter((target) => target === own);
const platforms = built.map(platformOf);
const minutes = 60_000;

afterAll(removeTempFolders);

if (!own || !findProgram('gpg')) {
  skipped('a release', own ? 'there is no gpg on the PATH' : 'none is built for this machine');
  it('can be tested where it must be', () => expect(process.env.CI).toBeUndefined());
} else {
  const key = throwAwayKey();
  afterAll(() => key[Symbol.dispose]());
  const env = {
    GNUPGHOME: key.home,
    GPG_FINGERPRINT: key.fingerprint,
    // A part of the platforms goes with a rehearsal only; the whole is the real thing.
    ...(whole ? { TAG: `v${version}` } : { REHEARSAL: '1', TARGETS: platforms.join() }),
  };
  let folder = '';
  beforeAll(async () => {
    const clone = releasableClone();
    await release(clone, env);
    folder = join(clone, 'dist/release');
  }, 10 * minutes);
  const read = (name: string) => readFileSync(join(folder, name));

  it('is named as the registries want it', () => {
    const files = readdirSync(folder).filter((name) => name.startsWith('terraform-provider-domo_'));
    const zips = platforms.map((platform) => `${stem}_${platform}.zip`);
    expect(files.sort()).toEqual(
      [...zips, `${stem}_SHA256SUMS`, `${stem}_SHA256SUMS.sig`, `${stem}_manifest.json`].sort(),
    );
    expect(readdirSync(folder)).toContain(`terraform-provider-domo-${version}.tgz`);
    expect(JSON.parse(read(`${stem}_manifest.json`).toString())).toEqual({
      version: 1,
      metadata: { protocol_versions: ['6.0'] },
    });
  });

  it.each(platforms)('has in the zip of %s the executable and what must be with it', (platform) => {
    const executable = `terraform-provider-domo_v${version}${platform.startsWith('windows') ? '.exe' : ''}`;
    expect(Object.keys(unzipSync(read(`${stem}_${platform}.zip`)))).toEqual([
      'LICENSE',
      'NOTICE',
      'README.md',
      executable,
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
    expect(notes).toContain('gpg has verified the signature');
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
    const { text, lock } = await planWith(engine, 'domo-governance/domo', {}, mirror);
    expect(text).toContain('No changes');
    expect(hashesIn(lock)).toEqual([h1(read(`${stem}_${platformOf(own)}.zip`))]);
  });

  const trusting = process.platform === 'linux' ? engines() : [];
  if (trusting.length === 0)
    skipped('a release in a registry', 'only on Linux an engine can be told to trust it');
  it.each(trusting)('is what $name takes from a registry: signature, checksums and all', async (engine) => {
    const publicKey = key.gpg('--armor', '--export', key.fingerprint);
    const registry = await registryOf(folder, version, platforms, publicKey);
    try {
      const trust = { SSL_CERT_FILE: registry.certificate };
      const { text, lock } = await planWith(engine, `${registry.host}/domo-governance/domo`, trust);
      expect(text).toContain('No changes');
      const sums = read(`${stem}_SHA256SUMS`).toString().trim().split('\n');
      const zips = sums.filter((line) => line.endsWith('.zip')).map((line) => `zh:${line.split(' ')[0]}`);
      expect(hashesIn(lock)).toEqual(
        expect.arrayContaining([...zips, h1(read(`${stem}_${platformOf(own)}.zip`))]),
      );
    } finally {
      await registry.close();
    }
  });

  it.each(trusting)('is refused by $name where somebody else has signed it', async (engine) => {
    using other = throwAwayKey();
    const publicKey = other.gpg('--armor', '--export', other.fingerprint);
    const registry = await registryOf(folder, version, platforms, publicKey);
    try {
      const trust = { SSL_CERT_FILE: registry.certificate };
      await expect(planWith(engine, `${registry.host}/domo-governance/domo`, trust)).rejects.toThrow(
        /signature/,
      );
    } finally {
      await registry.close();
    }
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
        const { problems, isAdHoc } = readMachO(readFileSync(bunRuntime(target)));
        expect({ problems, isAdHoc }).toEqual({ problems: [], isAdHoc: false });
      },
    );
  }
}

/** Plans a data source that needs no server, with the provider from that address. */
async function planWith(engine: Engine, source: string, env: Record<string, string>, mirror?: string) {
  const cwd = tempFolder('config');
  const place = mirror ? `filesystem_mirror {\n    path = ${JSON.stringify(mirror)}\n  }` : 'direct {}';
  writeFileSync(join(cwd, 'cli.tfrc'), `provider_installation {\n  ${place}\n}\n`);
  writeFileSync(
    join(cwd, 'main.tf'),
    `terraform {
  required_providers {
    domo = {
      source = "${source}"
    }
  }
}

data "domo_api_client_scopes" "known" {}
`,
  );
  const surroundings = {
    PATH: process.env.PATH,
    HOME: cwd,
    TF_CLI_CONFIG_FILE: join(cwd, 'cli.tfrc'),
    CHECKPOINT_DISABLE: '1',
    DOMO_INSTANCE: 'acme',
    DOMO_ACCESS_TOKEN: 'fake-token',
    ...env,
  };
  const run = (...args: string[]) => startProcess(engine.path, args, { cwd, env: surroundings }).done;
  const init = await run('init', '-no-color', '-input=false');
  if (init.code !== 0) throw new Error(init.text);
  const { text } = await run('plan', '-no-color', '-input=false');
  return { text, lock: readFileSync(join(cwd, '.terraform.lock.hcl'), 'utf8') };
}

const hashesIn = (lock: string) => [...lock.matchAll(/"((?:h1|zh):[^"]+)"/g)].map(([, hash]) => hash);

/** Go's hash of a folder ("h1"): over a line for each file, by name, in the form of sha256sum. */
function h1(zip: Buffer): string {
  const files = Object.entries(unzipSync(zip)).sort(([a], [b]) => (a < b ? -1 : 1));
  const lines = files.map(
    ([name, content]) => `${createHash('sha256').update(content).digest('hex')}  ${name}\n`,
  );
  return `h1:${createHash('sha256').update(lines.join('')).digest('base64')}`;
}
