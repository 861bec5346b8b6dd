import type { UntypedServiceImplementation } from '@grpc/grpc-js';
import { type ProviderServer, ProviderService } from '../../../provider/protocol/generated/tfplugin6';
import { addProvider } from '../../../provider/protocol/server';

/** The RPCs of a provider that are loaded when the test says so, and the calls that they get. */
function offer(preparedSchema?: string) {
  const calls: unknown[] = [];
  let handlers: UntypedServiceImplementation = {};
  let loads = 0;
  let finish = () => {};
  const waiting = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const load = async () => {
    loads++;
    await waiting;
    const note = (method: string) => (call: unknown) => void calls.push([method, call]);
    return Object.fromEntries(
      Object.keys(ProviderService).map((method) => [method, note(method)]),
    ) as unknown as ProviderServer;
  };
  addProvider(
    {
      addService(_, offered) {
        handlers = offered;
      },
    },
    load,
    preparedSchema,
  );
  const call = (method: string, request: unknown, callback: unknown = () => {}) =>
    (handlers[method] as unknown as (request: unknown, callback: unknown) => void)(request, callback);
  return {
    methods: () => Object.keys(handlers),
    loads: () => loads,
    call,
    calls,
    async finish() {
      finish();
      await settled();
    },
  };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('what answers RPCs', () => {
  test('is offered before it is loaded, and loaded once without a call', async () => {
    const provider = offer();
    expect(provider.methods()).toEqual(Object.keys(ProviderService));
    expect(provider.loads()).toBe(0);
    await settled();
    await settled();
    expect(provider.loads()).toBe(1);
  });

  test('gets the calls that waited for it, and later ones, in their order', async () => {
    const provider = offer();
    provider.call('validateProviderConfig', 1);
    provider.call('configureProvider', 2);
    provider.call('stopProvider', 3);
    await settled();
    expect(provider.calls).toEqual([]);
    await provider.finish();
    provider.call('planResourceChange', 4);
    expect(provider.calls).toEqual([
      ['validateProviderConfig', 1],
      ['configureProvider', 2],
      ['stopProvider', 3],
      ['planResourceChange', 4],
    ]);
    expect(provider.loads()).toBe(1);
  });

  test('is not awaited by a prepared schema', () => {
    const provider = offer(Buffer.from('fake schema').toString('base64'));
    const answers: string[] = [];
    provider.call('getProviderSchema', {}, (_: unknown, bytes: Buffer) => answers.push(bytes.toString()));
    expect(answers).toEqual(['fake schema']);
    expect(provider.loads()).toBe(0);
  });
});
