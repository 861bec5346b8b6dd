import {
  computed,
  createFactory,
  failure,
  type ListContext,
  optional,
  required,
  t,
  unknown,
  warningDiagnostic,
} from '../../../../provider/framework';
import { createOperations } from '../../../../provider/framework/operations';
import type { ListEvent } from '../../../../provider/framework/operations/list-resource';
import { d } from '../support';

const attributes = {
  id: computed(t.string, d),
  region: computed(t.string, d),
  name: required(t.string, d),
  secret: computed(t.string, d),
};
const never = () => Promise.reject(new Error('not called'));
const log = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  hide: () => {},
  redact: (text: string) => text,
};
const type = 'test_thing';
const config = { name: null };

type Context = ListContext<string>;
type Results = (context: Context) => AsyncIterable<unknown>;

function serving(results: Results) {
  const { provider, resource, listResource } = createFactory<string>();
  const thing = resource('thing', {
    description: 'A thing.',
    attributes,
    identity: { region: 'optional', id: 'required' },
    create: never,
    read: never,
    update: never,
    delete: never,
  });
  const things = listResource(thing, {
    description: 'Things.',
    attributes: { name: optional(t.string, d) },
    validate: ({ name }) => (name === 'odd' ? [warningDiagnostic('Odd', 'A name.')] : []),
    list: (context) => results(context) as never,
  });
  const made = createOperations(
    provider({
      name: 'test',
      source: 'test/test',
      version: '1.0.0',
      description: 'For tests.',
      attributes: {},
      configure: () => 'the client',
      resources: [thing],
      dataSources: [],
      listResources: [things],
    }),
    log,
  );
  made.provider.configure({}, '1.16.0');
  return { stop: made.provider.stop, ...made.listResource() };
}

const request = (change: object = {}) => ({
  config,
  limit: 100,
  includeResource: false,
  cancelled: new AbortController().signal,
  ...change,
});

async function allOf(events: AsyncIterable<ListEvent>): Promise<ListEvent[]> {
  const all: ListEvent[] = [];
  for await (const event of events) all.push(event);
  return all;
}

const found = (id: string, more: object = {}) => ({
  identity: { region: 'eu', id },
  displayName: `thing ${id}`,
  ...more,
});
/** What each event is about: the display name, and the titles of what it reports. */
const told = (events: readonly ListEvent[]) =>
  events.map(({ displayName, diagnostics }) => [displayName, ...diagnostics.map(({ summary }) => summary)]);

describe('a list', () => {
  it('is given the client, the limit and whether the object is wanted', async () => {
    const made = serving(async function* ({ client, limit, includeResource }) {
      yield found(`${client} ${limit} ${includeResource}`);
    });
    const [event] = await allOf(made.list(type, request({ limit: 7, includeResource: true })));
    expect(event?.identity).toEqual({ region: 'eu', id: 'the client 7 true' });
  });

  it('warns before its first result alone, later with the next result, and at the end alone', async () => {
    const made = serving(async function* ({ warn }) {
      warn('First', 'Of all.');
      yield found('1');
      warn('Second', 'In between.');
      yield found('2');
      warn('Third', 'At last.');
    });
    expect(told(await allOf(made.list(type, request())))).toEqual([
      ['', 'First'],
      ['thing 1'],
      ['thing 2', 'Second'],
      ['', 'Third'],
    ]);
  });

  it('can find nothing, and warn of that', async () => {
    const made = serving(async function* ({ warn }) {
      warn('Nothing', 'Is there.');
      yield* [];
    });
    expect(told(await allOf(made.list(type, request())))).toEqual([['', 'Nothing']]);
  });

  it('ends with an error, and keeps the warnings that came before', async () => {
    const made = serving(async function* ({ warn }) {
      yield found('1');
      warn('Beware', 'Of this.');
      throw failure('Gone', 'It is not there.');
    });
    expect(told(await allOf(made.list(type, request())))).toEqual([['thing 1'], ['', 'Beware', 'Gone']]);
  });

  it('is not stopped by a warning about its configuration, which validation has shown', async () => {
    const made = serving(async function* () {
      yield found('1');
    });
    expect(told(await allOf(made.list(type, request({ config: { name: 'odd' } }))))).toEqual([['thing 1']]);
    expect(made.validate(type, { name: 'odd' })).toHaveLength(1);
  });

  it('is found by its name', async () => {
    const made = serving(async function* () {
      yield found('1');
    });
    expect(made.validate('test_other', config)).toEqual([
      expect.objectContaining({ summary: 'Unknown list resource', detail: expect.stringContaining('other') }),
    ]);
    expect(told(await allOf(made.list('test_other', request())))).toEqual([['', 'Unknown list resource']]);
  });
});

