import type { ServiceDefinition } from '@grpc/grpc-js';
import { errorDiagnostic, Failure } from '../../../provider/framework';
import {
  type Diagnostic,
  type PlanResourceChange_Response,
  type ProviderServer,
  ProviderService,
} from '../../../provider/protocol/generated/tfplugin6';
import { createRpc, type Rpc } from '../../../provider/protocol/rpc';
import { providerRpcs } from '../../../provider/protocol/rpcs/provider';
import { wireDiagnostics } from '../../../provider/protocol/wire/diagnostics';
import { answerOf, clientOf, closeAll, eventsOf } from './support';

const secret = 'fake-secret';
const shown = '(redacted)';
const rpc = createRpc((text) => text.replaceAll(secret, shown));

const said = wireDiagnostics([errorDiagnostic(`About ${secret}`, `It is ${secret}.`)]);
const saidRedacted = wireDiagnostics([errorDiagnostic(`About ${shown}`, `It is ${shown}.`)]);
const throwing = (thrown: unknown) => () => {
  throw thrown;
};

afterEach(closeAll);

const listRequest = { typeName: 'test_thing', config: undefined, includeResourceObject: false, limit: 0n };
const actionRequest = { actionType: 'test_do', config: undefined, clientCapabilities: undefined };
const listEvent = (displayName: string, diagnostic: Diagnostic[] = []) => ({
  identity: undefined,
  displayName,
  resourceObject: undefined,
  diagnostic,
});
const listing = (events: Parameters<Rpc['serverStream']>[1]) =>
  rpc.serverStream(
    (diagnostic) => listEvent('', diagnostic),
    events as never,
  ) as ProviderServer['listResource'];
const stopping = (stop: () => void) => providerRpcs({} as never, { stop } as never, rpc).stopProvider;

describe('a secret is taken out of', () => {
  it('the diagnostics of an answer', async () => {
    const answer = rpc.unary(
      (diagnostics) => ({ diagnostics }),
      () => ({ diagnostics: said }),
    );
    expect(await answerOf('configureProvider', answer)).toEqual({ diagnostics: saidRedacted });
  });

  it('the error of StopProvider', async () => {
    expect(await answerOf('stopProvider', stopping(throwing(new Error(secret))))).toEqual({
      Error: expect.stringMatching(/^\(redacted\)\n/),
    });
  });

  it('the error of a function', async () => {
    const failed = { result: undefined, error: { text: `Not ${secret}.`, functionArgument: 0n } };
    const answer = rpc.unary(
      () => failed,
      () => failed,
    );
    expect(await answerOf('callFunction', answer)).toEqual({
      error: { text: `Not ${shown}.`, functionArgument: 0n },
    });
  });

  it('the answer to a stream', async () => {
    const answer = rpc.clientStream(
      (diagnostics) => ({ diagnostics }),
      () => ({ diagnostics: said }),
    );
    expect(await answerOf('writeStateBytes', answer)).toEqual({ diagnostics: saidRedacted });
  });

  it('every event of a list', async () => {
    const client = await clientOf({
      listResource: listing(async function* () {
        yield listEvent(`Client ${secret}`);
        yield listEvent('Another', said);
      }),
    });
    expect(await eventsOf(client.listResource(listRequest))).toMatchObject([
      { displayName: `Client ${shown}`, diagnostic: [] },
      { displayName: 'Another', diagnostic: saidRedacted },
    ]);
  });

  it('the progress and the end of an action', async () => {
    const client = await clientOf({
      invokeAction: rpc.serverStream(
        (diagnostics) => ({ type: { $case: 'completed', value: { diagnostics } } }),
        () => [
          { type: { $case: 'progress', value: { message: `Sent ${secret}.` } } },
          { type: { $case: 'completed', value: { diagnostics: said } } },
        ],
      ),
    });
    expect(await eventsOf(client.invokeAction(actionRequest))).toEqual([
      { type: { $case: 'progress', value: { message: `Sent ${shown}.` } } },
      { type: { $case: 'completed', value: { diagnostics: saidRedacted } } },
    ]);
  });

  it('the events of a state that is read', async () => {
    const event = { bytes: Buffer.from(secret), totalLength: 11n, range: undefined, diagnostics: said };
    const client = await clientOf({
      readStateBytes: rpc.serverStream(
        () => event,
        () => [event],
      ),
    });
    const events = await eventsOf(client.readStateBytes({ typeName: '', stateId: '' }));
    expect(events).toMatchObject([{ bytes: Buffer.from(secret), diagnostics: saidRedacted }]);
  });
});

describe('what a terminal would obey is shown instead', () => {
  const raw = 'a\u001b[2K\r\u009b1A\u2028\u202eb\tc\nלילי 👩‍🔧';
  const inLines = 'a\\u001b[2K\\r\\u009b1A\\u2028\\u202eb\tc\nלילי 👩‍🔧';
  const inOne = 'a\\u001b[2K\\r\\u009b1A\\u2028\\u202eb\\tc\\nלילי 👩‍🔧';

  it('in a list, where a name stays in its line', async () => {
    const diagnostic = wireDiagnostics([errorDiagnostic(raw, raw)]);
    const client = await clientOf({ listResource: listing(() => [listEvent(raw, diagnostic)]) });
    expect(await eventsOf(client.listResource(listRequest))).toMatchObject([
      { displayName: inOne, diagnostic: [{ summary: inOne, detail: inLines }] },
    ]);
  });

  it('in the error of a function, and after the secret is taken out', async () => {
    const failed = { result: undefined, error: { text: raw + secret, functionArgument: 0n } };
    const redacting = createRpc((text) => text.replace(raw, shown));
    for (const [made, expected] of [
      [rpc, inLines + shown],
      [redacting, shown + secret],
    ] as const) {
      const answer = made.unary(
        () => failed,
        () => failed,
      );
      expect(await answerOf('callFunction', answer)).toMatchObject({ error: { text: expected } });
    }
  });
});

