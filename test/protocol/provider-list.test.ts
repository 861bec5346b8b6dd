import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ClientReadableStream, status } from '@grpc/grpc-js';
import { unknown, type WireValue } from '../../provider/framework';
import { Diagnostic_Severity, type ListResource_Event } from '../../provider/protocol/generated/tfplugin6';
import { fromWire, toWire } from '../../provider/protocol/wire/values';
import { removeTempFolders, tempFolder } from '../support/temp';
import { buildTestProvider } from '../support/test-provider/build';
import { storeFile } from '../support/test-provider/store';
import { until } from '../support/until';
import { errorsOf, record, type StartedProvider, startProvider } from './provider-support';

const executable = buildTestProvider();
const typeName = 'test_shelf';
const folder = tempFolder('list');
const file = join(folder, storeFile);

const shelfOf = (id: string, room: string) => ({
  ...{ id, house: 'home', room, label: 'fake', height: '9007199254740993.5', wood: null, key: null },
  boards: [{ holds: 'books', paint: 'white', made: 'now' }],
});
const stored = Object.fromEntries(
  ['kitchen', 'kitchen', 'hall'].map((room, index) => [
    String(index + 1),
    { type: 'shelf', state: shelfOf(String(index + 1), room) },
  ]),
);

let provider: StartedProvider;
/** One provider for the tests of a group, which leave it as they found it. */
function startOne(): void {
  beforeAll(async () => {
    provider = await startProvider(executable);
  });
  afterEach(() => expect(provider.plugin.stderr()).toBe(''));
  afterAll(() => provider.plugin.stop());
}
beforeEach(() => writeFileSync(file, JSON.stringify({ next: 4, objects: stored })));
afterAll(removeTempFolders);

const config = (values: Readonly<Record<string, WireValue>> = {}) =>
  toWire(record(['room', 'invented', 'fails'], values));

const query = (request: object) => provider.stream('listResource', { typeName, limit: 100n, ...request });

function eventsOf(stream: ClientReadableStream<ListResource_Event>): Promise<ListResource_Event[]> {
  return new Promise((resolve, reject) => {
    const events: ListResource_Event[] = [];
    stream.on('data', (event) => events.push(event));
    stream.on('end', () => resolve(events));
    stream.on('error', reject);
  });
}

const list = (request: object) => eventsOf(query(request));

/** What the handler said when it ended; undefined while it has not. */
const ending = () =>
  (JSON.parse(readFileSync(file, 'utf8')) as { objects: Record<string, { state: unknown }> }).objects.listed
    ?.state as { listed: number; interrupted: boolean } | undefined;

describe('not configured', () => {
  startOne();

  it('is in the schema and in the metadata', async () => {
    const { listResourceSchemas } = await provider.call('getProviderSchema');
    expect(Object.keys(listResourceSchemas)).toEqual([typeName]);
    expect(listResourceSchemas[typeName]?.block?.attributes.map(({ name }) => name)).toEqual([
      'room',
      'invented',
      'fails',
    ]);
    expect((await provider.call('getMetadata')).listResources).toEqual([{ typeName }]);
  });

  it('is validated, also with unknown values and before the provider is configured', async () => {
    const errors = async (values: Readonly<Record<string, WireValue>>) =>
      errorsOf(await provider.call('validateListResourceConfig', { typeName, config: config(values) }));
    expect(await errors({ room: 'hall' })).toEqual([]);
    expect(await errors({ room: unknown, invented: unknown })).toEqual([]);
    expect(await errors({ room: ' ' })).toEqual([expect.stringContaining('Invalid room')]);
  });

  it('lists nothing before the provider is configured', async () => {
    const [only, ...more] = await list({ config: config() });
    expect(errorsOf(only)).toEqual([expect.stringContaining('The provider is not configured')]);
    expect(more).toEqual([]);
  });
});

