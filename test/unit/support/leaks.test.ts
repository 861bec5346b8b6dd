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