describe('a list ends, and its handler is told to finish', () => {
  let finished: string[] = [];
  beforeEach(() => {
    finished = [];
  });
  const endless: Results = async function* ({ signal }) {
    try {
      for (let n = 1; ; n++) yield found(String(n));
    } finally {
      finished.push(`aborted: ${signal.aborted}`);
    }
  };
  /** Never looks at the signal while it waits. */
  const stuck: Results = async function* () {
    yield found('1');
    await new Promise(() => {});
  };

  it('at the limit', async () => {
    expect(await allOf(serving(endless).list(type, request({ limit: 3 })))).toHaveLength(3);
    expect(finished).toEqual(['aborted: false']);
  });

  it('when nobody reads on', async () => {
    for await (const _ of serving(endless).list(type, request())) break;
    expect(finished).toEqual(['aborted: false']);
  });

  it('when a result has the wrong shape', async () => {
    const made = serving(async function* (context) {
      for await (const result of endless(context)) yield { ...(result as object), displayName: '' };
    });
    const events = await allOf(made.list(type, request()));
    expect(told(events)).toEqual([['', 'The provider produced a value of the wrong shape']]);
    expect(finished).toEqual(['aborted: false']);
  });

  it('when the provider is stopped, with an error', async () => {
    const made = serving(endless);
    const events: ListEvent[] = [];
    for await (const event of made.list(type, request())) {
      events.push(event);
      if (events.length === 2) made.stop();
    }
    expect(told(events)).toEqual([['thing 1'], ['thing 2'], ['', 'The list was interrupted']]);
    expect(finished).toEqual(['aborted: true']);
  });

  it.each(['stopped', 'cancelled'])('when it is %s, even if the handler does not notice', async (how) => {
    const cancelled = new AbortController();
    const made = serving(stuck);
    const events = allOf(made.list(type, request({ cancelled: cancelled.signal })));
    await new Promise((resolve) => setImmediate(resolve));
    if (how === 'stopped') made.stop();
    else cancelled.abort();
    expect(told(await events)).toEqual([['thing 1'], ['', 'The list was interrupted']]);
  });

  it('before it has begun, if it was cancelled by then', async () => {
    const events = await allOf(serving(endless).list(type, request({ cancelled: AbortSignal.abort() })));
    expect(told(events)).toEqual([['', 'The list was interrupted']]);
    expect(finished).toEqual([]);
  });

  it('and leaves nothing behind that waits for an interruption', async () => {
    const cancelled = new AbortController();
    const added = jest.spyOn(cancelled.signal, 'addEventListener');
    await allOf(serving(endless).list(type, request({ cancelled: cancelled.signal, limit: 1 })));
    const waiting = added.mock.calls.map(
      ([, , options]) => !(options as { signal: AbortSignal }).signal.aborted,
    );
    expect(waiting).toEqual([false]);
  });
});

describe('a result', () => {
  const only = async (result: unknown, includeResource = true) => {
    const made = serving(async function* () {
      yield result;
    });
    const [event] = await allOf(made.list(type, request({ includeResource })));
    return event;
  };
  const whole = { id: '1', region: null, name: 'a', secret: null };

  it('can leave null what is optional in the identity, and what is not required in the object', async () => {
    const event = await only(found('1', { identity: { region: null, id: '1' }, resource: whole }));
    expect(event).toMatchObject({ identity: { region: null, id: '1' }, resource: whole, diagnostics: [] });
  });

  it('has no object if there is none, or nobody asked', async () => {
    expect(await only(found('1'))).toMatchObject({ resource: null, diagnostics: [] });
    expect(await only(found('1', { resource: whole }), false)).toMatchObject({
      resource: null,
      diagnostics: [],
    });
  });

  it.each([
    ['no identity', { identity: undefined }, /^In the identity of "thing 1": The value is not an object/],
    ['no id', { identity: { region: 'eu' } }, /^In the identity of "thing 1", at id: The value is missing/],
    ['a null id', { identity: { region: 'eu', id: null } }, /at id: The value is null/],
    ['a number as id', { identity: { region: 'eu', id: 1 } }, /at id: The value is not a string/],
    [
      'more in the identity',
      { identity: { region: 'eu', id: '1', name: 'a' } },
      /at name: .* not in the schema/,
    ],
    ['an unknown id', { identity: { region: 'eu', id: unknown } }, /at id: The value is still unknown/],
    ['no display name', { displayName: undefined }, /has no display name/],
    [
      'a null name',
      { resource: { ...whole, name: null } },
      /^In the resource of "thing 1", at name: .* null/,
    ],
    ['too little', { resource: { id: '1', name: 'a' } }, /at region: The value is missing/],
    ['too much', { resource: { ...whole, colour: 'red' } }, /at colour: .* not in the schema/],
    ['an unknown secret', { resource: { ...whole, secret: unknown } }, /at secret: .* still unknown/],
  ])('is an error with %s', async (_, change, detail) => {
    const event = await only(found('1', change));
    expect(event?.diagnostics).toEqual([
      expect.objectContaining({
        severity: 'error',
        summary: 'The provider produced a value of the wrong shape',
        detail: expect.stringMatching(detail),
      }),
    ]);
    // A path would point into the configuration of the list.
    expect(event?.diagnostics[0]?.path ?? []).toEqual([]);
    expect(event).toMatchObject({ identity: null, displayName: '', resource: null });
  });
});
