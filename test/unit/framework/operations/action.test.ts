import {
  type ActionContext,
  createFactory,
  failure,
  nonEmpty,
  optional,
  required,
  t,
  unknown,
  writeOnly,
} from '../../../../provider/framework';
import { createOperations } from '../../../../provider/framework/operations';
import type { ActionEvent } from '../../../../provider/framework/operations/action';
import type { WireValue } from '../../../../provider/framework/schema/unknown';
import { d } from '../support';

const attributes = {
  message: required(t.string, { ...d, validate: [nonEmpty] }),
  note: optional(t.string, d),
  code: writeOnly(t.string, d),
};
const type = 'test_notify';
const config = { message: 'a', note: null, code: 'b' };
const log = { debug() {}, info() {}, warn() {}, hide() {}, redact: (text: string) => text };
const { provider, action } = createFactory<string>();

type Invoke = (
  context: ActionContext<string>,
  config: { message: string; code: string | null },
) => Promise<void>;
type Plan = (
  context: { warn(summary: string, detail: string): void },
  config: { note: unknown },
) => Promise<void>;

function serving(invoke: Invoke, plan?: Plan, configured = true) {
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
      actions: [action('notify', { ...d, attributes, invoke, ...(plan && { plan }) })],
    }),
    log,
  );
  if (configured) made.provider.configure({}, '1.15.0');
  const { signal: never } = new AbortController();
  return {
    ...made.action(),
    stop: made.provider.stop,
    async events(wire: WireValue, name = type, cancelled = never) {
      const events: ActionEvent[] = [];
      for await (const event of made.action().invoke(name, wire, cancelled)) events.push(event);
      return events;
    },
  };
}

const notCalled = () => Promise.reject(new Error('called all the same'));
const completed = (...summaries: string[]) => ({
  completed: summaries.map((summary) => expect.objectContaining({ summary })),
});
const summaries = (diagnostics: readonly { summary: string }[]) => diagnostics.map(({ summary }) => summary);

describe('an invocation ends with one completion, the last event:', () => {
  it('after all progress', async () => {
    const made = serving(async ({ client, progress, warn }, { message, code }) => {
      progress(`${client}: ${message}`);
      progress(`the code is ${code}`);
      await new Promise((resolve) => setTimeout(resolve, 5));
      progress('later');
      warn('Done', 'It is done.');
      setImmediate(() => progress('too late'));
    });
    expect(await made.events(config)).toEqual([
      { progress: 'the client: a' },
      { progress: 'the code is b' },
      { progress: 'later' },
      completed('Done'),
    ]);
  });

  it('told at once', async () => {
    let goOn = () => {};
    const made = serving(async ({ progress }) => {
      progress('one');
      await new Promise<void>((resolve) => {
        goOn = resolve;
      });
    });
    const events = made.invoke(type, config, new AbortController().signal)[Symbol.asyncIterator]();
    expect(await events.next()).toEqual({ done: false, value: { progress: 'one' } });
    goOn();
    expect(await events.next()).toEqual({ done: false, value: { completed: [] } });
    expect(await events.next()).toEqual({ done: true, value: undefined });
  });

  it('also after progress that nobody was ready for', async () => {
    let goOn = () => {};
    const made = serving(async ({ progress }) => {
      progress('one');
      await new Promise<void>((resolve) => {
        goOn = resolve;
      });
      progress('two');
    });
    const events = made.invoke(type, config, new AbortController().signal)[Symbol.asyncIterator]();
    expect(await events.next()).toEqual({ done: false, value: { progress: 'one' } });
    goOn();
    await new Promise(setImmediate);
    expect(await events.next()).toEqual({ done: false, value: { progress: 'two' } });
    expect(await events.next()).toEqual({ done: false, value: { completed: [] } });
  });

  it('with the error, if it fails', async () => {
    const made = serving(async ({ progress, warn }) => {
      progress('one');
      warn('Careful', 'It may fail.');
      throw failure('Not sent', 'Nobody is there.');
    });
    expect(await made.events(config)).toEqual([{ progress: 'one' }, completed('Careful', 'Not sent')]);
    const broken = serving(() => {
      throw new Error('no promise');
    });
    expect(await broken.events(config)).toEqual([completed('The provider failed unexpectedly')]);
  });

  it.each<[what: string, wire: WireValue, summary: string]>([
    ['an invalid value', { ...config, message: ' ' }, 'Invalid message'],
    ['an unknown value', { ...config, note: unknown }, 'A value is still unknown'],
    ['no configuration', null, 'Missing message'],
    ['another type', 5, 'A value does not fit the schema'],
  ])('with nothing done for %s', async (_, wire, summary) => {
    expect(await serving(notCalled).events(wire)).toEqual([completed(summary)]);
  });

  it('if there is no such action, or nothing is configured', async () => {
    expect(await serving(notCalled).events(config, 'test_other')).toEqual([completed('Unknown action')]);
    expect(await serving(notCalled, undefined, false).events(config)).toEqual([
      completed('The provider is not configured'),
    ]);
  });
});

