import { readMachO } from '../../scripts/release/inspect/mach-o';
import { signAdHoc } from '../../scripts/release/mach-o/sign';
import { madeUp } from './mach-o-support';

const identifier = 'terraform-provider-domo';
const signed = () => signAdHoc(madeUp(), identifier);

/** The file with one byte changed. */
function changed(at: number, file = signed()): Buffer {
  const copy = Buffer.from(file);
  copy.writeUInt8((copy[at] ?? 0) ^ 1, at);
  return copy;
}

it('signs a file whose signature fits no longer', () => {
  expect(() => readMachO(madeUp())).toThrow('no code directory');
  expect(readMachO(signed())).toEqual({
    architecture: 'x86-64',
    isProgram: true,
    isAdHoc: true,
    pages: 3,
    problem: undefined,
  });
  expect(signed().toString('latin1', 0x2800)).toContain(`${identifier}\0`);
});

it('signs again what is signed, and it is the same', () => {
  expect(signAdHoc(signed(), identifier)).toEqual(signed());
});

it('changes nothing of the code, and of the header only the sizes', () => {
  const [before, after] = [madeUp(), signed()];
  const different = [...before.subarray(0, 0x2800).keys()].filter((at) => before[at] !== after[at]);
  // The sizes of __LINKEDIT (in memory and in the file) and of the signature.
  const sizes = [
    [136, 144],
    [152, 160],
    [204, 208],
  ] as const;
  expect(different.filter((at) => !sizes.some(([from, to]) => at >= from && at < to))).toEqual([]);
  expect(different.length).toBeGreaterThan(0);
});

it.each([
  ['a byte of the header', 100, '1 of 3 pages'],
  ['a byte of the code', 0x1800, '1 of 3 pages'],
  ['the last byte before the signature', 0x27ff, '1 of 3 pages'],
  ['a hash', 0x2800 + 20 + 88 + 24, '1 of 3 pages'],
  ['how much is covered', 0x2800 + 20 + 35, 'it covers 10241 bytes, and there are 10240'],
])('finds that %s was changed', (_, at, problem) => {
  expect(readMachO(changed(at)).problem).toContain(problem);
});

it('finds that something was put behind the signature', () => {
  const { problem } = readMachO(Buffer.concat([signed(), Buffer.alloc(16)]));
  expect(problem).toBe('it is not at the end of the file');
});

it('does not sign what has something behind its signature', () => {
  expect(() => signAdHoc(Buffer.concat([madeUp(), Buffer.alloc(16)]), identifier)).toThrow(
    'not the last part',
  );
});

it('knows what is not a Mach-O file', () => {
  expect(() => readMachO(Buffer.from('#!/bin/sh\n'.repeat(10)))).toThrow('not a 64-bit Mach-O');
  expect(() => signAdHoc(Buffer.alloc(4096), identifier)).toThrow('not a 64-bit Mach-O');
});
