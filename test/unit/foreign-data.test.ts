import { setFlagsFromString } from 'node:v8';
import { readCreated, readList } from '../../provider/domo/api/records';
import { excerpt } from '../../provider/domo/api/transport/errors';
import { http } from '../../provider/domo/api/transport/http';
import { byId } from '../../provider/domo/by-id';
import { nearest } from '../../provider/domo/nearest';
import { open } from '../../provider/domo/sealing/open';
import { readPublicKey } from '../../provider/domo/sealing/public-key';
import { decimalOf, wireNumber } from '../../provider/framework/schema/decimal';
import { parseJson } from '../../provider/protocol/wire/json';
import { rsaKey } from '../support/keys';

// As V8 does by itself in a process that holds much code: each character that is matched then takes room on a stack.
setFlagsFromString('--no-regexp-optimization');
afterAll(() => setFlagsFromString('--regexp-optimization'));

const million = 1_000_000;
const { privateKey } = rsaKey();
const client = { id: 1, name: 'one', description: '', scopes: ['data'], clientId: null, ownerId: null };
const list = (fields: object) =>
  readList(
    { method: 'GET', path: '/list' },
    { status: 200, body: JSON.stringify([{ ...client, ...fields }]) },
  );
const names = Array.from({ length: 10_000 }, (_, index) => `${index}-`.padEnd(6_000, 'abcdefgh'));

// There is one thread: while it computes, nothing ends the process. Each of these once took half a minute and more,
// and takes a fraction of a second.
it.each<[string, () => unknown]>([
  [
    'a refusal that is a long array',
    () => excerpt({ status: 400, body: JSON.stringify(Array(6 * million).fill(1)) }),
  ],
  [
    'a refusal that nearly looks like a credential',
    () => excerpt({ status: 400, body: 'aA-'.repeat(20_000) }),
  ],
  [
    'a creation that is a long array',
    () => readCreated({ status: 201, body: `[${'1,'.repeat(6 * million)}1]` }),
  ],
  ['a name with many marks on one letter', () => list({ name: `a${'\u0301\u0327'.repeat(100_000)}` })],
  [
    'a description with many marks on one letter',
    () => list({ description: '\u0301\u0327'.repeat(100_000) }),
  ],
  ['a name that is looked for among long ones', () => nearest('x'.repeat(255), names)],
  ['a long name that is looked for', () => nearest('x'.repeat(6_000), names)],
  [
    'ids of many digits',
    () =>
      Array.from({ length: 30 }, (_, i) => ({ id: `${i + 10}${'9'.repeat(million)}` }) as never).sort(byId),
  ],
  [
    'a Link header that only begins relations',
    () =>
      readList(
        { method: 'GET', path: '/list' },
        { status: 200, body: '[]', headers: { link: 'rel='.repeat(100_000) } },
      ),
  ],
  ['a key that only begins blocks', () => readPublicKey(`${'-----BEGIN '.repeat(500_000)}`)],
  ['a recipient of many letters', () => readPublicKey(`age1${'q'.repeat(5 * million)}`)],
  ['a sealed text of blanks', () => open(`A${' '.repeat(million)}!`, privateKey)],
  ['a number with many zeros', () => decimalOf(`0.${'0'.repeat(200_000)}1`)],
  ['a number of many digits', () => wireNumber('7'.repeat(5 * million))],
  ['a state with a long text', () => parseJson(Buffer.from(`{"a":"1e${'x'.repeat(30 * million)}"}`))],
  [
    'an address with many slashes',
    () =>
      http({
        baseUrl: `https://localhost/${'/'.repeat(200_000)}x`,
        requestTimeout: 1,
        maxRetries: 0,
        log: () => {},
        userAgent: 'test',
      }),
  ],
])('%s does not hold the process', (_, work) => {
  const started = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(started);
  // Between a tenth of that and what it once took.
  expect((user + system) / million).toBeLessThan(12);
});

it('orders ids by their value', () => {
  const ids = ['10', '9', '090', '12345678901234567890', '12345678901234567889', '0'];
  expect(ids.sort((a, b) => byId({ id: a } as never, { id: b } as never))).toEqual([
    '0',
    '9',
    '10',
    '090',
    '12345678901234567889',
    '12345678901234567890',
  ]);
});