describe('it is aborted', () => {
  const waits: Invoke = ({ signal, progress }) =>
    new Promise((_, reject) => {
      signal.addEventListener('abort', () => reject(failure('Aborted', 'It was left.')));
      progress('waiting');
    });

  it('by an interrupt, and then completes', async () => {
    const made = serving(waits);
    const events = made.events(config);
    made.stop();
    expect(await events).toEqual([{ progress: 'waiting' }, completed('Aborted')]);
  });

  it('and tells no progress after that, which would keep Terraform from showing the error', async () => {
    const made = serving(async ({ signal, progress }) => {
      progress('waiting');
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      progress('interrupted');
      throw failure('Aborted', 'It was left.');
    });
    const events = made.events(config);
    made.stop();
    expect(await events).toEqual([{ progress: 'waiting' }, completed('Aborted')]);
  });

  it('by a client that is gone', async () => {
    const gone = new AbortController();
    const events = serving(waits).events(config, type, gone.signal);
    gone.abort();
    expect(await events).toEqual([{ progress: 'waiting' }, completed('Aborted')]);
  });
});

it('is validated with a write-only value, which every engine with actions allows', () => {
  const made = serving(notCalled);
  expect(made.validate(type, config)).toEqual([]);
  expect(made.validate(type, { ...config, message: unknown })).toEqual([]);
  expect(summaries(made.validate(type, null))).toEqual(['Missing message']);
  expect(summaries(made.validate('test_other', config))).toEqual(['Unknown action']);
});

describe('a plan', () => {
  it('may warn, fail or be deferred', async () => {
    const { Failure } = await import('../../../../provider/framework');
    const made = serving(notCalled, async ({ warn }, { note }) => {
      if (note === 'fail') throw failure('No', 'Not this.');
      if (note === 'later') throw new Failure([], 'PROVIDER_CONFIG_UNKNOWN');
      warn('Careful', String(note));
    });
    expect(await made.plan(type, { ...config, note: unknown }, false)).toMatchObject({
      diagnostics: [{ summary: 'Careful', detail: '(known after apply)' }],
    });
    expect(summaries((await made.plan(type, { ...config, note: 'fail' }, false)).diagnostics)).toEqual([
      'No',
    ]);
    expect(summaries((await made.plan(type, { ...config, message: '' }, false)).diagnostics)).toEqual([
      'Invalid message',
    ]);
    expect(await made.plan(type, { ...config, note: 'later' }, true)).toEqual({
      deferred: 'PROVIDER_CONFIG_UNKNOWN',
      diagnostics: [],
    });
  });

  it('need not be more than a validation', async () => {
    expect(await serving(notCalled).plan(type, config, false)).toEqual({ diagnostics: [] });
  });
});