describe('configured', () => {
  startOne();
  beforeEach(() => provider.configure({ folder }));

  it('yields identity and display name, and the object only if it is asked for', async () => {
    const events = await list({ config: config({ room: 'kitchen' }) });
    expect(events.map(({ displayName }) => displayName)).toEqual(['kitchen (1)', 'kitchen (2)']);
    expect(events.map(({ identity }) => fromWire(identity?.identityData))).toEqual([
      { house: 'home', id: '1' },
      { house: 'home', id: '2' },
    ]);
    expect(events.map(({ resourceObject, diagnostic }) => [resourceObject, diagnostic])).toEqual([
      [undefined, []],
      [undefined, []],
    ]);
    const [whole] = await list({ config: config({ room: 'hall' }), includeResourceObject: true });
    expect(fromWire(whole?.resourceObject)).toEqual({ ...shelfOf('3', 'hall'), house: null });
  });

  it('stops at the limit, and has warned before the first result, in an event of its own', async () => {
    const events = await list({ config: config({ invented: 50 }), limit: 2n });
    expect(events).toHaveLength(3);
    expect(events[0]).toMatchObject({ identity: undefined, displayName: '' });
    expect(events[0]?.diagnostic).toEqual([
      expect.objectContaining({
        severity: Diagnostic_Severity.WARNING,
        detail: '3 shelves match, and limit is 2.',
      }),
    ]);
    expect(events.slice(1).map(({ displayName, diagnostic }) => [displayName, diagnostic])).toEqual([
      ['kitchen (1)', []],
      ['kitchen (2)', []],
    ]);
    expect(ending()).toEqual({ listed: 2, interrupted: false });
  });

  it.each([0n, -1n])('asks for nothing with the limit %d', async (limit) => {
    expect(await list({ config: config(), limit })).toEqual([]);
    expect(ending()).toBeUndefined();
  });

  it('ends with its error, after what came before', async () => {
    const events = await list({ config: config({ room: 'hall', fails: true }) });
    expect(events.map(({ displayName }) => displayName)).toEqual(['hall (3)', '']);
    expect(errorsOf(events[1])).toEqual(['No more: The list has failed.']);
  });

  it.each([
    ['an unknown value', config({ room: unknown }), 'A value is still unknown'],
    ['an invalid value', config({ room: '' }), 'Invalid room'],
    ['null', toWire(null), 'A value does not fit the schema'],
    ['nothing', undefined, 'A value does not fit the schema'],
    ['another type', toWire('all'), 'A value does not fit the schema'],
  ])('refuses %s as its configuration', async (_, wrong, summary) => {
    const events = await list({ config: wrong });
    expect(events.map((event) => errorsOf(event))).toEqual([[expect.stringContaining(summary)]]);
    expect(ending()).toBeUndefined();
  });

  it('ends once the client cancels', async () => {
    const stream = query({ config: config({ invented: 1_000_000 }), limit: 1_000_000n });
    stream.once('data', () => stream.cancel());
    await expect(eventsOf(stream)).rejects.toMatchObject({ code: status.CANCELLED });
    await until('the end of the list', () => ending() !== undefined);
    expect(ending()?.interrupted).toBe(true);
    expect(ending()?.listed).toBeLessThan(100_000);
  });

  it('waits for a client that does not read', async () => {
    const stream = query({ config: config({ room: 'attic', invented: 1000 }), limit: 1000n });
    await new Promise((resolve) => stream.once('readable', resolve));
    // It takes a tenth of that to list them all if nobody waits.
    await new Promise((resolve) => setTimeout(resolve, 1000));
    expect(ending()).toBeUndefined();
    expect(await eventsOf(stream)).toHaveLength(1000);
    expect(ending()).toEqual({ listed: 1000, interrupted: false });
  });
});

describe('stopped', () => {
  startOne();

  it('ends with an error once the provider is stopped', async () => {
    await provider.configure({ folder });
    const stream = query({ config: config({ invented: 1_000_000 }), limit: 1_000_000n });
    stream.once('data', () => void provider.call('stopProvider'));
    const events = await eventsOf(stream);
    expect(errorsOf(events.at(-1))).toEqual([expect.stringContaining('The list was interrupted')]);
    expect(ending()?.interrupted).toBe(true);
  });
});