describe('what is thrown becomes a redacted answer, never a gRPC error', () => {
  const bug = {
    summary: 'The provider failed unexpectedly',
    detail: expect.stringMatching(/^\(redacted\)\n/),
  };
  const both: [string, () => never, object][] = [
    [
      'a Failure',
      throwing(new Failure([errorDiagnostic(`About ${secret}`, `It is ${secret}.`)])),
      saidRedacted[0] as Diagnostic,
    ],
    ['an Error', throwing(new Error(secret)), bug],
    ['anything else', throwing(secret), bug],
  ];

  it.each(both)('in an answer: %s', async (_, fails, diagnostic) => {
    for (const answer of [fails, async () => fails()]) {
      const handler = rpc.unary((diagnostics) => ({ diagnostics }), answer);
      expect(await answerOf('configureProvider', handler)).toMatchObject({ diagnostics: [diagnostic] });
    }
  });

  it.each(both)('after a stream of requests: %s', async (_, fails, diagnostic) => {
    const handler = rpc.clientStream((diagnostics) => ({ diagnostics }), fails);
    expect(await answerOf('writeStateBytes', handler)).toMatchObject({ diagnostics: [diagnostic] });
  });

  it.each(both)('in a stream, before it and in it: %s', async (_, fails, diagnostic) => {
    const later = async function* () {
      yield listEvent('First');
      fails();
    };
    for (const [events, first] of [
      [fails, []],
      [later, [{ displayName: 'First' }]],
    ] as const) {
      const client = await clientOf({ listResource: listing(events) });
      const received = await eventsOf(client.listResource(listRequest));
      expect(received).toMatchObject([...first, { displayName: '', diagnostic: [diagnostic] }]);
    }
  });
});

it('an answer without text is passed on as it is, not copied', async () => {
  const plan: PlanResourceChange_Response = {
    plannedState: { msgpack: Buffer.from([0xc0]), json: Buffer.alloc(0) },
    requiresReplace: [],
    plannedPrivate: Buffer.alloc(0),
    diagnostics: [],
    legacyTypeSystem: false,
    deferred: undefined,
    plannedIdentity: undefined,
  };
  for (const answer of [plan, { Error: '' }, { result: plan.plannedState, error: undefined }]) {
    const received: unknown[] = [];
    const handler = rpc.unary(
      () => answer,
      () => answer,
    );
    await handler({ request: {} } as never, (_, value) => void received.push(value));
    expect(received[0]).toBe(answer);
  }
  const written: unknown[] = [];
  const event = listEvent('');
  await listing(() => [event])({
    request: {},
    once() {},
    write: (value: unknown) => written.push(value),
    end() {},
  } as never);
  expect(written[0]).toBe(event);
});

it('asks for no more events once the client is gone', async () => {
  const all = 5000;
  let asked = 0;
  const ended = new Promise<void>((resolve) => {
    const events = async function* () {
      try {
        for (; asked < all; asked++) {
          yield listEvent(String(asked));
          await new Promise((next) => setImmediate(next));
        }
      } finally {
        resolve();
      }
    };
    void clientOf({ listResource: listing(events) }).then((client) => {
      const stream = client.listResource(listRequest);
      stream.on('error', () => {});
      stream.once('data', () => stream.cancel());
    });
  });
  await ended;
  expect(asked).toBeLessThan(all);
});

it('says that the client is gone, to whoever waits for something else', async () => {
  const gone = new Promise<void>((resolve) => {
    const events = async function* (_: unknown, cancelled: AbortSignal) {
      yield listEvent('First');
      await new Promise<void>((next) => cancelled.addEventListener('abort', () => next()));
      resolve();
    };
    void clientOf({ listResource: listing(events) }).then((client) => {
      const stream = client.listResource(listRequest);
      stream.on('error', () => {});
      stream.once('data', () => stream.cancel());
    });
  });
  await gone;
});

it('asks for no more events than the client has room for', async () => {
  let asked = 0;
  const all = 2000;
  const events = async function* () {
    for (; asked < all; asked++) yield listEvent('x'.repeat(10_000));
  };
  const client = await clientOf({ listResource: listing(events) });
  const stream = client.listResource(listRequest);
  await new Promise((resolve) => stream.once('readable', resolve));
  let before = -1;
  while (before !== asked) {
    before = asked;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  expect(asked).toBeLessThan(all / 2);
  expect(await eventsOf(stream)).toHaveLength(all);
});

it('knows every place in which an answer of the protocol has text', () => {
  const places = Object.entries(ProviderService as ServiceDefinition).map(
    ([method, { responseDeserialize }]) => {
      const empty = responseDeserialize(Buffer.alloc(0)) as Record<string, unknown>;
      return [
        method,
        Object.keys(empty).filter((name) => empty[name] === '' || /diagnostic|error|type$/i.test(name)),
      ];
    },
  );
  const usual = ['diagnostics'];
  expect(Object.fromEntries(places.filter(([, fields]) => String(fields) !== String(usual)))).toEqual({
    stopProvider: ['Error'],
    listResource: ['displayName', 'diagnostic'],
    callFunction: ['error'],
    invokeAction: ['type'],
    // The id of a lock is not text for users.
    lockState: ['lockId', 'diagnostics'],
  });
});
