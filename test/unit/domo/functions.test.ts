import { domoProvider } from '../../../provider/domo/provider';
import { functionOperations } from '../../../provider/framework/operations/function';
import type { WireValue } from '../../../provider/framework/schema/unknown';

// Engines call functions of a provider that nobody has configured.
const call = (name: string, ...given: WireValue[]) => functionOperations(domoProvider).call(name, given);

const clientId = '0f1e2d3c-aaaa-bbbb-cccc-0123456789ab';

it.each<[name: string, given: WireValue[], result: WireValue]>([
  ['basic_auth', [clientId, 'fake'], `Basic ${Buffer.from(`${clientId}:fake`).toString('base64')}`],
  ['basic_auth', ['ä', 'fake:1'], 'Basic w6Q6ZmFrZTox'],
  ['mask_client_id', [clientId], '0f1e2d3c…'],
  ['mask_client_id', ['abcdef'], 'abc…'],
  ['mask_client_id', [''], '…'],
  ['canonical_scopes', [['user', 'DATA', 'data', 'Magic']], ['data', 'magic', 'user']],
  ['canonical_scopes', [[]], []],
  ['unknown_scopes', [['data', 'USER']], []],
  ['unknown_scopes', [['Magic', 'data'], 'other', 'magic'], []],
])('%s(%j) returns %j', async (name, given, result) => {
  expect(await call(name, ...given)).toEqual({ result });
});

it('unknown_scopes has a sentence for each, with what was probably meant, and each once', async () => {
  const outcome = (await call('unknown_scopes', ['users', 'dat', 'dat', 'data'])) as { result: string[] };
  expect(outcome.result).toEqual([
    expect.stringMatching(/^"dat" is not a scope that this provider knows\. Did you mean "data"\?/),
    expect.stringMatching(/^"users" is not a scope that this provider knows\. Did you mean "user"\?/),
  ]);
});

it.each<[name: string, given: WireValue[], text: string, argument: number]>([
  ['basic_auth', ['a:b', 'fake'], 'A client id must not contain a colon', 0],
  ['basic_auth', [clientId, null], '"client_secret" is required', 1],
  ['mask_client_id', [null], '"client_id" is required', 0],
])('%s(%j) is refused: %s', async (name, given, text, argument) => {
  expect(await call(name, ...given)).toEqual({ error: { text: expect.stringContaining(text), argument } });
});
