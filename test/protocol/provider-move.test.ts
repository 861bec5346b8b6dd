import type { WireValue } from '../../provider/framework';
import { Diagnostic_Severity } from '../../provider/protocol/generated/tfplugin6';
import { fromWire } from '../../provider/protocol/wire/values';
import { removeTempFolders } from '../support/temp';
import { buildTestProvider } from '../support/test-provider/build';
import { errorsOf, type Request, type StartedProvider, startProvider } from './provider-support';

const executable = buildTestProvider();

let provider: StartedProvider;
beforeAll(async () => {
  provider = await startProvider(executable);
});
afterAll(async () => {
  await provider.plugin.stop();
  removeTempFolders();
});

const json = (text: string) => ({ json: Buffer.from(text), flatmap: {} });

/** Moves a crate of the shop, or what the request says instead. Nothing here has configured the provider. */
const move = (request: Partial<Request<'moveResourceState'>>) =>
  provider.call('moveResourceState', {
    sourceProviderAddress: 'registry.terraform.io/example/shop',
    sourceTypeName: 'shop_crate',
    sourceSchemaVersion: 3n,
    sourceState: json('{"number": "7", "room": "hall", "height": 9007199254740993.50, "more": [1e400]}'),
    sourcePrivate: Buffer.from([0xff, 0x00]),
    targetTypeName: 'test_shelf',
    ...request,
  });

const shelf = {
  ...{ id: '7', house: null, room: 'hall', label: '', height: '9007199254740993.5' },
  ...{ wood: null, key: null, boards: null },
} as const;

it('is announced', async () => {
  const { serverCapabilities } = await provider.call('getProviderSchema');
  expect(serverCapabilities?.moveResourceState).toBe(true);
});

describe('from a resource that the definition names', () => {
  it('takes over its state with exact numbers, and leaves null what the next read fills in', async () => {
    const answer = await move({});
    expect(fromWire(answer.targetState)).toEqual(shelf);
    expect(JSON.parse(String(answer.targetPrivate))).toEqual({ was: 'a crate' });
    // Part of the identity is not known yet.
    expect(answer.targetIdentity).toBeUndefined();
    expect(answer.diagnostics).toEqual([
      expect.objectContaining({
        severity: Diagnostic_Severity.WARNING,
        detail: 'From registry.terraform.io/example/shop, version 3, with 2 bytes.',
      }),
    ]);
  });

  it('gives a state that the next upgrade accepts', async () => {
    const stored = JSON.stringify(shelf);
    const { upgradedState, diagnostics } = await provider.call('upgradeResourceState', {
      typeName: 'test_shelf',
      rawState: json(stored),
    });
    expect([fromWire(upgradedState), diagnostics]).toEqual([shelf, []]);
  });

  it.each([
    'registry.terraform.io/example/shop',
    'registry.opentofu.org/example/shop',
    'registry.example.org:8443/example/shop',
    'example/shop',
    'registry.example.com/example/market',
    // The name that a configuration gives it, of engines that tell no more.
    'shop',
    'store',
  ])('known as %s', async (address) => {
    expect(errorsOf(await move({ sourceProviderAddress: address }))).toEqual([]);
  });

  it.each([
    'registry.terraform.io/other/shop',
    'registry.terraform.io/example/market',
    'other/shop',
    'example/bookshop',
    '/shop',
    '',
  ])('but not of the provider "%s"', async (address) => {
    const answer = await move({ sourceProviderAddress: address });
    expect(errorsOf(answer)).toEqual([expect.stringContaining('This move is not supported')]);
    expect(answer.targetState).toBeUndefined();
  });

  it('says what it cannot do, and gives no state', async () => {
    const answer = await move({ sourceState: json('{"room": "hall"}') });
    expect(errorsOf(answer)).toEqual(['No number: Import the shelf instead.']);
    expect(answer.targetState).toBeUndefined();
  });

  it.each([
    ['{"number": "7", "room": "fake-secret', 'The stored state cannot be read'],
    ['{"number": "7", "room": "hall", "height": "tall"}', 'wrong shape'],
  ])('has one error for %s', async (state, summary) => {
    const errors = errorsOf(await move({ sourceState: json(state) }));
    expect(errors).toEqual([expect.stringContaining(summary)]);
    expect(errors.join()).not.toContain('fake-secret');
  });
});

describe('from the same resource of a fork', () => {
  const bucket = { id: '1', region: 'eu', name: 'logs', bytes: '9007199254740993' };
  const stored = Buffer.from('{"kept": "fake"}');
  const moveBucket = (version: bigint, state: WireValue, request = {}) =>
    move({
      sourceProviderAddress: 'registry.example.net/fork/test',
      sourceTypeName: 'test_bucket',
      targetTypeName: 'test_bucket',
      sourceSchemaVersion: version,
      sourceState: json(JSON.stringify(state)),
      sourcePrivate: stored,
      ...request,
    });

  it('keeps state, identity and private state', async () => {
    for (const request of [{}, { sourceIdentity: json('{"region": "eu", "name": "logs"}') }]) {
      const answer = await moveBucket(1n, bucket, request);
      expect(fromWire(answer.targetState)).toEqual({ ...bucket, bytes: 9007199254740993n });
      expect(answer.targetPrivate).toEqual(stored);
      expect(fromWire(answer.targetIdentity?.identityData)).toEqual({ region: 'eu', name: 'logs' });
      expect(answer.diagnostics).toEqual([]);
    }
  });

  it('upgrades by its version', async () => {
    const answer = await moveBucket(0n, { id: '1', path: 'eu/logs', size: null });
    expect(fromWire(answer.targetState)).toEqual({ ...bucket, bytes: 0 });
    const newer = await moveBucket(2n, bucket);
    expect(errorsOf(newer)).toEqual([expect.stringContaining('written by a newer provider')]);
  });

  it('keeps the identity that the state cannot tell, and drops write-only values', async () => {
    const answer = await move({
      sourceTypeName: 'test_shelf',
      sourceSchemaVersion: 0n,
      sourceState: json(JSON.stringify({ ...shelf, key: 'fake-key' })),
      sourceIdentity: json('{"house": "home", "id": "7"}'),
    });
    expect(fromWire(answer.targetState)).toEqual(shelf);
    expect(fromWire(answer.targetIdentity?.identityData)).toEqual({ house: 'home', id: '7' });
  });
});

it('from anything else is an error that names what can be moved', async () => {
  const [error, ...more] = errorsOf(await move({ sourceTypeName: 'shop_box' }));
  expect(more).toEqual([]);
  for (const part of ['"shop_box"', 'registry.terraform.io/example/shop', '"shop_crate"', 'Example/Shop'])
    expect(error).toContain(part);
  expect(error).toContain('"test_shelf" of any provider');
});

it('without a state is an error', async () => {
  const same = { sourceTypeName: 'test_shelf', sourceSchemaVersion: 0n };
  const errors = errorsOf(await move({ ...same, sourceState: undefined }));
  expect(errors).toEqual([expect.stringContaining('A value does not fit the schema')]);
});
