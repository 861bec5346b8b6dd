import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { keepClientId, keepClientIdsOf, leaksIn } from '../../support/leaks';
import { removeTempFolders, tempFolder } from '../../support/temp';

afterAll(removeTempFolders);

const token = `fake-token-${'0123abcd'.repeat(4)}`;
const clientId = '00000000-aaaa-4bbb-8ccc-0123456789ab';

it('finds what the fakes make up, wherever it stands', () => {
  expect(leaksIn(`{"x":"${token}"}`)).toHaveLength(1);
  expect(leaksIn(`Bearer${token}${token}.`)).toHaveLength(1);
  expect(leaksIn(`fake-password-admin-${'ab'.repeat(16)}`)).toHaveLength(1);
});

describe('finds a secret that is written', () => {
  const bytes = Buffer.from(token);
  const each = (write: (byte: number) => string) => [...bytes].map(write).join('');
  const hex = (byte: number) => byte.toString(16).padStart(2, '0');
  const inUrl = each((byte) => `%${hex(byte).toUpperCase()}`);

  it.each([
    ['in JSON, each character escaped', each((byte) => `\\u00${hex(byte)}`)],
    ['in a URL', inUrl],
    ['in a URL, escaped twice', inUrl.replaceAll('%', '%25')],
    ['in a URL inside HTML', inUrl.replaceAll('%', '&#37;')],
    ['in HTML, in decimals', each((byte) => `&#${byte};`)],
    ['in HTML, in hex', each((byte) => `&#x${hex(byte)};`)],
    ['in Base64', bytes.toString('base64')],
    ['in Base64 after a name', Buffer.from(`a:${token}`).toString('base64')],
    ['in Base64 after a longer one', Buffer.from(`ann:${token}`).toString('base64url')],
    ['as bytes', each((byte) => `${hex(byte)} `)],
  ])('%s', (_, written) => {
    expect(written).not.toContain('fake');
    expect(leaksIn(`<${written}>`)).toHaveLength(1);
  });
});

it('does not tell what it has found', () => {
  expect(leaksIn(token).join()).not.toContain(token);
});

it('finds whole client ids that it has been told of, and not their beginnings', () => {
  expect(leaksIn(clientId)).toEqual([]);
  keepClientId(clientId);
  expect(leaksIn(`id ${clientId.toUpperCase()}`)).toHaveLength(1);
  expect(leaksIn(clientId.slice(0, 8))).toEqual([]);
});

it('learns client ids from state files', () => {
  const folder = join(tempFolder('leaks'), 'work');
  const other = clientId.replace('0000', '1111');
  keepClientIdsOf(folder);
  mkdirSync(folder);
  writeFileSync(join(folder, 'terraform.tfstate.backup'), JSON.stringify({ client_id: other }));
  keepClientIdsOf(folder);
  expect(leaksIn(other)).toHaveLength(1);
});
