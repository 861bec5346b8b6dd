/** A made-up program for macOS on Intel: two segments, some code, and room for a signature with nothing valid in it. */
export function madeUp(): Buffer {
  const [codeEnd, limit, size] = [0x2000, 0x2800, 0x100];
  const commands = [
    segment('__TEXT', { memory: 0x100000000, offset: 0, size: codeEnd }),
    segment('__LINKEDIT', { memory: 0x100004000, offset: codeEnd, size: limit - codeEnd + size }),
    words(0x26, 16, codeEnd, 8),
    words(0x1d, 16, limit, size),
  ];
  const head = Buffer.concat([
    words(0xfeedfacf, 0x01000007, 3, 2, commands.length, Buffer.concat(commands).length, 0x85, 0),
    ...commands,
  ]);
  const file = Buffer.alloc(limit + size, 'code');
  head.copy(file);
  return file;
}

function words(...values: number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4);
  for (const [index, value] of values.entries()) bytes.writeUInt32LE(value, index * 4);
  return bytes;
}

function segment(name: string, { memory, offset, size }: { memory: number; offset: number; size: number }) {
  const bytes = Buffer.alloc(72);
  words(0x19, bytes.length).copy(bytes);
  bytes.write(name, 8);
  for (const [index, value] of [memory, size, offset, size].entries()) {
    bytes.writeBigUInt64LE(BigInt(value), 24 + index * 8);
  }
  return bytes;
}
