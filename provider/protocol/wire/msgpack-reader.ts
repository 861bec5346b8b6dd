import { unknown, type WireValue } from '../../framework/schema/unknown';

/** Where in the bytes the next value begins. */
interface Reader {
  readonly bytes: Buffer;
  at: number;
}

/** Reads a value as msgpack (https://msgpack.org) as far as Terraform uses it. Throws on anything else. */
export function readMsgpack(bytes: Buffer): WireValue {
  const reader = { bytes, at: 0 };
  const value = readValue(reader);
  if (reader.at !== bytes.length) throw malformed();
  return value;
}

function readValue(reader: Reader): WireValue {
  const code = reader.bytes[reader.at];
  if (code === undefined) throw malformed();
  reader.at += 1;
  if (code < 0x80) return code;
  if (code < 0x90) return readObject(reader, code & 0x0f);
  if (code < 0xa0) return readArray(reader, code & 0x0f);
  if (code < 0xc0) return readText(reader, code & 0x1f);
  if (code >= 0xe0) return code - 0x100;
  switch (code) {
    case 0xc0:
      return null;
    case 0xc2:
      return false;
    case 0xc3:
      return true;
    case 0xc7:
      return readUnknown(reader, readLength(reader, 1));
    case 0xc8:
      return readUnknown(reader, readLength(reader, 2));
    case 0xc9:
      return readUnknown(reader, readLength(reader, 4));
    case 0xca:
      return reader.bytes.readFloatBE(advance(reader, 4));
    case 0xcb:
      return reader.bytes.readDoubleBE(advance(reader, 8));
    case 0xcc:
      return readLength(reader, 1);
    case 0xcd:
      return readLength(reader, 2);
    case 0xce:
      return readLength(reader, 4);
    case 0xcf:
      return reader.bytes.readBigUInt64BE(advance(reader, 8));
    case 0xd0:
      return reader.bytes.readInt8(advance(reader, 1));
    case 0xd1:
      return reader.bytes.readInt16BE(advance(reader, 2));
    case 0xd2:
      return reader.bytes.readInt32BE(advance(reader, 4));
    case 0xd3:
      return reader.bytes.readBigInt64BE(advance(reader, 8));
    case 0xd4:
    case 0xd5:
    case 0xd6:
    case 0xd7:
    case 0xd8:
      return readUnknown(reader, 2 ** (code - 0xd4));
    case 0xd9:
      return readText(reader, readLength(reader, 1));
    case 0xda:
      return readText(reader, readLength(reader, 2));
    case 0xdb:
      return readText(reader, readLength(reader, 4));
    case 0xdc:
      return readArray(reader, readLength(reader, 2));
    case 0xdd:
      return readArray(reader, readLength(reader, 4));
    case 0xde:
      return readObject(reader, readLength(reader, 2));
    case 0xdf:
      return readObject(reader, readLength(reader, 4));
    default:
      throw malformed();
  }
}

/** Steps over this many bytes; where they begin. */
function advance(reader: Reader, size: number): number {
  const begin = reader.at;
  if (begin + size > reader.bytes.length) throw malformed();
  reader.at = begin + size;
  return begin;
}

function readLength(reader: Reader, size: 1 | 2 | 4): number {
  return reader.bytes.readUIntBE(advance(reader, size), size);
}

function readText(reader: Reader, size: number): string {
  const begin = advance(reader, size);
  return reader.bytes.toString('utf8', begin, begin + size);
}

function readArray(reader: Reader, length: number): WireValue {
  const items: WireValue[] = [];
  for (let index = 0; index < length; index++) items.push(readValue(reader));
  return items;
}

function readObject(reader: Reader, length: number): WireValue {
  const object: Record<string, WireValue> = {};
  for (let index = 0; index < length; index++) {
    const name = readName(reader);
    if (name === '__proto__') throw malformed();
    object[name] = readValue(reader);
  }
  return object;
}

/** A name of an attribute or a key of a map. Most have been read before, and comparing is quicker than decoding. */
function readName(reader: Reader): string {
  const size = (reader.bytes[reader.at] ?? 0) - 0xa0;
  if (size < 0 || size > longestShort) return readOtherName(reader);
  reader.at += 1;
  const begin = advance(reader, size);
  const sameSize = names[size] as Name[];
  for (const { bytes, text } of sameSize) {
    if (startsAt(reader.bytes, begin, bytes)) return text;
  }
  const bytes = Buffer.from(reader.bytes.subarray(begin, begin + size));
  const text = bytes.toString('utf8');
  if (sameSize.length < mostNames) sameSize.push({ bytes, text });
  return text;
}

function readOtherName(reader: Reader): string {
  const name = readValue(reader);
  if (typeof name !== 'string') throw malformed();
  return name;
}

interface Name {
  readonly bytes: Buffer;
  readonly text: string;
}

/** The longest text whose length is within its code. */
const longestShort = 31;
/** A schema has no more of one length, and the keys of maps, of which there can be any number, must not pile up. */
const mostNames = 8;
const names: readonly Name[][] = Array.from({ length: longestShort + 1 }, () => []);

function startsAt(bytes: Buffer, begin: number, part: Buffer): boolean {
  for (let index = 0; index < part.length; index++) {
    if (bytes[begin + index] !== part[index]) return false;
  }
  return true;
}

/** Terraform's marks: 0 carries nothing, 12 what is known about the value, which we do not use. */
function readUnknown(reader: Reader, size: number): WireValue {
  const type = reader.bytes[advance(reader, 1)];
  advance(reader, size);
  if (type !== 0 && type !== 12) throw malformed();
  return unknown;
}

const malformed = () => new Error('not well-formed msgpack');
