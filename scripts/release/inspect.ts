import { homedir } from 'node:os';
import { readElf } from './inspect/elf';
import { readMachO } from './inspect/mach-o';
import { readPe } from './inspect/pe';
import type { Target } from './targets';

const architectures = { amd64: 'x86-64', arm64: 'arm64' } as const;

/**
 * Checks that an executable is one that its platform can start, as far as that can be told without starting it.
 *
 * @returns what was found, for the release notes
 * @throws at the first thing that is wrong
 */
export function inspect(executable: Buffer, target: Target): string {
  for (const folder of [process.cwd(), homedir()]) {
    // A short path, as in a container, is in any file by chance.
    expect(
      folder.length < 6 || !executable.includes(folder),
      `It contains a path of this machine: ${folder}`,
    );
  }
  return { linux: inspectElf, darwin: inspectMachO, windows: inspectPe }[target.os](executable, target);
}

function inspectElf(executable: Buffer, { arch }: Target): string {
  const { bits, architecture, isProgram, interpreter } = readElf(executable);
  expect(isProgram && bits === 64, 'It is not a 64-bit program.');
  expect(architecture === architectures[arch], `It is for ${architecture} processors.`);
  const loader = interpreter
    ? `; needs ${interpreter}${interpreter.includes('ld-linux') ? ' (glibc)' : ''}`
    : '';
  return `ELF, 64 bits, ${architecture}${loader}`;
}

function inspectPe(executable: Buffer, { arch }: Target): string {
  const { bits, architecture, isProgram, isConsole } = readPe(executable);
  expect(isProgram && bits === 64, 'It is not a 64-bit program.');
  expect(architecture === architectures[arch], `It is for ${architecture} processors.`);
  expect(isConsole, 'It is not a console program: Terraform could not read what it prints.');
  return `PE, 64 bits, ${architecture}, console; not signed`;
}

function inspectMachO(executable: Buffer, { arch }: Target): string {
  const { architecture, isProgram, isAdHoc, pages, problem } = readMachO(executable);
  expect(isProgram, 'It is not a program.');
  expect(architecture === architectures[arch], `It is for ${architecture} processors.`);
  expect(problem === undefined, `Its code signature is not valid: ${problem}.`);
  expect(isAdHoc, 'Its code signature is not an ad hoc one, nor is it signed otherwise.');
  return `Mach-O, 64 bits, ${architecture}; ad hoc signature with all ${pages} page hashes correct; not notarised`;
}

function expect(holds: boolean, otherwise: string): void {
  if (!holds) throw new Error(otherwise);
}
