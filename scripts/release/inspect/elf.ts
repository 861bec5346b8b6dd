/** What kind of program a file in Linux's form is. */
export interface Elf {
  readonly bits: 32 | 64;
  readonly architecture: 'x86-64' | 'arm64' | 'another';
  readonly isProgram: boolean;
}

/** @throws where it is no ELF file of little-endian numbers */
export function readElf(file: Buffer): Elf {
  if (file.length < 64 || file.toString('latin1', 0, 4) !== '\x7fELF' || file[5] !== 1) {
    throw new Error('It is no ELF file for a little-endian machine.');
  }
  const architecture = ({ 62: 'x86-64', 183: 'arm64' } as const)[file.readUInt16LE(18)] ?? 'another';
  // 2 is a program, 3 one that may be loaded anywhere.
  return { bits: file[4] === 2 ? 64 : 32, architecture, isProgram: [2, 3].includes(file.readUInt16LE(16)) };
}
