import { unknown, type WireValue } from '../../provider/framework/schema/unknown';
import type { DynamicValue } from '../../provider/protocol/generated/tfplugin6';
import { fromWire, toWire } from '../../provider/protocol/wire/values';
import { removeTempFolders, tempFolder } from '../support/temp';
import { buildTestProvider } from '../support/test-provider/build';
import { openStore } from '../support/test-provider/store';
import { eventsOf } from '../unit/protocol/support';
import { errorsOf, type StartedProvider, startProvider } from './provider-support';

const folder = tempFolder('kinds');
let provider: StartedProvider;
beforeAll(async () => {
  provider = await startProvider(buildTestProvider());
});
afterAll(async () => {
  await provider.plugin.stop();
  removeTempFolders();
});
afterEach(() => {
  expect(provider.plugin.process.exitCode).toBeNull();
  expect(provider.plugin.stderr()).toBe('');
});

/** A progress, or the completion with what its diagnostics say. */
const eventOf = (event: string | object) =>
  event === 'progress' ? { type: { $case: 'progress' } } : { type: { $case: 'completed', value: event } };

const cutShort: DynamicValue = { msgpack: Buffer.from('85a46e616d65', 'hex'), json: Buffer.alloc(0) };

describe('functions, before the provider is configured', () => {
  const call = async (name: string, ...given: WireValue[]) => {
    const { result, error } = await provider.call('callFunction', { name, arguments: given.map(toWire) });
    return error ?? fromWire(result);
  };

  it('are in both lists, with the types that engines read', async () => {
    const { functions } = await provider.call('getProviderSchema');
    expect((await provider.call('getFunctions')).functions).toEqual(functions);
    const names = (await provider.call('getMetadata')).functions.map(({ name }) => name);
    expect(names.sort()).toEqual(Object.keys(functions).sort());
    const { join_words: join, label_of: label, first_of: first } = functions;
    expect(join).toMatchObject({
      parameters: [{ name: 'separator', type: Buffer.from('"string"'), allowNullValue: false }],
      variadicParameter: { name: 'words', type: Buffer.from('"string"') },
      return: { type: Buffer.from('"string"') },
      summary: 'Joins words.',
    });
    expect(JSON.parse(String(label?.parameters[0]?.type))).toEqual([
      'object',
      {
        name: 'string',
        count: 'number',
        colour: 'string',
        parts: ['list', ['object', { grams: 'number' }, ['grams']]],
      },
      ['count', 'colour', 'parts'],
    ]);
    expect(label?.deprecationMessage).toBe('Write labels yourself.');
    expect(first?.parameters.map((one) => [one.allowNullValue, one.allowUnknownValues])).toEqual([
      [true, true],
      [false, false],
    ]);
  });

  it('return, and say which argument is wrong', async () => {
    expect(await call('join_words', '-', 'a', 'b')).toBe('a-b');
    expect(await call('first_of', unknown, 'b')).toBe(unknown);
    expect(await call('join_words', '-', 'a', 'b-c')).toEqual({
      text: 'A word has the separator in it',
      functionArgument: 2n,
    });
    expect(await call('nothing')).toMatchObject({ functionArgument: undefined });
  });

  it('take an empty value for null, as OpenTofu sends it', async () => {
    const empty = { msgpack: Buffer.alloc(0), json: Buffer.alloc(0) };
    const request = { name: 'first_of', arguments: [empty, toWire('b')] };
    expect(fromWire((await provider.call('callFunction', request)).result)).toBe('b');
  });

  it('refuse what is no value', async () => {
    const request = { name: 'first_of', arguments: [cutShort, toWire('b')] };
    const { result, error } = await provider.call('callFunction', request);
    expect([result, error?.text]).toEqual([undefined, expect.stringContaining('not well-formed msgpack')]);
  });
});

