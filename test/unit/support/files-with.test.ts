import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { filesWith } from '../../support/files-with';
import { removeTempFolders, tempFolder } from '../../support/temp';

afterAll(removeTempFolders);

const text = 'fake-secret-0123456789abcdef';

it.each<[string, (written: string) => string | Uint8Array]>([
  ['as it is', (written) => `{"secret": "${written}"}`],
  ['in Base64', (written) => Buffer.from(written).toString('base64')],
  ['in Base64 after one byte', (written) => Buffer.from(`a${written}b`).toString('base64')],
  ['in Base64 after two', (written) => Buffer.from(`ab${written}c`).toString('base64')],
  ['in a zip', (written) => zipSync({ plan: Buffer.from(written) })],
  [
    'in Base64 within a zip',
    (written) => zipSync({ a: Buffer.from(Buffer.from(`x${written}`).toString('base64')) }),
  ],
])('finds a text %s, in a folder below, and nothing else', (_, write) => {
  const folder = tempFolder('files');
  mkdirSync(join(folder, 'deep'));
  writeFileSync(join(folder, 'deep/one'), write(text));
  writeFileSync(join(folder, 'other'), write(text.replace('0', 'x')));
  expect(filesWith(text, folder)).toEqual([join(folder, 'deep/one')]);
});
