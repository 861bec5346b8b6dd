import { buildTestPlugin } from '../support/plugin/build';
import { send } from '../support/plugin/service';
import { eventually, launch } from '../support/plugin-client';

const { executable, remove } = buildTestPlugin();
afterAll(remove);

const cookie = { TEST_PLUGIN_COOKIE: 'fake-cookie' };

it('what the runtime prints on stderr comes without what is hidden, and to its last piece', async () => {
  const plugin = await launch(executable, { env: cookie });
  await send(plugin, 'hide');
  await send(plugin, 'chatter');
  await eventually('the warning', () => plugin.stderr().includes('as a warning'));
  await send(plugin, 'hello');
  await plugin.stop();
  const lines = plugin.stderr().split('\n');
  expect(lines.filter((line) => line.includes('fake'))).toEqual([]);
  expect(lines).toEqual(
    expect.arrayContaining([
      'in pieces: (redacted)',
      'in UTF-8: \u00e9 (redacted) \u{1f511}',
      'by console: (redacted)',
      "by another console: { token: '(redacted)' }",
      expect.stringContaining('Warning: as a warning: (redacted)'),
      'raw: (redacted)',
    ]),
  );
  expect(lines.at(-1)).toBe('without an end: (redacted)');
});
