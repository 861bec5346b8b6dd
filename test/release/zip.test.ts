import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { unzipSync } from 'fflate';
import { zip } from '../../scripts/release/zip';
import type { Part } from '../../scripts/starter/parts';

const entries: Part[] = [
  { name: 'NOTICE', content: Buffer.from('words '.repeat(100)), executable: false },
  { name: 'program', content: Buffer.from('#!'), executable: true },
];
/** A moment that does not exist in Berlin: the clocks go from two to three. */
const date = new Date('2026-03-29T02:30:10Z');

it('holds the files with their modes, in the order given', () => {
  const made = Buffer.from(zip(entries, date));
  const unpacked = unzipSync(made);
  expect(Object.keys(unpacked)).toEqual(['NOTICE', 'program']);
  for (const { name, content } of entries) expect(Buffer.from(unpacked[name] ?? [])).toEqual(content);
  // The directory at the end: "made by" Unix, and the mode in the upper half of the attributes.
  const modes = [...positions(made, 'PK\x01\x02')].map((at) => [
    made[at + 5],
    made.readUInt32LE(at + 38) >>> 16,
  ]);
  expect(modes).toEqual([
    [3, 0o100644],
    [3, 0o100755],
  ]);
});

it('compresses every file, except that a large one is stored if there is haste; another reader finds it in both', () => {
  const large = { name: 'large', content: Buffer.alloc(10e6, 'large '), executable: true };
  const read = (options: { hasty?: boolean }) => {
    const made = Buffer.from(zip([...entries, large], date, options));
    return [...positions(made, 'PK\x03\x04')].map((at) => {
      const [method, size, name, extra] = [made.readUInt16LE(at + 8), made.readUInt32LE(at + 18), 26, 28];
      const data = at + 30 + made.readUInt16LE(at + name) + made.readUInt16LE(at + extra);
      const content = made.subarray(data, data + size);
      return { method, content: method === 8 ? inflateRawSync(content) : content };
    });
  };
  const [careful, hasty] = [read({}), read({ hasty: true })];
  expect([careful, hasty].map((all) => all.map(({ method }) => method))).toEqual([
    [8, 8, 8],
    [8, 8, 0],
  ]);
  for (const [index, { content }] of [...entries, large].entries()) {
    for (const made of [careful, hasty]) expect(made[index]?.content.equals(content)).toBe(true);
  }
});

it('is the same in every time zone, with the day of the date', () => {
  const program = `
    const { zip } = require(${JSON.stringify(resolve(__dirname, '../../scripts/release/zip.ts'))});
    const entry = { name: 'a', content: Buffer.from('a'), executable: false };
    process.stdout.write(Buffer.from(zip([entry], new Date(${date.getTime()}))).toString('hex'));`;
  const made = ['UTC', 'Europe/Berlin', 'Pacific/Auckland', 'America/Los_Angeles'].map((TZ) =>
    execFileSync(process.execPath, ['-r', require.resolve('tsx/cjs'), '-e', program], {
      env: { PATH: process.env.PATH, TZ },
      encoding: 'utf8',
    }),
  );
  expect(new Set(made).size).toBe(1);
  const head = Buffer.from(made[0] ?? '', 'hex');
  const [time, day] = [head.readUInt16LE(10), head.readUInt16LE(12)];
  expect([time >> 11, (time >> 5) & 63, time & 31]).toEqual([12, 0, 0]);
  expect([1980 + (day >> 9), (day >> 5) & 15, day & 31]).toEqual([2026, 3, 29]);
});

function* positions(bytes: Buffer, mark: string): Generator<number> {
  for (let at = bytes.indexOf(mark, 0, 'latin1'); at >= 0; at = bytes.indexOf(mark, at + 1, 'latin1'))
    yield at;
}
