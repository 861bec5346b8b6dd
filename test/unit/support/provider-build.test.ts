import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { mirror, providerExecutable, providerVersion } from '../../support/provider-build';
import { tempFolder } from '../../support/temp';
import { cleanupAll, type Engine, engines, workspace } from '../../support/terraform';

const folder = tempFolder('built');
const executable = join(folder, 'terraform-provider-test');
writeFileSync(executable, '#!/bin/sh\nexit 1\n');
chmodSync(executable, 0o755);
writeFileSync(`${executable}.js`, '');
writeFileSync(join(folder, 'package.json'), '{"type":"commonjs"}');
writeFileSync(join(folder, 'terraform-provider-other'), '');

afterAll(cleanupAll);

describe('mirror', () => {
  const testProvider = mirror(executable, '1.2.3', { address: 'example/test' });

  it('lays out the executable and what belongs to it, for both registries', () => {
    expect(testProvider.addresses).toEqual([
      'registry.terraform.io/example/test',
      'registry.opentofu.org/example/test',
    ]);
    const os = { linux: 'linux', darwin: 'darwin', win32: 'windows' }[process.platform as string];
    const arch = { x64: 'amd64', arm64: 'arm64' }[process.arch as string];
    for (const address of testProvider.addresses) {
      const place = join(testProvider.path, address, '1.2.3', `${os}_${arch}`);
      expect(readFileSync(join(place, 'terraform-provider-test_v1.2.3'), 'utf8')).toContain('exit 1');
      expect(existsSync(join(place, 'package.json'))).toBe(true);
      expect(existsSync(join(place, 'terraform-provider-test.js'))).toBe(true);
      expect(existsSync(join(place, 'terraform-provider-other'))).toBe(false);
    }
  });

  it('is laid out once', () => {
    expect(mirror(executable, '1.2.3', { address: 'example/test' })).toBe(testProvider);
    expect(mirror(executable, '1.2.4', { address: 'example/test' })).not.toBe(testProvider);
  });

  it('has a script in the place of a large executable, which is started where it is', () => {
    const large = join(tempFolder("it's large"), 'terraform-provider-large');
    writeFileSync(large, `#!/bin/sh\necho "started with $*"\nexit 0\n${'#'.repeat(11e6)}`, { mode: 0o755 });
    const { path } = mirror(large, '1.0.0', { address: 'example.com/example/large' });
    const [file = ''] = readdirSync(path, { recursive: true, encoding: 'utf8' }).filter((each) =>
      each.endsWith('terraform-provider-large_v1.0.0'),
    );
    expect(statSync(join(path, file)).size).toBeLessThan(1000);
    expect(execFileSync(join(path, file), ['a b', 'c'], { encoding: 'utf8' })).toBe('started with a b c\n');
  });

  it('keeps to an address with a host', () => {
    expect(mirror(executable, '1.0.0', { address: 'example.com/example/test' }).addresses).toEqual([
      'example.com/example/test',
    ]);
  });

  it.each(engines())('is what $name installs from, beside others', async (engine: Engine) => {
    const hosted = mirror(executable, '1.0.0', { address: 'example.com/test/pantry' });
    const work = workspace({
      engine,
      mirrors: [testProvider, hosted],
      files: {
        'main.tf': `terraform {
          required_providers {
            test = { source = "example/test" }
            pantry  = { source = "example.com/test/pantry" }
          }
        }`,
      },
    });
    const { text } = await work.init();
    expect(text).toContain('Installed example/test v1.2.3');
    expect(text).toContain('Installed example.com/test/pantry v1.0.0');
  });
});

describe('providerExecutable', () => {
  const before = process.env.DOMO_PROVIDER;
  afterEach(() => {
    if (before === undefined) delete process.env.DOMO_PROVIDER;
    else process.env.DOMO_PROVIDER = before;
  });

  it('is what DOMO_PROVIDER names', () => {
    process.env.DOMO_PROVIDER = executable;
    expect(providerExecutable()).toBe(executable);
  });

  it('says what to run where there is none', () => {
    process.env.DOMO_PROVIDER = join(folder, 'nothing');
    expect(() => providerExecutable()).toThrow('make build');
    expect(() => providerExecutable('compiled')).toThrow('make native');
  });

  it('has the version of package.json', () => {
    expect(providerVersion()).toMatch(/^\d+\.\d+\.\d+/);
  });
});
