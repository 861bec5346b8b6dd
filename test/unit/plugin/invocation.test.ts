import { readInvocation } from '../../../provider/plugin/invocation';

const plugin = {
  name: 'fake-plugin',
  version: '1.2.3',
  about: 'About the fake plugin.',
  cookie: { name: 'FAKE_COOKIE', value: 'fake-value' },
  protocolVersion: 6,
};
const cookie = { FAKE_COOKIE: 'fake-value' };
const read = (args: string[], env = {}) => readInvocation(plugin, args, env);

it.each([['6'], ['5,6'], ['6,5'], ['4, 5, 6'], [''], [undefined]])(
  'serves a client that offers %j',
  (offered) => {
    expect(read([], { ...cookie, PLUGIN_PROTOCOL_VERSIONS: offered })).toEqual({ kind: 'plugin' });
  },
);

it.each([['5'], ['4,5'], ['60'], ['66,16'], ['six']])('refuses a client that offers %j', (offered) => {
  const answer = read([], { ...cookie, PLUGIN_PROTOCOL_VERSIONS: offered });
  expect(answer).toMatchObject({ kind: 'refusal' });
  expect(answer).toHaveProperty('text', expect.stringMatching(`version 6;.* offers ${offered}\\.`));
});

it('gives its version to anyone', () => {
  const version = { kind: 'message', text: 'fake-plugin 1.2.3', exitCode: 0 };
  expect(read(['--version'])).toEqual(version);
  expect(read(['--version'], cookie)).toEqual(version);
});

it('tells a person what its arguments are', () => {
  const answer = read(['--help']);
  expect(answer).toMatchObject({ kind: 'message', exitCode: 0 });
  expect(answer).toHaveProperty(
    'text',
    expect.stringMatching(/^About the fake plugin\.\n.*--version.*--debug/),
  );
});

it.each([[{}], [{ FAKE_COOKIE: 'another' }]])('tells a person what it is (environment %j)', (env) => {
  expect(read([], env)).toEqual({ kind: 'message', exitCode: 1, text: 'About the fake plugin.' });
});

it('serves a debugger without the cookie', () => {
  expect(read(['--debug'])).toEqual({ kind: 'debug' });
});

it('names an argument that it does not know, to a person only', () => {
  const answer = read(['--debug', '--loud']);
  expect(answer).toMatchObject({ kind: 'message', exitCode: 1 });
  expect(answer).toHaveProperty('text', expect.stringContaining('unknown argument --loud'));
  expect(read(['--loud'], cookie)).toEqual({ kind: 'plugin' });
});
