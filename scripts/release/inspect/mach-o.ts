import { createHash } from 'node:crypto';

/**
 * What a Mach-O file is, and whether the hashes in its signature are those of its pages. The rest of the signature is
 * left to Apple's codesign, which the release workflow asks. Shares no code with the signer.
 */
export interface MachO {
  readonly architecture: 'x86-64' | 'arm64' | 'another';
  readonly isProgram: boolean;
  /** Signed with nobody's key. */
  readonly isAdHoc: boolean;
  /** How many pages the signature has to cover. */
  readonly pages: number;
  /** Why macOS would refuse the signature; undefined if it fits. */
  readonly problem: string | undefined;
}

/** @throws if it is not a 64-bit Mach-O file, or has no signature */
export function readMachO(file: Buffer): MachO {
  if (file.length < 32 || file.readUInt32LE(0) !== 0xfeedfacf)
    throw new Error('It is not a 64-bit Mach-O file.');
  const { start, end } = signatureOf(file);
  const directory = directoryOf(file.subarray(start, end));
  const limit = directory.readUInt32BE(32);
  const pageSize = 2 ** directory.readUInt8(39);
  const pages = Math.ceil(start / pageSize);
  const covered = { code: file.subarray(0, start), pageSize, pages };
  return {
    architecture: ({ 16777223: 'x86-64', 16777228: 'arm64' } as const)[file.readUInt32LE(4)] ?? 'another',
    isProgram: file.readUInt32LE(12) === 2,
    isAdHoc: (directory.readUInt32BE(12) & 2) !== 0,
    pages,
    problem:
      end !== file.length
        ? 'it is not at the end of the file'
        : limit !== start
          ? `it covers ${limit} bytes, and there are ${start} before it`
          : changedPages(directory.subarray(directory.readUInt32BE(16)), covered),
  };
}

/** Where the signature lies, as its load command says (LC_CODE_SIGNATURE). */
function signatureOf(file: Buffer): { start: number; end: number } {
  const commandsEnd = 32 + file.readUInt32LE(20);
  for (let at = 32; at < commandsEnd; at += file.readUInt32LE(at + 4)) {
    if (file.readUInt32LE(at) !== 0x1d) continue;
    const start = file.readUInt32LE(at + 8);
    return { start, end: start + file.readUInt32LE(at + 12) };
  }
  throw new Error('It has no code signature, so macOS will not start it on Apple silicon.');
}

/** The code directory, which has the hashes: the blob in slot 0 of the signature. */
function directoryOf(signature: Buffer): Buffer {
  const count =
    signature.length > 12 && signature.readUInt32BE(0) === 0xfade0cc0 ? signature.readUInt32BE(8) : 0;
  for (let at = 12; at < 12 + count * 8; at += 8) {
    const blob = signature.subarray(signature.readUInt32BE(at + 4));
    if (signature.readUInt32BE(at) === 0 && blob.readUInt32BE(0) === 0xfade0c02) return blob;
  }
  throw new Error('Its code signature has no code directory.');
}

function changedPages(
  hashes: Buffer,
  { code, pageSize, pages }: { code: Buffer; pageSize: number; pages: number },
): string | undefined {
  let changed = 0;
  for (let page = 0; page < pages; page++) {
    const hash = createHash('sha256').update(code.subarray(page * pageSize, (page + 1) * pageSize));
    if (!hash.digest().equals(hashes.subarray(page * 32, (page + 1) * 32))) changed++;
  }
  return changed === 0 ? undefined : `${changed} of ${pages} pages differ from those that were signed`;
}
