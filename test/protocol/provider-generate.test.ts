import { unknown, type WireValue } from '../../provider/framework';
import { fromWire, toWire } from '../../provider/protocol/wire/values';
import { removeTempFolders, tempFolder } from '../support/temp';
import { buildTestProvider } from '../support/test-provider/build';
import { errorsOf, record, type StartedProvider, startProvider } from './provider-support';

const executable = buildTestProvider();
const names = ['id', 'house', 'room', 'label', 'height', 'wood', 'key', 'boards'];

let provider: StartedProvider;
beforeAll(async () => {
  provider = await startProvider(executable);
});
afterAll(async () => {
  await provider.plugin.stop();
  removeTempFolders();
});

const generate = (typeName: string, state: WireValue) =>
  provider.call('generateResourceConfig', { typeName, state: toWire(state) });

async function configOf(typeName: string, state: WireValue): Promise<WireValue> {
  const { config, diagnostics } = await generate(typeName, state);
  expect(diagnostics).toEqual([]);
  return fromWire(config);
}

const shelf = (values: Readonly<Record<string, WireValue>>) =>
  record(names, { id: '1', house: 'home', room: 'hall', label: 'fake', ...values });

it('is announced', async () => {
  const { serverCapabilities } = await provider.call('getProviderSchema');
  expect(serverCapabilities?.generateResourceConfig).toBe(true);
});

it('derives a configuration from the schema, for a provider that is not configured', async () => {
  const bucket = { id: '1', region: 'eu', name: '"logs"\r\n', bytes: '9007199254740993' };
  expect(await configOf('test_bucket', bucket)).toEqual({ ...bucket, id: null, bytes: 9007199254740993n });
});

it('leaves out what is computed only, write-only, deprecated or the default, at any depth', async () => {
  await provider.configure({ folder: tempFolder('generate') });
  const boards = [
    { holds: 'books', paint: 'white', made: 'now' },
    { holds: 'tools', paint: 'red', made: null },
  ];
  const state = shelf({ label: '', wood: 'oak', key: 'fake-key', height: '12.50', boards });
  expect(await configOf('test_shelf', state)).toEqual(
    record(names, {
      room: 'hall',
      height: '12.5',
      boards: [
        { holds: 'books', paint: null, made: null },
        { holds: 'tools', paint: 'red', made: null },
      ],
    }),
  );
});

it("leaves out what the resource's own hook does not want", async () => {
  await provider.configure({ folder: tempFolder('generate') });
  expect(await configOf('test_shelf', shelf({ height: '0' }))).toEqual(
    record(names, { room: 'hall', label: 'fake' }),
  );
});

it('takes a state of which little is known, and none at all', async () => {
  await provider.configure({ folder: tempFolder('generate') });
  expect(await configOf('test_shelf', record(names, {}))).toEqual(record(names, {}));
  for (const state of [toWire(null), undefined]) {
    const answer = await provider.call('generateResourceConfig', { typeName: 'test_shelf', state });
    expect([fromWire(answer.config), answer.diagnostics]).toEqual([record(names, {}), []]);
  }
});

it('has an error if the hook needs the provider, and it cannot answer', async () => {
  await provider.configure({ folder: unknown });
  const answer = await generate('test_shelf', shelf({ house: 'unknown to the service' }));
  expect(errorsOf(answer)).toEqual([expect.stringContaining('The folder is not known yet')]);
});

it.each([
  ['an unknown value', shelf({ label: unknown }), 'A value is still unknown'],
  ['an unknown whole', unknown, 'A value does not fit the schema'],
  ['another type', 'all', 'A value does not fit the schema'],
  ['a value of another type', shelf({ boards: 'none' }), 'A value does not fit the schema'],
])('refuses %s', async (_, state, summary) => {
  await provider.configure({ folder: tempFolder('generate') });
  const answer = await generate('test_shelf', state);
  expect(errorsOf(answer)).toEqual([expect.stringContaining(summary)]);
});
