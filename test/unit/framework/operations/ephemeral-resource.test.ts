import {
  computed,
  createFactory,
  type EphemeralContext,
  failure,
  nonEmpty,
  optional,
  required,
  t,
  unknown,
} from '../../../../provider/framework';
import { createOperations } from '../../../../provider/framework/operations';
import { longestClose } from '../../../../provider/framework/operations/ephemeral-resource';
import { d } from '../support';

const attributes = {
  name: required(t.string, { ...d, validate: [nonEmpty] }),
  note: optional(t.string, d),
  roles: optional(t.list(t.nested({ role: required(t.string, d), since: computed(t.string, d) })), d),
  token: computed(t.string, { ...d, sensitive: true }),
};
const type = 'test_lease';
const config = { name: 'a', note: null, roles: null, token: null };
const result = { ...config, token: 'fake-token' };
const log = { debug() {}, info() {}, warn() {}, hide() {}, redact: (text: string) => text };
const { provider, ephemeralResource } = createFactory<string>();
type Context = EphemeralContext<string>;

interface Handlers {
  open(context: Context): Promise<{ result: typeof result; private?: string; renewAt?: Date }>;
  renew?(context: Context, kept: string): Promise<{ private?: string; renewAt?: Date }>;
  close?(context: Context, kept: string): Promise<void>;
}

function serving(handlers: Handlers, configured = true) {
  const made = createOperations(
    provider({
      name: 'test',
      source: 'test/test',
      version: '1.0.0',
      description: 'For tests.',
      attributes: {},
      configure: () => 'the client',
      resources: [],
      dataSources: [],
      ephemeralResources: [ephemeralResource('lease', { ...d, attributes, ...handlers })],
    }),
    log,
  );
  if (configured) made.provider.configure({}, '1.15.0');
  return { ...made.ephemeralResource(), stop: made.provider.stop };
}

const summaries = ({ diagnostics }: { diagnostics: readonly { summary: string }[] }) =>
  diagnostics.map(({ summary }) => summary);
const opens = async () => ({ result, private: 'kept' });
const unreadable = 'The private data of an ephemeral resource cannot be read';

it('is opened, renewed and closed with what was kept', async () => {
  const seen: unknown[] = [];
  const [soon, later] = [new Date(1000), new Date(2000)];
  const made = serving({
    async open({ client, warn }) {
      seen.push(client);
      warn('Opened', 'It is open.');
      return { result, private: 'first', renewAt: soon };
    },
    async renew(_, kept) {
      seen.push(kept);
      return kept === 'first' ? { private: 'second', renewAt: later } : {};
    },
    close: async (_, kept) => void seen.push(kept),
  });
  const opened = await made.open(type, config);
  expect(opened).toMatchObject({ result, renewAt: soon, diagnostics: [{ summary: 'Opened' }] });
  const renewed = await made.renew(type, opened.private);
  expect(renewed).toMatchObject({ renewAt: later, diagnostics: [] });
  const last = await made.renew(type, renewed.private);
  // What is not replaced is passed on, since OpenTofu closes with it.
  expect(last).toEqual({ private: renewed.private, renewAt: undefined, diagnostics: [] });
  expect(await made.close(type, last.private)).toEqual({ diagnostics: [] });
  expect(await made.close(type, opened.private)).toEqual({ diagnostics: [] });
  expect(seen).toEqual(['the client', 'first', 'second', 'second', 'first']);
});

it('needs to keep nothing', async () => {
  const closed: unknown[] = [];
  const made = serving({ open: async () => ({ result }), close: async (_, kept) => void closed.push(kept) });
  const opened = await made.open(type, config);
  expect(await made.close(type, opened.private)).toEqual({ diagnostics: [] });
  expect(closed).toEqual([null]);
  expect(await serving({ open: opens }).close(type, opened.private)).toEqual({ diagnostics: [] });
});

it('is validated, and again when it is opened', async () => {
  const made = serving({ open: () => Promise.reject(new Error('opened all the same')) });
  expect(made.validate(type, { ...config, name: unknown })).toEqual([]);
  expect(summaries({ diagnostics: made.validate(type, { ...config, name: ' ' }) })).toEqual(['Invalid name']);
  expect(summaries(await made.open(type, { ...config, name: ' ' }))).toEqual(['Invalid name']);
  expect(summaries(await made.open(type, { ...config, note: unknown }))).toEqual([
    'A value is still unknown',
  ]);
});

