/** What kind of program a file in Windows' format is. */
export interface Pe {
  readonly bits: 32 | 64;
  readonly architecture: 'x86-64' | 'arm64' | 'another';
  readonly isProgram: boolean;
  /** If not, it has no output that a parent process could read. */
  readonly isConsole: boolean;
}

/** @throws if it is not a PE file */
export function readPe(file: Buffer): Pe {
  const at = file.length > 64 && file.toString('latin1', 0, 2) === 'MZ' ? file.readUInt32LE(60) : 0;
  if (at === 0 || file.length < at + 96 || file.toString('latin1', at, at + 4) !== 'PE\0\0') {
    throw new Error('It is not a PE file.');
  }
  const characteristics = file.readUInt16LE(at + 22);
  return {
    bits: file.readUInt16LE(at + 24) === 0x20b ? 64 : 32,
    architecture: ({ 34404: 'x86-64', 43620: 'arm64' } as const)[file.readUInt16LE(at + 4)] ?? 'another',
    // Executable, and not a library.
    isProgram: (characteristics & 0x2002) === 0x0002,
    isConsole: file.readUInt16LE(at + 92) === 3,
  };
}
