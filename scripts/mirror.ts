import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { registries } from '../provider/protocol/tfplugin6';

/** The provider's address without the registry's host. */
export const source = 'domo-governance/domo';

/** What lies beside the script that Node runs: without it, one inside a project of ES modules is taken for one. */
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

/** The folder for a version of the provider in a mirror, under each registry. */
function placesIn(mirror: string, version: string): string[] {
  const architecture = { x64: 'amd64', ia32: '386' }[String(process.arch)] ?? process.arch;
  const system = { win32: 'windows' }[String(process.platform)] ?? process.platform;
  return registries.map((registry) => join(mirror, registry, source, version, `${system}_${architecture}`));
}

const executableIn = (place: string, version: string) => join(place, `terraform-provider-domo_v${version}`);

/** Puts a provider into a filesystem mirror, under both registries; returns the executables. */
export function layOut(mirror: string, { executable, version }: Bundle = built()): string[] {
  return placesIn(mirror, version).map((place) => {
    mkdirSync(place, { recursive: true });
    writeFileSync(join(place, besideBundle.name), besideBundle.text);
    const to = executableIn(place, version);
    // What is being run must not be written over.
    rmSync(to, { force: true });
    copyFileSync(executable, to);
    return to;
  });
}

/** Takes out what {@link layOut} has put there, and the folders that this leaves empty; returns the files. */
export function takeOut(mirror: string, version: string): string[] {
  const there = placesIn(mirror, version)
    .flatMap((place) => [join(place, besideBundle.name), executableIn(place, version)])
    .filter((file) => existsSync(file));
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