describe('once it is configured:', () => {
  beforeAll(() => provider.configure({ folder }));

  const typeName = 'test_lease';
  const config = (values: Record<string, WireValue> = {}) =>
    toWire({ name: 'a', renew_after: null, wrong: null, token: null, ...values });
  const store = openStore(folder);

  it('an ephemeral resource is opened, renewed and closed', async () => {
    const before = Date.now();
    const opened = await provider.call('openEphemeralResource', {
      typeName,
      config: config({ renew_after: 60 }),
    });
    expect(opened.diagnostics).toEqual([]);
    const { token } = fromWire(opened.result) as { token: string };
    const id = token.replace('fake-token-', '');
    expect(opened.renewAt?.getTime()).toBeGreaterThanOrEqual(before + 59_000);
    const renewed = await provider.call('renewEphemeralResource', { typeName, private: opened.private });
    expect(renewed).toMatchObject({ diagnostics: [], private: opened.private, renewAt: expect.any(Date) });
    expect(await provider.call('closeEphemeralResource', { typeName, private: renewed.private })).toEqual({
      diagnostics: [],
    });
    expect(store.get(id)?.state).toMatchObject({ renewals: 1, closed: true });
  });

  it('an ephemeral resource whose result engines would reject is closed, and none is returned', async () => {
    const opened = await provider.call('openEphemeralResource', {
      typeName,
      config: config({ wrong: 'result' }),
    });
    expect(errorsOf(opened)).toEqual([expect.stringContaining('is not what is configured')]);
    expect([opened.result, opened.renewAt]).toEqual([undefined, undefined]);
    expect(store.all().at(-1)?.state).toMatchObject({ closed: true });
  });

  it('what no engine sends to an ephemeral resource is refused', async () => {
    for (const wrong of [undefined, cutShort, toWire(5), config({ name: unknown })]) {
      const opened = await provider.call('openEphemeralResource', { typeName, config: wrong });
      expect([errorsOf(opened).length, opened.result]).toEqual([1, undefined]);
    }
    for (const method of ['renewEphemeralResource', 'closeEphemeralResource'] as const) {
      for (const wrong of [undefined, Buffer.from('{'), Buffer.from([0xff])]) {
        expect(errorsOf(await provider.call(method, { typeName, private: wrong }))).toHaveLength(1);
      }
    }
  });

  const actionType = 'test_notify';
  const notice = (values: Record<string, WireValue> = {}) =>
    toWire({ message: 'hello', wrong: null, code: null, ...values });

  it('an action has its schema in a schema', async () => {
    const { actionSchemas } = await provider.call('getProviderSchema');
    const attributes = actionSchemas[actionType]?.schema?.block?.attributes.map((one) => [
      one.name,
      one.required,
      one.writeOnly,
    ]);
    expect(attributes).toEqual([
      ['message', true, false],
      ['wrong', false, false],
      ['code', false, true],
    ]);
    expect((await provider.call('getMetadata')).actions).toEqual([{ typeName: actionType }]);
  });

  it.each<[what: string, config: DynamicValue | undefined, events: object[]]>(
    [
      ['progress', notice({ code: 'x' }), ['progress', 'progress', { diagnostics: [] }]],
      ['a warning', notice(), ['progress', 'progress', { diagnostics: [{ summary: 'No code' }] }]],
      ['an error', notice({ wrong: 'fail' }), ['progress', { diagnostics: [{ summary: 'Not sent' }] }]],
      ['no configuration', undefined, [{ diagnostics: [{ summary: 'Missing message' }] }]],
      ['no value', cutShort, [{ diagnostics: [{ summary: 'A value cannot be read' }] }]],
      [
        'something unknown',
        notice({ message: unknown }),
        [{ diagnostics: [{ summary: 'A value is still unknown' }] }],
      ],
    ].map(([what, given, events]) => [what, given, (events as (string | object)[]).map(eventOf)] as never),
  )('an action ends with exactly one completion: %s', async (_, given, events) => {
    const received = await eventsOf(provider.stream('invokeAction', { actionType, config: given }));
    expect(received).toMatchObject(events);
    expect(received).toHaveLength(events.length);
  });

  it('an action is planned with what is unknown', async () => {
    const planned = await provider.call('planAction', { actionType, config: notice({ message: unknown }) });
    expect(planned).toEqual({ diagnostics: [], deferred: undefined });
    const refused = await provider.call('planAction', { actionType, config: notice({ wrong: 'plan' }) });
    expect(errorsOf(refused)).toEqual(['Not planned: It was asked not to be.']);
  });

  it('an interrupt ends an action, and what is open can still be closed', async () => {
    const opened = await provider.call('openEphemeralResource', { typeName, config: config() });
    const stream = provider.stream('invokeAction', { actionType, config: notice({ wrong: 'wait' }) });
    const invoked = eventsOf(stream);
    await new Promise((resolve) => stream.once('data', resolve));
    await provider.call('stopProvider');
    expect(await invoked).toMatchObject([
      eventOf('progress'),
      eventOf({ diagnostics: [{ summary: 'Interrupted' }] }),
    ]);
    expect(await provider.call('closeEphemeralResource', { typeName, private: opened.private })).toEqual({
      diagnostics: [],
    });
    expect(store.all().at(-1)?.state).toMatchObject({ closed: true, interrupted: false });
  });
});
