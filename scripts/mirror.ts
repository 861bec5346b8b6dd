import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The provider's address without the registry's host. */
export const source = 'domo-governance/domo';

/** The registries whose addresses terraform and tofu take it for. */
export const registries = ['registry.terraform.io', 'registry.opentofu.org'];

/** The version in package.json, which is the provider's. */
export function providerVersion(): string {
  return (JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }).version;
}

/** What a package of the built provider consists of: where each file is built, and where it is laid out. */
function filesOf(mirror: string): readonly (readonly [from: string, to: string])[] {
  const version = providerVersion();
  const architecture = { x64: 'amd64', ia32: '386' }[String(process.arch)] ?? process.arch;
  const system = { win32: 'windows' }[String(process.platform)] ?? process.platform;
  return registries.flatMap((registry) => {
    const place = join(mirror, registry, source, version, `${system}_${architecture}`);
    return [
      ['dist/package.json', join(place, 'package.json')],
      ['dist/terraform-provider-domo', join(place, `terraform-provider-domo_v${version}`)],
    ] as const;
  });
}

/** Puts the built provider into a filesystem mirror, under both registries; returns the executables. */
export function layOut(mirror: string): string[] {
  const files = filesOf(mirror);
  for (const [from, to] of files) {
    mkdirSync(dirname(to), { recursive: true });
    // What is being run must not be written over.
    rmSync(to, { force: true });
    copyFileSync(from, to);
  }
  return files.map(([, to]) => to).filter((to) => !to.endsWith('.json'));
}

/** Takes out what {@link layOut} has put there, and the folders that this leaves empty; returns the files. */
export function takeOut(mirror: string): string[] {
  const there = filesOf(mirror)
    .map(([, to]) => to)
    .filter((to) => existsSync(to));
  for (const file of there) {
    rmSync(file);
    for (let folder = dirname(file); folder !== mirror && isEmpty(folder); folder = dirname(folder)) {
      rmdirSync(folder);
    }
  }
  return there;
}

const isEmpty = (folder: string) => existsSync(folder) && readdirSync(folder).length === 0;

/** A CLI configuration that installs the provider from the mirror, and everything else as usual if `others`. */
export function cliConfiguration(mirror: string, others: boolean): string {
  const addresses = JSON.stringify(registries.map((registry) => `${registry}/${source}`));
  const direct = others ? `  direct {\n    exclude = ${addresses}\n  }\n` : '';
  return `provider_installation {
  filesystem_mirror {
    path    = ${JSON.stringify(mirror)}
    include = ${addresses}
  }
${direct}}
`;
}
