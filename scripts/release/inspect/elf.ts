/** What kind of program a file in Linux's format is. */
export interface Elf {
  readonly bits: 32 | 64;
  readonly architecture: 'x86-64' | 'arm64' | 'another';
  readonly isProgram: boolean;
  /** The loader that the system must have, such as glibc's; absent if it needs none. */
  readonly interpreter?: string;
}

/** @throws if it is not an ELF file with little-endian numbers */
export function readElf(file: Buffer): Elf {
  if (file.length < 64 || file.toString('latin1', 0, 4) !== '\x7fELF' || file[5] !== 1) {
    throw new Error('It is not an ELF file for a little-endian machine.');
  }
  const architecture = ({ 62: 'x86-64', 183: 'arm64' } as const)[file.readUInt16LE(18)] ?? 'another';
  // 2 is a program, 3 one that can be loaded anywhere.
  const bits = file[4] === 2 ? 64 : 32;
  const interpreter = bits === 64 ? interpreterOf(file) : undefined;
  return {
    bits,
    architecture,
    isProgram: [2, 3].includes(file.readUInt16LE(16)),
    ...(interpreter && { interpreter }),
  };
}

/** The text of the program header of type 3, PT_INTERP, of a 64-bit file (elf(5)). */
function interpreterOf(file: Buffer): string | undefined {
  const [start, size, count] = [
    Number(file.readBigUInt64LE(32)),
    file.readUInt16LE(54),
    file.readUInt16LE(56),
  ];
  for (let header = start; header < start + size * count; header += size) {
    if (file.readUInt32LE(header) !== 3) continue;
    const at = Number(file.readBigUInt64LE(header + 8));
    const length = Number(file.readBigUInt64LE(header + 32));
    return file.toString('latin1', at, at + length).replace(/\0+$/, '');
  }
  return undefined;
}
