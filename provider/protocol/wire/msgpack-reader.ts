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
    const name = readValue(reader);
    if (typeof name !== 'string' || name === '__proto__') throw malformed();
    object[name] = readValue(reader);
  }
  return object;
}

/** Terraform's marks: 0 carries nothing, 12 what is known about the value, which we do not use. */
function readUnknown(reader: Reader, size: number): WireValue {
  const type = reader.bytes[advance(reader, 1)];
  advance(reader, size);
  if (type !== 0 && type !== 12) throw malformed();
  return unknown;
}

const malformed = () => new Error('not well-formed msgpack');
