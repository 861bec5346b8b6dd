/** A platform that a release is built for. */
export interface Target {
  /** The registries' name for it. */
  readonly os: 'linux' | 'darwin' | 'windows';
  readonly arch: 'amd64' | 'arm64';
  /** Bun's names for it: the end of its package's name, and of `--target=bun-`. */
  readonly bun: { readonly package: string; readonly target: string };
}

/** The platforms of every release. */
export const targets: readonly Target[] = [
  { os: 'darwin', arch: 'amd64', bun: { package: 'darwin-x64', target: 'darwin-x64' } },
  { os: 'darwin', arch: 'arm64', bun: { package: 'darwin-aarch64', target: 'darwin-arm64' } },
  { os: 'linux', arch: 'amd64', bun: { package: 'linux-x64', target: 'linux-x64' } },
  { os: 'linux', arch: 'arm64', bun: { package: 'linux-aarch64', target: 'linux-arm64' } },
  { os: 'windows', arch: 'amd64', bun: { package: 'windows-x64', target: 'windows-x64' } },
];

/** The end of a zip's name, such as `linux_amd64`. */
export const platformOf = ({ os, arch }: Target): string => `${os}_${arch}`;

/** What an executable of that platform ends with. */
export const extensionOf = ({ os }: Target): string => (os === 'windows' ? '.exe' : '');

/** The target that this process runs on; undefined if no release is built for it. */
export function ownTarget(): Target | undefined {
  const os = process.platform === 'win32' ? 'windows' : process.platform;
  const arch = process.arch === 'x64' ? 'amd64' : process.arch;
  return targets.find((target) => target.os === os && target.arch === arch);
}

/**
 * The targets that a list such as `linux_amd64,darwin_arm64` names; all of them if it is absent or empty.
 *
 * @throws if it names an unknown one
 */
export function chooseTargets(list: string | undefined): readonly Target[] {
  const names = (list ?? '').split(',').flatMap((name) => name.trim() || []);
  if (names.length === 0) return targets;
  const known = targets.map(platformOf);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown) throw new Error(`TARGETS names ${unknown}; there are ${known.join(', ')}.`);
  return targets.filter((target) => names.includes(platformOf(target)));
}
