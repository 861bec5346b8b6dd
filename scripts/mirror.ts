import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { registries } from '../provider/protocol/tfplugin6';
import { refuseLinks } from './mirror/links';
import { nodePartNames, startedParts } from './starter/parts';

/** The provider's address without the registry's host. */
export const source = 'domo-governance/domo';

/** What lies beside the bundle in dist: without it, Node takes it for an ES module inside a project of such. */
export const besideBundle = { name: 'package.json', text: '{"type":"commonjs"}\n' };

/** A provider for Node that can be laid out. */
export interface Bundle {
  readonly executable: string;
  readonly version: string;
}

/** What `make build` has left, in the version of package.json. */
export const built = (): Bundle => ({
  executable: 'dist/terraform-provider-domo',
  version: providerVersion(),
});

/** The version in package.json, which is the provider's. */
export function providerVersion(): string {
  return (JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }).version;
}

/** The folders for a version of the provider in a mirror, one for each registry. */
function placesIn(mirror: string, version: string): string[] {
  const architecture = { x64: 'amd64', ia32: '386' }[String(process.arch)] ?? process.arch;
  const system = { win32: 'windows' }[String(process.platform)] ?? process.platform;
  return registries.map((registry) => join(mirror, registry, source, version, `${system}_${architecture}`));
}

/** The files of a version of the provider in a mirror. Throws if one of them lies behind a symbolic link. */
function filesIn(mirror: string, version: string): string[] {
  const files = placesIn(mirror, version).flatMap((place) =>
    nodePartNames(version).map((name) => join(place, name)),
  );
  refuseLinks(mirror, files);
  return files;
}

/**
 * Puts a provider into a filesystem mirror, under both registries; returns what engines start.
 *
 * @throws if a symbolic link is in the way; nothing is written then
 */
export function layOut(mirror: string, { executable, version }: Bundle = built()): string[] {
  const parts = startedParts(executable, version);
  // A running executable must not be overwritten.
  for (const file of filesIn(mirror, version)) rmSync(file, { force: true });
  const [script] = nodePartNames(version);
  return placesIn(mirror, version).map((place) => {
    mkdirSync(place, { recursive: true });
    for (const { name, content, executable } of parts) {
      // Fails if something, even a link, has been put there in the meantime.
      writeFileSync(join(place, name), content, { flag: 'wx', mode: executable ? 0o755 : 0o644 });
    }
    return join(place, script);
  });
}

/**
 * Removes what {@link layOut} has put there, and the folders that this leaves empty; returns the files.
 *
 * @throws if a symbolic link is in the way; nothing is removed then
 */
export function takeOut(mirror: string, version: string): string[] {
  const there = filesIn(mirror, version).filter((file) => existsSync(file));
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