describe('a result that engines would reject, and then never close, is closed here:', () => {
  const roles = [{ role: 'a', since: 'b' }];
  it.each<[what: string, config: object, change: object]>([
    ['a value that is not configured', {}, { note: 'mine' }],
    ['another value than the configured one', { note: 'a' }, { note: 'b' }],
    ['a configured value left out', { note: 'a' }, { note: null }],
    [
      'another value within a nested one',
      { roles: [{ role: 'a', since: null }] },
      { roles: [{ role: 'b', since: '' }] },
    ],
    ['more nested objects', { roles: [{ role: 'a', since: null }] }, { roles: [...roles, ...roles] }],
    ['nested objects that are not configured', {}, { roles }],
    ['a missing attribute', {}, { token: undefined }],
    ['a null that is not nullable', {}, { token: null }],
    ['something unknown', {}, { token: unknown }],
    ['another type', {}, { token: 5 }],
  ])('%s', async (_, configured, change) => {
    const closed: string[] = [];
    const made = serving({
      open: async () => ({ result: { ...result, ...configured, ...change } as never, private: 'kept' }),
      close: async (_, kept) => void closed.push(kept),
    });
    const opened = await made.open(type, { ...config, ...configured } as never);
    expect(summaries(opened)).toEqual(['The provider produced a value of the wrong shape']);
    expect([opened.result, closed]).toEqual([null, ['kept']]);
  });

  it('a renewal that nothing does, and one at no time', async () => {
    const closed: string[] = [];
    const close = async (_: Context, kept: string) => void closed.push(kept);
    for (const made of [
      serving({ open: async () => ({ ...(await opens()), renewAt: new Date() }), close }),
      serving({
        open: async () => ({ ...(await opens()), renewAt: new Date(Number.NaN) }),
        renew: async () => ({}),
        close,
      }),
    ]) {
      expect(summaries(await made.open(type, config))).toHaveLength(1);
    }
    expect(closed).toEqual(['kept', 'kept']);
  });

  it('even if that fails as well: then both are told', async () => {
    const made = serving({
      open: async () => ({ result: { ...result, name: 'b' } }),
      close: () => Promise.reject(failure('Not closed', 'It is stuck.')),
    });
    expect(summaries(await made.open(type, config))).toEqual([
      'The provider produced a value of the wrong shape',
      'Not closed',
    ]);
  });
});

it('takes what was configured in nested objects, and computes the rest', async () => {
  const roles = [{ role: 'a', since: 'b' }];
  const made = serving({ open: async () => ({ result: { ...result, roles } as never }) });
  const opened = await made.open(type, { ...config, roles: [{ role: 'a', since: null }] });
  expect(opened).toMatchObject({ result: { roles }, diagnostics: [] });
});

describe('an interrupt', () => {
  it('reaches what is being opened, and not what is being closed', async () => {
    const made = serving({
      open: ({ signal }) =>
        new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
      close: async ({ signal }) => signal.throwIfAborted(),
    });
    const opening = made.open(type, config);
    made.stop();
    expect(await opening).toMatchObject({
      diagnostics: [{ detail: expect.stringContaining('Terraform was interrupted') }],
    });
    expect(await made.close(type, Buffer.from('"kept"'))).toEqual({ diagnostics: [] });
  });

  it('does not make a close endless: engines do not wait for it', async () => {
    jest.useFakeTimers();
    try {
      const aborted = jest.fn();
      const made = serving({
        open: opens,
        close: ({ signal }) => new Promise(() => signal.addEventListener('abort', aborted)),
      });
      const closing = made.close(type, Buffer.from('"kept"'));
      await jest.advanceTimersByTimeAsync(longestClose);
      expect(summaries(await closing)).toEqual(['An ephemeral resource was not closed in time']);
      expect(aborted).toHaveBeenCalled();
    } finally {
      jest.useRealTimers();
    }
  });
});

it('refuses what it cannot be', async () => {
  const made = serving({ open: opens, close: () => Promise.reject(new Error('closed all the same')) });
  for (const diagnostics of [
    made.validate('test_other', config),
    (await made.open('test_other', config)).diagnostics,
    (await made.renew('test_other', Buffer.alloc(0))).diagnostics,
    (await made.close('test_other', Buffer.alloc(0))).diagnostics,
  ]) {
    expect(summaries({ diagnostics })).toEqual(['Unknown ephemeral resource']);
  }
  expect(summaries(await made.renew(type, Buffer.from('1')))).toEqual([
    'This ephemeral resource cannot be renewed',
  ]);
  for (const wrong of ['', '{', 'kept']) {
    expect(summaries(await made.close(type, Buffer.from(wrong)))).toEqual([unreadable]);
  }
  const early = serving({ open: opens }, false);
  expect(summaries(await early.open(type, config))).toEqual(['The provider is not configured']);
});
