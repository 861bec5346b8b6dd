import { inspect } from 'node:util';
import { Decoder, Encoder, ExtensionCodec } from '@msgpack/msgpack';
import fc from 'fast-check';
import { isUnknown, unknown, type WireValue } from '../../../../provider/framework/schema/unknown';
import { readMsgpack } from '../../../../provider/protocol/wire/msgpack-reader';
import { writeMsgpack } from '../../../../provider/protocol/wire/msgpack-writer';

/** An independent reader and writer, with Terraform's marks for unknown values. */
const extensionCodec = new ExtensionCodec();
extensionCodec.register({
  type: 0,
  encode: (value) => (isUnknown(value) ? new Uint8Array(1) : null),
  decode: () => unknown,
});
extensionCodec.register({ type: 12, encode: () => null, decode: () => unknown });
const options = { extensionCodec, useBigInt64: true };
const [encoder, decoder] = [new Encoder(options), new Decoder(options)];

const texts = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 400 }),
  fc.integer({ min: 0, max: 70_000 }).map((size) => 'x'.repeat(size)),
);
const numbers = fc.oneof(
  fc.integer(),
  fc.integer({ min: -(2 ** 33), max: 2 ** 33 }),
  fc.double({ noNaN: true }),
  fc.constantFrom(
    ...[7, 8, 15, 16, 31, 32].flatMap((bits) => [-1, 0, 1].flatMap((d) => [2 ** bits + d, -(2 ** bits) - d])),
  ),
);
const { value } = fc.letrec<{ value: WireValue }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    texts,
    numbers,
    fc.bigInt({ min: -(2n ** 63n), max: 2n ** 64n - 1n }),
    fc.constantFrom(null, true, false, unknown),
    fc.array(tie('value'), { maxLength: 40 }),
    fc.dictionary(
      fc.string({ maxLength: 40 }).filter((name) => name !== '__proto__'),
      tie('value'),
      { maxKeys: 20 },
    ),
  ),
}));

it('writes what an independent writer does, which both readers read alike', () => {
  fc.assert(
    fc.property(value, (value) => {
      const bytes = writeMsgpack(value);
      expect(bytes.equals(encoder.encode(value))).toBe(true);
      expect(readMsgpack(bytes)).toEqual(decoder.decode(bytes));
    }),
  );
});

it.each([
  ['an array', [], Array.from({ length: 70_000 }, (_, index) => index)],
  [
    'an object',
    {},
    Object.fromEntries(Array.from({ length: 70_000 }, (_, index) => [`key ${index}`, index])),
  ],
])('writes and reads %s of any size', (_, empty, large) => {
  for (const value of [empty, large]) {
    expect(writeMsgpack(value).equals(encoder.encode(value))).toBe(true);
    expect(readMsgpack(writeMsgpack(value))).toEqual(value);
  }
});

it('reads whatever bytes another reader reads, or throws', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      let read: WireValue;
      try {
        read = readMsgpack(Buffer.from(bytes));
      } catch {
        return;
      }
      // Each replaces in its own way what is not UTF-8.
      if (!inspect(read, { depth: null }).includes('\ufffd')) expect(read).toEqual(decoder.decode(bytes));
    }),
    { numRuns: 2000 },
  );
});

it('throws for every value that is cut off', () => {
  fc.assert(
    fc.property(value, fc.nat(), (value, at) => {
      const bytes = writeMsgpack(value);
      expect(() => readMsgpack(bytes.subarray(0, at % bytes.length))).toThrow('msgpack');
    }),
  );
});

it('a value too deep for the reader is refused', () => {
  expect(() => readMsgpack(Buffer.alloc(1_000_000, 0x91))).toThrow();
});

it('what was written stays as it is when another value is', () => {
  const first = writeMsgpack({ a: 'first' });
  writeMsgpack({ b: 'x'.repeat(10_000) });
  expect(readMsgpack(first)).toEqual({ a: 'first' });
});
