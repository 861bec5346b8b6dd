import { inspect } from '../../scripts/release/inspect';
import { signAdHoc } from '../../scripts/release/mach-o/sign';
import { chooseTargets, type Target } from '../../scripts/release/targets';
import { madeUp } from './mach-o-support';

const [darwin, darwinArm, linux, linuxArm, windows] = chooseTargets(undefined) as [
  Target,
  Target,
  Target,
  Target,
  Target,
];

function elf({ machine = 0x3e, type = 2, bits = 2 } = {}): Buffer {
  const file = Buffer.alloc(128);
  file.write('\x7fELF', 'latin1');
  file.set([bits, 1, 1], 4);
  file.writeUInt16LE(type, 16);
  file.writeUInt16LE(machine, 18);
  return file;
}

function pe({ machine = 0x8664, characteristics = 0x22, magic = 0x20b, subsystem = 3 } = {}): Buffer {
  const file = Buffer.alloc(512);
  file.write('MZ');
  file.writeUInt32LE(128, 60);
  file.write('PE', 128);
  file.writeUInt16LE(machine, 128 + 4);
  file.writeUInt16LE(characteristics, 128 + 22);
  file.writeUInt16LE(magic, 128 + 24);
  file.writeUInt16LE(subsystem, 128 + 92);
  return file;
}

const mac = () => signAdHoc(madeUp(), 'x');

it('says which loader an executable for Linux needs', () => {
  const file = elf();
  const loader = '/lib64/ld-linux-x86-64.so.2';
  file.writeBigUInt64LE(64n, 32);
  file.writeUInt16LE(56, 54);
  file.writeUInt16LE(1, 56);
  file.writeUInt32LE(3, 64);
  file.writeBigUInt64LE(128n, 64 + 8);
  file.writeBigUInt64LE(BigInt(loader.length + 1), 64 + 32);
  const whole = Buffer.concat([file, Buffer.from(`${loader}\0`)]);
  expect(inspect(whole, linux)).toBe(`ELF, 64 bits, x86-64; needs ${loader} (glibc)`);
  expect(inspect(elf(), linux)).toBe('ELF, 64 bits, x86-64');
});

it('takes what the platforms start', () => {
  expect(inspect(elf(), linux)).toContain('ELF, 64 bits, x86-64');
  expect(inspect(elf({ machine: 0xb7, type: 3 }), linuxArm)).toContain('arm64');
  expect(inspect(pe(), windows)).toContain('console; not signed');
  expect(inspect(mac(), darwin)).toContain('all 3 page hashes');
});

it.each([
  ['a program for another processor', elf({ machine: 0xb7 }), linux, 'It is for arm64 processors'],
  ['a program of 32 bits', elf({ bits: 1 }), linux, 'not a 64-bit program'],
  ['an object file', elf({ type: 1 }), linux, 'not a 64-bit program'],
  ['a program of another system', pe(), linux, 'not an ELF file'],
  ['a library for Windows', pe({ characteristics: 0x2022 }), windows, 'not a 64-bit program'],
  ['a program of 32 bits for Windows', pe({ magic: 0x10b }), windows, 'not a 64-bit program'],
  ['a program with windows alone', pe({ subsystem: 2 }), windows, 'not a console program'],
  ['another processor under Windows', pe({ machine: 0xaa64 }), windows, 'It is for arm64 processors'],
  ['a script under Windows', Buffer.from('MZ'.repeat(99)), windows, 'not a PE file'],
  ['another processor under macOS', mac(), darwinArm, 'It is for x86-64 processors'],
  [
    'a program without a valid signature',
    Buffer.from(mac()).fill(1, 0x1800, 0x1801),
    darwin,
    'not valid: 1 of 3 pages',
  ],
  [
    'a path of this machine',
    Buffer.concat([elf(), Buffer.from(`${process.cwd()}/x`)]),
    linux,
    'path of this machine',
  ],
])('refuses %s', (_, file, target, sentence) => {
  expect(() => inspect(file, target)).toThrow(sentence);
});
