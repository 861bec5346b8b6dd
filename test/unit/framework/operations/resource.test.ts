import {
  type Context,
  computed,
  createFactory,
  Failure,
  required,
  type State,
  t,
  unknown,
} from '../../../../provider/framework';
import { createOperations, type Operations } from '../../../../provider/framework/operations';
import type { WireValue } from '../../../../provider/framework/schema/unknown';
import { d } from '../support';

const attributes = { id: computed(t.string, d), name: required(t.string, d) };
type ThingState = State<typeof attributes>;
type Handlers = {
  create?: (context: Context<null>) => Promise<ThingState>;
  read?: (context: Context<null>) => Promise<ThingState | null>;
  update?: (context: Context<null>) => Promise<ThingState>;
  delete?: (context: Context<null>) => Promise<void>;
  import?: (context: Context<null>) => Promise<ThingState>;
};

const here = { id: '1', name: 'a' };
const config = { id: null, name: 'a' };
const kept = Buffer.from('{"k":1}');
const type = 'test_thing';
const log = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  hide: () => {},
  redact: (text: string) => text,
};

/** A provider of one resource; handlers that are not given all answer with the same thing. */
function serving(handlers: Handlers = {}, configured = true): Operations {
  const { provider, resource } = createFactory<null>();
  const thing = resource('thing', {
    description: 'A thing.',
    attributes,
    identity: { id: 'required' },
    create: async () => here,
    read: async () => here,
    update: async () => here,
    delete: async () => {},
    ...handlers,
  });
  const made = createOperations(
    provider({
      name: 'test',
      source: 'test/test',
      version: '1.0.0',
      description: 'For tests.',
      attributes: {},
      configure: () => null,
      resources: [thing],
      dataSources: [],
    }),
    log,
  );
  if (configured) made.provider.configure({}, '1.11.0');
  return made;
}

const fails = () => Promise.reject(new Error('broken'));
const defers = () =>
  Promise.reject(
    new Failure([{ severity: 'error', summary: 'Later', detail: 'Not yet.' }], 'PROVIDER_CONFIG_UNKNOWN'),
  );

const apply = (of: Operations, prior: WireValue, planned: WireValue, stored = kept) =>
  of.resource().apply(type, { config: planned && config, prior, planned, private: stored });
const read = (of: Operations, state: WireValue = here, deferralAllowed = false) =>
  of.resource().read(type, { state, private: kept, deferralAllowed });

describe('a handler that fails', () => {
  it('leaves the state as it was: none at a creation, otherwise the prior one', async () => {
    const broken = serving({ create: fails, read: fails, update: fails, delete: fails });
    const planned = { id: unknown, name: 'a' };
    for (const [outcome, state] of [
      [await apply(broken, null, planned), null],
      [await apply(broken, here, { ...here, name: 'b' }), here],
      [await apply(broken, here, null), here],
      [await read(broken), here],
    ] as const) {
      expect(outcome).toMatchObject({ state, private: kept, identity: null });
      expect(outcome.diagnostics).toEqual([
        expect.objectContaining({ severity: 'error', detail: expect.stringContaining('broken') }),
      ]);
    }
  });

  it('leaves it to the engine if that has sent no private state to destroy an object with', async () => {
    const broken = serving({ update: fails, delete: fails });
    expect(await apply(broken, here, null, Buffer.alloc(0))).toMatchObject({ state: null });
    expect(await apply(broken, here, { ...here, name: 'b' }, Buffer.alloc(0))).toMatchObject({ state: here });
  });

  it('does not lose the warnings that it gave', async () => {
    const warns = serving({
      async read(context) {
        context.warn('Beware', 'It breaks.');
        return fails();
      },
    });
    const { diagnostics } = await read(warns);
    expect(diagnostics.map(({ severity }) => severity)).toEqual(['warning', 'error']);
  });

  it('returns a state and an error if it reports both', async () => {
    const both = serving({
      async create(context) {
        context.error('Half', 'Made, but not well.');
        context.private.set('k', 2);
        return here;
      },
    });
    const outcome = await apply(both, null, { id: unknown, name: 'a' });
    expect(outcome).toMatchObject({
      state: here,
      identity: { id: '1' },
      diagnostics: [{ severity: 'error' }],
    });
    expect(String(outcome.private)).toBe('{"k":2}');
  });
});

describe('a handler whose answer has the wrong shape', () => {
  const answers = (value: unknown) => async () => value as ThingState;

  it.each([
    ['nothing', undefined],
    ['a missing key', { id: '1' }],
    ['one too many', { ...here, colour: 'red' }],
    ['a wrong type', { ...here, id: 1 }],
    ['an unknown', { ...here, id: unknown }],
    ['a null', { ...here, id: null }],
    ['a text', 'gone'],
  ])('is refused: %s', async (_, value) => {
    const wrong = serving({ create: answers(value), read: answers(value) });
    const seen = await read(wrong);
    expect(seen).toMatchObject({ state: here, diagnostics: [{ severity: 'error' }] });
    const made = await apply(wrong, null, { id: unknown, name: 'a' });
    expect(made).toMatchObject({ state: null, diagnostics: [{ severity: 'error' }] });
  });

  it('may say that the object is gone', async () => {
    expect(await read(serving({ read: async () => null }))).toMatchObject({ state: null, diagnostics: [] });
  });
});

describe('a deferral', () => {
  const later = serving({ read: defers, import: defers });

  it('is an error if the client does not allow it', async () => {
    const outcome = await read(later);
    expect(outcome.deferred).toBeUndefined();
    expect(outcome).toMatchObject({ state: here, diagnostics: [{ summary: 'Later' }] });
  });

  it('is an answer without diagnostics if the client does', async () => {
    const outcome = await read(later, here, true);
    expect(outcome).toMatchObject({ state: here, deferred: 'PROVIDER_CONFIG_UNKNOWN', diagnostics: [] });
    expect(await later.resource().import(type, { id: '1' }, true)).toMatchObject({
      deferred: 'PROVIDER_CONFIG_UNKNOWN',
    });
  });
});

it('asks for a configuration first, and names what it does not have', async () => {
  expect(await read(serving({}, false))).toMatchObject({
    diagnostics: [{ summary: 'The provider is not configured' }],
  });
  const { diagnostics } = await serving().resource().import('test_nothing', { id: '1' }, false);
  expect(diagnostics[0]?.detail).toContain('"test_nothing"');
  expect(await serving().resource().import(type, { id: '1' }, false)).toMatchObject({
    diagnostics: [{ summary: 'This resource cannot be imported' }],
  });
});

it('interrupts what is in progress when it is stopped, and starts afresh when it is configured again', async () => {
  const signals: AbortSignal[] = [];
  const watched = serving({
    async read({ signal }) {
      signals.push(signal);
      return here;
    },
  });
  await read(watched);
  watched.provider.stop();
  watched.provider.configure({}, '1.11.0');
  await read(watched);
  expect(signals.map(({ aborted }) => aborted)).toEqual([true, false]);
  expect(signals[0]?.reason).toEqual(new Error('Terraform was interrupted'));
});
