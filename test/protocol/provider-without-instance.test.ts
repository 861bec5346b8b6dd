import { toWire } from '../../provider/protocol/wire/values';
import { providerExecutable } from '../support/provider-build';
import { errorsOf, record, type StartedProvider, startProvider } from './provider-support';

let provider: StartedProvider;
let names: string[];
beforeAll(async () => {
  provider = await startProvider(providerExecutable());
  const { resourceSchemas } = await provider.call('getProviderSchema');
  names = resourceSchemas.domo_api_client?.block?.attributes.map(({ name }) => name) ?? [];
  await provider.configure({});
});
afterAll(() => provider.plugin.stop());

it('what asks no instance works with a provider that is configured with nothing', async () => {
  const typeName = 'domo_api_client_scopes';
  const config = toWire({ scopes: null });
  const { state, diagnostics } = await provider.call('readDataSource', { typeName, config });
  expect([state?.msgpack.length, diagnostics]).toEqual([expect.any(Number), []]);
});

it.each([
  ['a plan', 'planResourceChange'],
  ['an apply', 'applyResourceChange'],
  ['a refresh', 'readResource'],
  ['an import', 'importResourceState'],
] as const)('%s says what is missing, and where it belongs', async (_, method) => {
  const typeName = 'domo_api_client';
  const client = { id: '1', name: 'a', description: '', scopes: ['data'], instance: 'acme' };
  const [created, current] = [record(names, { ...client, id: null }), record(names, client)].map(toWire);
  const request = { typeName, config: created, id: '1', currentState: current };
  const planned = { proposedNewState: created, plannedState: created };
  const answer = await provider.call(method, { ...request, ...planned });
  const errors = errorsOf(answer);
  expect(errors).toEqual([
    expect.stringContaining('Missing instance: The provider needs the name of the Domo instance'),
    expect.stringContaining('DOMO_ACCESS_TOKEN'),
  ]);
  // A path would point into the resource.
  expect(answer.diagnostics.map(({ attribute }) => attribute)).toEqual([undefined, undefined]);
});
