import { unknown } from '../../provider/framework/schema/unknown';
import type { DynamicValue } from '../../provider/protocol/generated/tfplugin6';
import { toWire } from '../../provider/protocol/wire/values';
import { providerExecutable } from '../support/provider-build';
import { removeTempFolders, tempFolder } from '../support/temp';
import { buildTestProvider } from '../support/test-provider/build';
import {
  errorsOf,
  isHang,
  type Method,
  methods,
  record,
  type StartedProvider,
  startProvider,
} from './provider-support';

const folder = tempFolder('rpcs');
const providers = [
  ['domo', providerExecutable(), 'domo_api_client', { instance: 'acme', access_token: 'fake-token' }],
  ['test', buildTestProvider(), 'test_widget', { folder }],
] as const;

afterAll(removeTempFolders);

/** These ask for nothing that could be wrong. */
const harmless: Method[] = [
  'getMetadata',
  'getProviderSchema',
  'getResourceIdentitySchemas',
  'getFunctions',
  'stopProvider',
];
const asking = methods.filter((method) => !harmless.includes(method));

const bytes = (hex: string): DynamicValue => ({ msgpack: Buffer.from(hex, 'hex'), json: Buffer.alloc(0) });
const json = (text: string): DynamicValue => ({ msgpack: Buffer.alloc(0), json: Buffer.from(text) });
const garbage: [what: string, value: DynamicValue][] = [
  ['msgpack cut short', bytes('85a46e616d65')],
  ['an unused code of msgpack', bytes('c1')],
  ['an array without an end', bytes('ddffffffff')],
  ['a number', toWire(5)],
  ['a text', toWire('name')],
  ['bytes', bytes('c403616263')],
  ['a time', bytes('d6ff00000000')],
  ['an extension nobody knows', bytes('d46300')],
  ['an array', toWire([['name', 'a']])],
  ['an unknown whole', toWire(unknown)],
  ['JSON cut short', json('{"name": "fake-secret')],
  ['JSON of another shape', json('[1, 2]')],
  ['deep JSON', json('['.repeat(100_000))],
];

describe.each(providers)('%s', (name, executable, type, config) => {
  let provider: StartedProvider;
  let names: string[];
  beforeAll(async () => {
    provider = await startProvider(executable);
    const { resourceSchemas } = await provider.call('getProviderSchema');
    names = resourceSchemas[type]?.block?.attributes.map((attribute) => attribute.name) ?? [];
  });
  afterAll(() => provider.plugin.stop());
  afterEach(async () => {
    expect((await provider.call('getMetadata')).resources).toContainEqual({ typeName: type });
    expect(provider.plugin.process.exitCode).toBeNull();
    expect(provider.plugin.stderr()).toBe('');
  });

  it.each(methods)('answers %s before it is configured, within a second', async (method) => {
    const times: number[] = [];
    // The best of three: the machine may be busy.
    for (let turn = 0; turn < 3; turn++) {
      const start = performance.now();
      const answer = await provider.call(method);
      times.push(performance.now() - start);
      expect(errorsOf(answer)).toHaveLength(harmless.includes(method) ? 0 : 1);
    }
    expect(Math.min(...times)).toBeLessThan(1000);
  });

  it('refuses to work unconfigured', async () => {
    const state = toWire(record(names, { name: 'a' }));
    for (const answer of [
      await provider.call('readResource', { typeName: type, currentState: state }),
      await provider.call('planResourceChange', { typeName: type, config: state, proposedNewState: state }),
      await provider.call('applyResourceChange', { typeName: type, config: state, plannedState: state }),
      await provider.call('importResourceState', { typeName: type, id: '1' }),
    ]) {
      expect(errorsOf(answer)).toEqual([expect.stringContaining('The provider is not configured')]);
    }
  });

  describe('configured', () => {
    beforeAll(() => provider.configure(config));

    it.each(asking)('names what it does not have: %s', async (method) => {
      const nothing = `${name}_nothing`;
      const named = { typeName: nothing, actionType: nothing, name: nothing, targetTypeName: nothing };
      const raw = { json: Buffer.from('{}'), flatmap: {} };
      const [error] = errorsOf(await provider.call(method, { ...named, rawState: raw, rawIdentity: raw }));
      const aboutTheProvider = ['validateProviderConfig', 'configureProvider'].includes(method);
      // The bytes of a state come in a stream, of which the provider reads nothing.
      if (!aboutTheProvider && method !== 'writeStateBytes') expect(error).toContain(nothing);
      await provider.configure(config);
    });

    it.each(garbage)('refuses %s in the place of any value', async (_, wrong) => {
      const good = toWire(record(names, { name: 'a' }));
      const values: [Method, object][] = [
        ['validateProviderConfig', { config: wrong }],
        ['configureProvider', { config: wrong }],
        ['validateResourceConfig', { typeName: type, config: wrong }],
        ['upgradeResourceState', { typeName: type, rawState: { json: jsonOf(wrong), flatmap: {} } }],
        ['readResource', { typeName: type, currentState: wrong }],
        ['generateResourceConfig', { typeName: type, state: wrong }],
        ['moveResourceState', moveOf(type, { json: jsonOf(wrong), flatmap: {} })],
        ['planResourceChange', { typeName: type, proposedNewState: wrong, config: good }],
        ['planResourceChange', { typeName: type, proposedNewState: good, config: wrong }],
        ['planResourceChange', { typeName: type, proposedNewState: good, config: good, priorState: wrong }],
        ['applyResourceChange', { typeName: type, plannedState: wrong, config: good }],
        ['applyResourceChange', { typeName: type, plannedState: good, config: wrong }],
        ['applyResourceChange', { typeName: type, priorState: wrong }],
        ['importResourceState', { typeName: type, identity: { identityData: wrong } }],
      ];
      for (const [method, request] of values) {
        const errors = errorsOf(await provider.call(method, request));
        expect([method, errors.length]).toEqual([method, 1]);
        expect(errors.join()).not.toContain('fake-secret');
        expect(errors.join()).not.toContain('failed unexpectedly');
        if (method === 'configureProvider') await provider.configure(config);
      }
    });

    it.each(methods)('lives on after bytes that are no message: %s', async (method) => {
      await provider.send(method, Buffer.from('ffffffffff00ff', 'hex')).catch((error) => {
        expect(isHang(error)).toBe(false);
      });
    });
  });
});

/** The bytes of a value as a state file would hold them. */
function jsonOf({ msgpack, json: text }: DynamicValue): Buffer {
  return msgpack.length > 0 ? msgpack : text;
}

const moveOf = (type: string, sourceState: object) => ({
  sourceTypeName: type,
  targetTypeName: type,
  sourceState,
});
