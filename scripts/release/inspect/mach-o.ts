import { createHash } from 'node:crypto';

/** What a Mach-O file is, and what is wrong with its signature. Written from Apple's headers, not from the signer. */
export interface MachO {
  readonly architecture: 'x86-64' | 'arm64' | 'another';
  readonly isProgram: boolean;
  readonly identifier: string;
  /** Signed with nobody's key. */
  readonly isAdHoc: boolean;
  readonly pages: number;
  /** Everything by which macOS would refuse it; empty where the signature is valid. */
  readonly problems: readonly string[];
}

interface Command {
  readonly kind: number;
  readonly bytes: DataView;
}

/** @throws where it is no 64-bit Mach-O file, or it has no signature */
export function readMachO(file: Buffer): MachO {
  const view = new DataView(file.buffer, file.byteOffset, file.length);
  if (file.length < 32 || view.getUint32(0, true) !== 0xfeedfacf) {
    throw new Error('It is no 64-bit Mach-O file.');
  }
  const commands = commandsOf(view);
  const place = commands.find(({ kind }) => kind === 0x1d)?.bytes;
  if (!place) throw new Error('It has no code signature, and macOS does not start it on Apple silicon.');
  const [start, size] = [place.getUint32(8, true), place.getUint32(12, true)];
  const problems = start + size === file.length ? [] : ['the signature is not the end of the file'];
  const segment = (name: string) =>
    commands.find(({ kind, bytes }) => kind === 0x19 && text(bytes, 8, 16) === name)?.bytes;
  const linkEdit = segment('__LINKEDIT');
  if (!linkEdit || offset(linkEdit, 40) + offset(linkEdit, 48) !== file.length) {
    problems.push('__LINKEDIT does not end where the file ends');
  } else if (offset(linkEdit, 32) < offset(linkEdit, 48)) {
    problems.push('__LINKEDIT is larger in the file than in memory');
  }
  const signature = readSignature(file, start, size, segment('__TEXT'));
  return {
    architecture: ({ 16777223: 'x86-64', 16777228: 'arm64' } as const)[view.getUint32(4, true)] ?? 'another',
    isProgram: view.getUint32(12, true) === 2,
    ...signature,
    problems: [...problems, ...signature.problems],
  };
}

function commandsOf(view: DataView): Command[] {
  const commands: Command[] = [];
  const end = 32 + view.getUint32(20, true);
  for (let at = 32; at < end; ) {
    const length = view.getUint32(at + 4, true);
    commands.push({
      kind: view.getUint32(at, true),
      bytes: new DataView(view.buffer, view.byteOffset + at, length),
    });
    at += length;
  }
  return commands;
}

function readSignature(file: Buffer, start: number, size: number, textSegment: DataView | undefined) {
  const problems: string[] = [];
  const expect = (holds: boolean, otherwise: string) => void (holds || problems.push(otherwise));
  const blobs = blobsOf(file.subarray(start, start + size));
  const directory = blobs.get(0);
  if (directory?.readUInt32BE(0) !== 0xfade0c02) throw new Error('It has no code directory.');
  const [version, flags, hashesAt, identifierAt, specials, pages, limit] = [8, 12, 16, 20, 24, 28, 32].map(
    (at) => directory.readUInt32BE(at),
  ) as [number, number, number, number, number, number, number];
  const [hashLength, hashKind, , pageBits] = directory.subarray(36, 40) as unknown as number[];
  const pageSize = 2 ** (pageBits ?? 0);
  const hashAt = (slot: number) => directory.subarray(hashesAt + slot * 32, hashesAt + (slot + 1) * 32);
  expect(hashLength === 32 && hashKind === 2, 'its hashes are not SHA-256');
  expect(limit === start, `it covers ${limit} bytes, and there are ${start} before it`);
  expect(pages === Math.ceil(limit / pageSize), `it has ${pages} pages for ${limit} bytes`);
  let changed = 0;
  for (let page = 0; page < pages; page++) {
    const content = file.subarray(page * pageSize, Math.min((page + 1) * pageSize, limit));
    if (!sha256(content).equals(hashAt(page))) changed++;
  }
  expect(changed === 0, `${changed} of ${pages} pages are not those that were signed`);
  for (let slot = 1; slot <= specials; slot++) {
    const blob = blobs.get(slot);
    const wanted = blob ? sha256(blob) : Buffer.alloc(32);
    expect(wanted.equals(hashAt(-slot)), `what special slot ${slot} is of has another hash`);
  }
  const known = version >= 0x20400 && textSegment !== undefined;
  expect(
    known &&
      directory.readBigUInt64BE(64) === textSegment.getBigUint64(40, true) &&
      directory.readBigUInt64BE(72) === textSegment.getBigUint64(48, true) &&
      directory.readBigUInt64BE(80) === 1n,
    'it does not say where the code of a main program is',
  );
  const certificates = blobs.get(0x10000);
  return {
    identifier: directory.toString('latin1', identifierAt, directory.indexOf(0, identifierAt)),
    isAdHoc: (flags & 2) !== 0 && (certificates === undefined || certificates.length <= 8),
    pages,
    problems,
  };
}

/** The blobs of a signature by their slots: 0 is the code directory, 0x10000 has the certificates. */
function blobsOf(signature: Buffer): Map<number, Buffer> {
  if (signature.length < 12 || signature.readUInt32BE(0) !== 0xfade0cc0) {
    throw new Error('What is at the place of its code signature is none.');
  }
  const count = signature.readUInt32BE(8);
  return new Map(
    Array.from({ length: count }, (_, index) => {
      const [slot, at] = [signature.readUInt32BE(12 + index * 8), signature.readUInt32BE(16 + index * 8)];
      return [slot, signature.subarray(at, at + signature.readUInt32BE(at + 4))];
    }),
  );
}

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest();
const offset = (bytes: DataView, at: number) => Number(bytes.getBigUint64(at, true));
const text = (bytes: DataView, at: number, length: number) =>
  Buffer.from(bytes.buffer, bytes.byteOffset + at, length)
    .toString('latin1')
    .replace(/\0.*$/s, '');
