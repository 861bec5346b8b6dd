import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { type Bundled, bundledPackages, sandboxPackages } from '../../scripts/notice/bundled';
import { document } from '../../scripts/notice/document';
import { taken } from '../../scripts/notice/licences';
import { bunRevision, bunVersion, runtimeParts } from '../../scripts/notice/runtime';

const notice = readFileSync('NOTICE', 'utf8');
const runtime = runtimeParts();
let bundled: Bundled[];
let sandbox: Bundled[];
beforeAll(async () => {
  bundled = await bundledPackages();
  sandbox = await sandboxPackages();
});
const bun = 'node_modules/bun/bin/bun.exe';
const some: Bundled = {
  name: 'some-package',
  version: '1.2.3',
  licence: 'MIT',
  text: 'Copyright (c) 2001 Somebody\n\nDo what you like.',
  copyrights: [],
};

it('is what "make notice" writes', () => {
  expect(notice).toBe(document(bundled, runtime, sandbox));
});

it('names each package in the bundle with the version that is installed', () => {
  const listed = notice.split('\n');
  const missing = [...bundled, ...sandbox].filter(
    ({ name, version }) =>
      !listed.some((line) => line.startsWith(`${name} `) && line.split(/\s+/)[1] === version),
  );
  expect(missing).toEqual([]);
  expect(bundled.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['@bufbuild/protobuf', 'lossless-json']),
  );
});

it('leaves out what is only needed to build or to test', () => {
  const names = (packages: Bundled[]) => packages.map(({ name }) => name);
  expect(names([...bundled, ...sandbox]).filter((name) => ['jest', 'typescript'].includes(name))).toEqual([]);
  expect(names(bundled)).not.toContain('fastify');
  expect(names(sandbox)).toContain('fastify');
});

// After an upgrade of Bun: see scripts/notice/runtime.ts.
it('was compared with the runtime that is installed', () => {
  const { version } = JSON.parse(readFileSync('node_modules/bun/package.json', 'utf8')) as {
    version: string;
  };
  expect(bunVersion).toBe(version);
  expect(execFileSync(bun, ['--revision'], { encoding: 'utf8' }).trim()).toBe(`${version}+${bunRevision}`);
});

it('refuses a runtime that reports a part that is missing in the tables, or does not report one that is in them', () => {
  const versions = Object.fromEntries(
    runtime.flatMap((part) => (part.reported ? [[part.reported, '1']] : [])),
  );
  expect(runtimeParts(versions).find(({ reported }) => reported === 'zstd')?.version).toBe('1');
  expect(() => runtimeParts({ ...versions, libnew: '1' })).toThrow(
    'Bun reports libnew that is missing from the tables',
  );
  const { zstd: _, ...fewer } = versions;
  expect(() => runtimeParts(fewer)).toThrow('they have zstd that it does not report');
});

it('says how to relink what is under the LGPL', () => {
  expect(notice).toContain(`at the tag bun-v${bunVersion}`);
  expect(notice).toMatch(/They are: TinyCC; WebKit/);
  expect(
    runtime.filter(({ licence }) => licence.includes('LGPL')).map(({ name }) => name.split(' ')[0]),
  ).toEqual(['TinyCC', 'WebKit']);
});

it.each([
  'MIT',
  '(MIT)',
  'Apache-2.0 AND BSD-3-Clause',
  'GPL-3.0-only OR MIT',
  '(MIT OR GPL-2.0-only) AND ISC',
])('accepts %s in the bundle', (licence) => {
  expect(document([{ ...some, licence }], [])).toContain('Copyright (c) 2001 Somebody');
});

it.each([
  'LGPL-2.1-or-later',
  'MPL-2.0',
  'GPL-3.0-only',
  'MIT AND GPL-3.0-only',
  'UNLICENSED',
  'SEE LICENSE IN x',
])('refuses %s in the bundle', (licence) => {
  expect(() => document([{ ...some, licence }], [])).toThrow('is not allowed in the bundle');
});

it.each(['GPL-2.0-or-later', 'AGPL-3.0-only', 'SSPL-1.0'])('refuses %s in the runtime', (licence) => {
  expect(() => document([], [{ name: 'some', licence, address: 'https://example.com' }])).toThrow(
    'is not allowed in the runtime',
  );
});

it('takes of alternatives the one that asks for least', () => {
  expect(taken('Apache-2.0 OR MIT', 'runtime')).toEqual(['MIT']);
  expect(taken('Apache-2.0 WITH LLVM-exception', 'runtime')).toEqual(['Apache-2.0']);
  expect(taken('(GPL-2.0-only OR MIT) AND (ISC OR Apache-2.0)', 'bundle')).toEqual(['MIT', 'Apache-2.0']);
});

it('prints a text once for all that it covers, with the copyright of each, and its own words as they are', () => {
  const other = { ...some, name: 'other', text: '(C) 2002 Somebody Else\nDo  what\nyou like.\n' };
  const third = { ...some, name: 'third', text: 'Copyright (c) 2003 Third\n\nDo nothing.' };
  const text = document([some, other, third], []);
  expect(text.match(/^Do\s+what\s+you like\.$/gm)).toHaveLength(1);
  expect(text).toContain(
    'some-package 1.2.3\n    Copyright (c) 2001 Somebody\nother 1.2.3\n    (C) 2002 Somebody Else\n',
  );
  expect(text).toContain('third 1.2.3\n    Copyright (c) 2003 Third\n\nDo nothing.');
});

it('has the standard text and the copyright in the source for a package without a text, and refuses without', () => {
  const { text: _, ...bare } = some;
  const written = document([{ ...bare, copyrights: ['Copyright 1999 A. Author'] }], []);
  expect(written).toContain('    Copyright 1999 A. Author\n\nPermission is hereby granted, free of charge');
  expect(() => document([bare], [])).toThrow(
    'some-package 1.2.3 has neither a licence text nor a line of copyright',
  );
});

it('passes on what a NOTICE file says', () => {
  expect(document([{ ...some, notice: 'Thanks to all.\n' }], [])).toContain(
    'NOTICE of some-package:\n\nThanks to all.',
  );
});
