import { createHash } from 'node:crypto';
import { findParts } from './parts';

/** Linkers sign with pages of this size for every architecture. */
const pageSize = 4096;
/** Segments in memory are whole pages of the largest kind that macOS has. */
const segmentUnit = 0x4000;
const hashSize = 32;

/**
 * Signs an executable for macOS ad hoc, as a linker does: with the hash of every page and nobody's key. macOS ends a
 * process whose pages do not fit its signature.
 *
 * Bun leaves what it compiles for Intel with the signature of its own runtime, which covers neither the length nor all
 * pages of the result (oven-sh/bun#39837). Once that is mended, this folder can go, with signWhereNeeded in build.ts.
 *
 * @param executable a 64-bit Mach-O whose last part is a signature, valid or not; it is replaced
 * @returns the signed executable
 * @throws if the file does not have that form
 */
export function signAdHoc(executable: Buffer, identifier: string): Buffer {
  const { signature, linkEdit, text } = findParts(executable);
  const limit = signature.dataOffset;
  const size = align(blobSize(identifier, limit), 16);
  const signed = Buffer.alloc(limit + size);
  executable.copy(signed, 0, 0, limit);
  // The header is on a page that is hashed: it is completed first.
  signed.writeUInt32LE(size, signature.at + 12);
  const fileSize = limit + size - linkEdit.fileOffset;
  signed.writeBigUInt64LE(BigInt(align(fileSize, segmentUnit)), linkEdit.at + 32);
  signed.writeBigUInt64LE(BigInt(fileSize), linkEdit.at + 48);
  const directory = codeDirectory(signed.subarray(0, limit), identifier, text);
  superBlob(directory).copy(signed, limit);
  return signed;
}

/** The one blob that holds the others: here only the code directory. */
function superBlob(directory: Buffer): Buffer {
  const head = Buffer.alloc(20);
  head.writeUInt32BE(0xfade0cc0, 0);
  head.writeUInt32BE(head.length + directory.length, 4);
  head.writeUInt32BE(1, 8);
  // Slot 0, the code directory, follows at once.
  head.writeUInt32BE(0, 12);
  head.writeUInt32BE(head.length, 16);
  return Buffer.concat([head, directory]);
}

const headSize = 88;
const pagesIn = (length: number) => Math.ceil(length / pageSize);
const directorySize = (identifier: string, limit: number) =>
  headSize + Buffer.byteLength(identifier) + 1 + pagesIn(limit) * hashSize;
const blobSize = (identifier: string, limit: number) => 20 + directorySize(identifier, limit);

function codeDirectory(
  code: Buffer,
  identifier: string,
  text: { fileOffset: number; fileSize: number },
): Buffer {
  const directory = Buffer.alloc(directorySize(identifier, code.length));
  const hashes = headSize + Buffer.byteLength(identifier) + 1;
  const words = [
    0xfade0c02,
    directory.length,
    0x20400,
    // Ad hoc, and signed as a linker does: without requirements and without a certificate's blob.
    0x20002,
    hashes,
    headSize,
    0,
    pagesIn(code.length),
    code.length,
  ];
  for (const [index, word] of words.entries()) directory.writeUInt32BE(word, index * 4);
  directory.set([hashSize, 2, 0, Math.log2(pageSize)], 36);
  directory.writeBigUInt64BE(BigInt(text.fileOffset), 64);
  directory.writeBigUInt64BE(BigInt(text.fileSize), 72);
  // A main program, not a library.
  directory.writeBigUInt64BE(1n, 80);
  directory.write(identifier, headSize);
  for (let page = 0; page < pagesIn(code.length); page++) {
    const content = code.subarray(page * pageSize, (page + 1) * pageSize);
    createHash('sha256')
      .update(content)
      .digest()
      .copy(directory, hashes + page * hashSize);
  }
  return directory;
}

const align = (value: number, unit: number) => Math.ceil(value / unit) * unit;
