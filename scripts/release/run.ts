import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { findProgram } from '../find-program';
import { ownTarget, platformOf, type Target } from './targets';

/** Where Debian's libc6-arm64-cross and libstdc++6-arm64-cross put what a program for arm64 needs. */
const arm64Libraries = '/usr/aarch64-linux-gnu';

/**
 * Runs an executable with `--version` if this machine can, natively or with qemu.
 *
 * @returns for the release notes: what was done, or why nothing was
 * @throws if it runs and does not answer with its name and version
 */
export function tryRun(executable: string, target: Target, version: string): string {
  const own = ownTarget();
  if (own === target) {
    expectVersion([executable], version);
    return 'started on the machine that built it: `--version`';
  }
  const qemu = findProgram('qemu-aarch64-static', 'qemu-aarch64');
  if (platformOf(target) === 'linux_arm64' && qemu && existsSync(arm64Libraries)) {
    expectVersion([qemu, '-L', arm64Libraries, executable], version);
    return 'started under emulation (qemu) only: `--version`';
  }
  return `**not started**: built on ${own ? platformOf(own) : `${process.platform} ${process.arch}`}`;
}

function expectVersion([program = '', ...args]: readonly string[], version: string): void {
  const said = execFileSync(program, [...args, '--version'], { encoding: 'utf8', timeout: 60_000 }).trim();
  const expected = `terraform-provider-domo ${version}`;
  if (said !== expected) throw new Error(`It answers "${said}" to --version, not "${expected}".`);
}
