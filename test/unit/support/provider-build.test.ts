import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { mirror, providerExecutable, providerVersion } from '../../support/provider-build';
import { tempFolder } from '../../support/temp';
import { cleanupAll, type Engine, engines, workspace } from '../../support/terraform';

const folder = tempFolder('built');
const executable = join(folder, 'terraform-provider-kitchen');
writeFileSync(executable, '#!/bin/sh\nexit 1\n');
chmodSync(executable, 0o755);
writeFileSync(`${executable}.js`, '');
writeFileSync(join(folder, 'package.json'), '{"type":"commonjs"}');
writeFileSync(join(folder, 'terraform-provider-other'), '');

afterAll(cleanupAll);

describe('mirror', () => {
  const kitchen = mirror(executable, '1.2.3', { address: 'test/kitchen' });

  it('lays out the executable and what belongs to it, for both registries', () => {
    expect(kitchen.addresses).toEqual([
      'registry.terraform.io/test/kitchen',
      'registry.opentofu.org/test/kitchen',
    ]);
    const os = { linux: 'linux', darwin: 'darwin', win32: 'windows' }[process.platform as string];
    const arch = { x64: 'amd64', arm64: 'arm64' }[process.arch as string];
    for (const address of kitchen.addresses) {
      const place = join(kitchen.path, address, '1.2.3', `${os}_${arch}`);
      expect(readFileSync(join(place, 'terraform-provider-kitchen_v1.2.3'), 'utf8')).toContain('exit 1');
      expect(existsSync(join(place, 'package.json'))).toBe(true);
      expect(existsSync(join(place, 'terraform-provider-kitchen.js'))).toBe(true);
      expect(existsSync(join(place, 'terraform-provider-other'))).toBe(false);
    }
  });

  it('is laid out once', () => {
    expect(mirror(executable, '1.2.3', { address: 'test/kitchen' })).toBe(kitchen);
    expect(mirror(executable, '1.2.4', { address: 'test/kitchen' })).not.toBe(kitchen);
  });

  it('keeps to an address with a host', () => {
    expect(mirror(executable, '1.0.0', { address: 'example.com/test/kitchen' }).addresses).toEqual([
      'example.com/test/kitchen',
    ]);
  });

  it.each(engines())('is what $name installs from, beside others', async (engine: Engine) => {
    const hosted = mirror(executable, '1.0.0', { address: 'example.com/test/pantry' });
    const work = workspace({
      engine,
      mirrors: [kitchen, hosted],
      files: {
        'main.tf': `terraform {
          required_providers {
            kitchen = { source = "test/kitchen" }
            pantry  = { source = "example.com/test/pantry" }
          }
        }`,
      },
    });
    const { text } = await work.init();
    expect(text).toContain('Installed test/kitchen v1.2.3');
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
    expect(providerExecutable).toThrow('make build');
  });

  it('has the version of package.json', () => {
    expect(providerVersion()).toMatch(/^\d+\.\d+\.\d+/);
  });
});
