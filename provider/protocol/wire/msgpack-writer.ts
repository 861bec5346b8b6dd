import { isUnknown, type WireValue } from '../../framework/schema/unknown';

// One for all values, since each of them is written at once, and then copied.
let buffer = Buffer.allocUnsafe(4096);
let end = 0;

/** Writes a value as msgpack (https://msgpack.org), each part in its shortest form, as Terraform does. */
export function writeMsgpack(value: WireValue): Buffer {
  end = 0;
  writeValue(value);
  return Buffer.from(buffer.subarray(0, end));
}

function writeValue(value: WireValue | undefined): void {
  if (value === null || value === undefined) writeByte(0xc0);
  else if (typeof value === 'string') writeText(value);
  else if (typeof value === 'boolean') writeByte(value ? 0xc3 : 0xc2);
  else if (typeof value === 'number') writeNumber(value);
  else if (typeof value === 'bigint') writeBigInt(value);
  else if (isUnknown(value)) writeUnknown();
  else if (Array.isArray(value)) writeArray(value);
  else writeObject(value as Readonly<Record<string, WireValue>>);
}

/** An extension of type 0 with a byte that means nothing. */
function writeUnknown(): void {
  writeByte(0xd4);
  writeByte(0);
  writeByte(0);
}

function writeArray(items: readonly WireValue[]): void {
  writeHead(items.length, 0x90, 15, 0xdc);
  for (const item of items) writeValue(item);
}

function writeObject(object: Readonly<Record<string, WireValue>>): void {
  const names = Object.keys(object);
  writeHead(names.length, 0x80, 15, 0xde);
  for (const name of names) {
    writeText(name);
    writeValue(object[name]);
  }
}

/** Makes room for so many bytes more; where they begin. */
function reserve(size: number): number {
  if (end + size > buffer.length) {
    const larger = Buffer.allocUnsafe((end + size) * 2);
    buffer.copy(larger, 0, 0, end);
    buffer = larger;
  }
  const begin = end;
  end += size;
  return begin;
}

function writeByte(byte: number): void {
  buffer[reserve(1)] = byte;
}

function writeText(text: string): void {
  if (text.length > 31 || !writeShortAscii(text)) writeLongText(text);
}

/** Most texts are names, which are written without a call of the runtime. False if the text has other characters. */
function writeShortAscii(text: string): boolean {
  const begin = reserve(text.length + 1);
  buffer[begin] = 0xa0 | text.length;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code > 0x7f) {
      end = begin;
      return false;
    }
    buffer[begin + 1 + index] = code;
  }
  return true;
}

function writeLongText(text: string): void {
  const size = Buffer.byteLength(text);
  if (size > 31 && size <= 0xff) {
    writeUnsigned(0xd9, size, 1);
  } else writeHead(size, 0xa0, 31, 0xda);
  const begin = reserve(size);
  buffer.write(text, begin, size, 'utf8');
}

/** A length: within the code if it is short, else in the two bytes after `code`, or the four after the next code. */
function writeHead(length: number, short: number, shortest: number, code: number): void {
  if (length <= shortest) writeByte(short | length);
  else if (length <= 0xffff) writeUnsigned(code, length, 2);
  else writeUnsigned(code + 1, length, 4);
}

function writeUnsigned(code: number, value: number, size: 1 | 2 | 4): void {
  writeByte(code);
  const begin = reserve(size);
  buffer.writeUIntBE(value, begin, size);
}

function writeSigned(code: number, value: number, size: 1 | 2 | 4): void {
  writeByte(code);
  const begin = reserve(size);
  buffer.writeIntBE(value, begin, size);
}

function writeNumber(value: number): void {
  if (!Number.isInteger(value) || value < -(2 ** 31) || value >= 2 ** 32) writeDouble(value);
  else if (value >= 2 ** 16) writeUnsigned(0xce, value, 4);
  else if (value >= 2 ** 8) writeUnsigned(0xcd, value, 2);
  else if (value >= 2 ** 7) writeUnsigned(0xcc, value, 1);
  else if (value >= -(2 ** 5)) writeByte(value & 0xff);
  else if (value >= -(2 ** 7)) writeSigned(0xd0, value, 1);
  else if (value >= -(2 ** 15)) writeSigned(0xd1, value, 2);
  else writeSigned(0xd2, value, 4);
}

function writeDouble(value: number): void {
  writeByte(0xcb);
  const begin = reserve(8);
  buffer.writeDoubleBE(value, begin);
}

function writeBigInt(value: bigint): void {
  writeByte(value < 0n ? 0xd3 : 0xcf);
  const begin = reserve(8);
  if (value < 0n) buffer.writeBigInt64BE(value, begin);
  else buffer.writeBigUInt64BE(value, begin);
}
