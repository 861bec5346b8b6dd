import { homedir } from 'node:os';
import { readElf } from './inspect/elf';
import { readMachO } from './inspect/mach-o';
import { readPe } from './inspect/pe';
import type { Target } from './targets';

const architectures = { amd64: 'x86-64', arm64: 'arm64' } as const;

/**
 * Looks whether an executable is what its platform starts, as far as that can be told without starting it.
 *
 * @returns what was found, for the release notes
 * @throws with the first thing that is not as it must be
 */
export function inspect(executable: Buffer, target: Target): string {
  for (const folder of [process.cwd(), homedir()]) {
    // A short one, as in a container, is in every file by chance.
    expect(folder.length < 6 || !executable.includes(folder), `It holds a folder of this machine: ${folder}`);
  }
  return { linux: inspectElf, darwin: inspectMachO, windows: inspectPe }[target.os](executable, target);
}

function inspectElf(executable: Buffer, { arch }: Target): string {
  const { bits, architecture, isProgram, interpreter } = readElf(executable);
  expect(isProgram && bits === 64, 'It is no 64-bit program.');
  expect(architecture === architectures[arch], `It is for ${architecture} processors.`);
  const loader = interpreter
    ? `; needs ${interpreter}${interpreter.includes('ld-linux') ? ' (glibc)' : ''}`
    : '';
  return `ELF, 64 bits, ${architecture}${loader}`;
}

function inspectPe(executable: Buffer, { arch }: Target): string {
  const { bits, architecture, isProgram, isConsole } = readPe(executable);
  expect(isProgram && bits === 64, 'It is no 64-bit program.');
  expect(architecture === architectures[arch], `It is for ${architecture} processors.`);
  expect(isConsole, 'It is no console program: Terraform could not read what it says.');
  return `PE, 64 bits, ${architecture}, console; not signed`;
}

function inspectMachO(executable: Buffer, { arch }: Target): string {
  const { architecture, isProgram, isAdHoc, pages, problem } = readMachO(executable);
  expect(isProgram, 'It is no program.');
  expect(architecture === architectures[arch], `It is for ${architecture} processors.`);
  expect(problem === undefined, `Its code signature is not valid: ${problem}.`);
  expect(isAdHoc, 'Its code signature names a certificate, and nobody has signed it.');
  return `Mach-O, 64 bits, ${architecture}; ad hoc signature with all ${pages} page hashes right; not notarised`;
}

function expect(holds: boolean, otherwise: string): void {
  if (!holds) throw new Error(otherwise);
}
