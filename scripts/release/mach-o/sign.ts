import { createHash } from 'node:crypto';
import { findParts } from './parts';

/** Linkers sign pages of this size, whatever the architecture. */
const pageSize = 4096;
/** In memory a segment is a multiple of macOS's largest page. */
const segmentUnit = 0x4000;
const hashSize = 32;

/**
 * Signs an executable for macOS ad hoc, as a linker does: with a hash of every page and nobody's key. macOS kills a
 * process whose pages do not match its signature.
 *
 * What Bun compiles for Intel keeps the signature of Bun's own runtime, which matches neither the length nor all pages
 * of the result (oven-sh/bun#39837). Once that is fixed, delete this folder, and signWhereNeeded in build.ts.
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
  // The header is on a page that is hashed, so it is completed first.
  signed.writeUInt32LE(size, signature.at + 12);
  const fileSize = limit + size - linkEdit.fileOffset;
  signed.writeBigUInt64LE(BigInt(align(fileSize, segmentUnit)), linkEdit.at + 32);
  signed.writeBigUInt64LE(BigInt(fileSize), linkEdit.at + 48);
  const directory = codeDirectory(signed.subarray(0, limit), identifier, text);
  superBlob(directory).copy(signed, limit);
  return signed;
}

/** The blob that holds the others: here only the code directory. */
function superBlob(directory: Buffer): Buffer {
  const head = Buffer.alloc(20);
  head.writeUInt32BE(0xfade0cc0, 0);
  head.writeUInt32BE(head.length + directory.length, 4);
  head.writeUInt32BE(1, 8);
  // Slot 0, the code directory, comes right after.
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
    // Ad hoc and signed by a linker: without requirements, and without a blob for a certificate.
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
  // The main program, not a library.
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
