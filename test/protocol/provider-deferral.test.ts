import { unknown } from '../../provider/framework/schema/unknown';
import { Deferred_Reason } from '../../provider/protocol/generated/tfplugin6';
import { fromWire, toWire } from '../../provider/protocol/wire/values';
import { type FakeDomo, fakeDomo } from '../support/fake-domo';
import { providerExecutable } from '../support/provider-build';
import { removeTempFolders } from '../support/temp';
import { buildTestProvider } from '../support/test-provider/build';
import { errorsOf, record, type StartedProvider, startProvider } from './provider-support';

const testProvider = buildTestProvider();
const reason = Deferred_Reason.PROVIDER_CONFIG_UNKNOWN;
const allowed = {
  clientCapabilities: {
    deferralAllowed: true,
    writeOnlyAttributesAllowed: true,
    storePlannedPrivate: false,
    computedBlocksAllowed: false,
  },
};

let domo: FakeDomo;
const started: StartedProvider[] = [];
beforeAll(async () => {
  domo = await fakeDomo();
});
afterEach(async () => {
  for (const { plugin } of started.splice(0)) await plugin.stop();
});
afterAll(async () => {
  await domo.close();
  removeTempFolders();
});

async function start(executable: string, config: Parameters<StartedProvider['configure']>[0]) {
  const provider = await startProvider(executable);
  started.push(provider);
  await provider.configure(config);
  const { resourceSchemas } = await provider.call('getProviderSchema');
  const names = (type: string) => resourceSchemas[type]?.block?.attributes.map(({ name }) => name) ?? [];
  return { ...provider, names };
}

describe('a setting of the provider that is unknown', () => {
  const typeName = 'domo_api_client';
  const open = () => start(providerExecutable(), { base_url: domo.url, access_token: unknown });
  const state = { id: '1001', name: 'a', description: '', scopes: ['data'], instance: 'acme' };

  it('fails what needs it, naming the argument, if the client allows no deferral', async () => {
    const { call, names } = await open();
    const currentState = toWire(record(names(typeName), state));
    for (const answer of [
      await call('readResource', { typeName, currentState }),
      await call('importResourceState', { typeName, id: '1001' }),
    ]) {
      expect(errorsOf(answer)).toEqual([expect.stringContaining('access_token')]);
      expect(answer.deferred).toBeUndefined();
    }
    const kept = await call('readResource', { typeName, currentState });
    expect(fromWire(kept.newState)).toEqual(fromWire(currentState));
  });

  it('defers it if the client allows that', async () => {
    const { call, names } = await open();
    const currentState = toWire(record(names(typeName), state));
    const read = await call('readResource', { typeName, currentState, ...allowed });
    expect(read).toMatchObject({ deferred: { reason }, diagnostics: [] });
    expect(fromWire(read.newState)).toEqual(fromWire(currentState));
    const imported = await call('importResourceState', { typeName, id: '1001', ...allowed });
    expect(imported).toMatchObject({ deferred: { reason }, diagnostics: [] });
  });

  it.each([
    ['allows no deferral', {}],
    ['allows it', allowed],
  ])('lets a creation plan without the network, where the client %s', async (_, capabilities) => {
    const { call, names } = await open();
    const config = toWire(record(names(typeName), { name: 'a', scopes: ['data'] }));
    const plan = await call('planResourceChange', {
      typeName,
      config,
      proposedNewState: config,
      priorState: toWire(null),
      ...capabilities,
    });
    expect(plan).toMatchObject({ diagnostics: [], deferred: undefined, requiresReplace: [] });
    expect(fromWire(plan.plannedState)).toMatchObject({ name: 'a', description: '', client_secret: unknown });
    expect(domo.requests).toEqual([]);
  });
});

it("is any provider's to say, and only where the client allows it", async () => {
  const typeName = 'test_bucket';
  const { call, names } = await start(testProvider, { folder: unknown });
  const state = toWire(record(names(typeName), { id: '1', region: 'a', name: 'b', bytes: 1 }));
  const refused = await call('readResource', { typeName, currentState: state });
  expect(errorsOf(refused)).toEqual([expect.stringContaining('"folder" is known after an apply')]);
  const deferred = await call('readResource', { typeName, currentState: state, ...allowed });
  expect(deferred).toMatchObject({ deferred: { reason }, diagnostics: [] });
});
