import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { credentials, status } from '@grpc/grpc-js';
import {
  GRPCBrokerClient,
  GRPCControllerClient,
  GRPCStdioClient,
} from '../../provider/plugin/generated/goplugin';
import { buildTestPlugin } from '../support/plugin/build';
import { send } from '../support/plugin/service';
import { answer, eventually, firstLine, type Launched, launch, start } from '../support/plugin-client';

const { executable, remove } = buildTestPlugin();
const cookie = { TEST_PLUGIN_COOKIE: 'fake-cookie' };
let plugin: Launched;

beforeEach(async () => {
  plugin = await launch(executable, { env: { ...cookie, TEST_PLUGIN_LOG: 'debug' } });
});
afterEach(() => plugin.stop());
afterAll(remove);

/** That the process has ended so, and left nothing behind. */
async function expectEnd(code: number): Promise<void> {
  expect(await plugin.ended).toEqual({ code, signal: null });
  expect(existsSync(dirname(plugin.handshake.address))).toBe(false);
}

describe('Shutdown', () => {
  // As a Go plugin does, it may be gone before its answer has arrived.
  const shutdown = () =>
    answer((done) => plugin.connect(GRPCControllerClient).shutdown({}, done)).catch((error) => {
      expect(status[error.code]).toBe('UNAVAILABLE');
    });

  it('ends the process', async () => {
    await shutdown();
    await expectEnd(0);
  });

  it('does not wait for the silent streams of the client', async () => {
    const ended: unknown[] = [];
    const streams = [
      plugin.connect(GRPCStdioClient).streamStdio({}),
      plugin.connect(GRPCBrokerClient).startStream(),
    ];
    for (const stream of streams) {
      stream.on('status', ({ code }) => ended.push(status[code])).on('error', () => {});
      stream.resume();
    }
    await send(plugin, 'hello');
    expect(ended).toEqual([]);
    await shutdown();
    await expectEnd(0);
  });

  it('does not wait for calls that still run', async () => {
    const running = send(plugin, 'hang').catch((error) => error);
    await send(plugin, 'hello');
    await shutdown();
    await expectEnd(0);
    expect(await running).toBeInstanceOf(Error);
  });

  it('is answered and ignored in a debug run', async () => {
    const running = start(executable, { args: ['--debug'] });
    const { address } = JSON.parse(await firstLine(running));
    const client = new GRPCControllerClient(`unix:${address}`, credentials.createInsecure());
    expect(await answer((done) => client.shutdown({}, done))).toEqual({});
    expect(await answer((done) => client.shutdown({}, done))).toEqual({});
    client.close();
    running.process.kill('SIGTERM');
    expect(await running.ended).toEqual({ code: 0, signal: null });
  });
});

describe('a signal', () => {
  it.each([
    ['SIGINT', 'interrupt'],
    ['SIGHUP', 'hang-up'],
    ['SIGTERM', 'termination'],
  ] as const)('%s is left to the client', async (signal, word) => {
    plugin.process.kill(signal);
    await eventually('the signal in the log', () => plugin.stderr().includes(`${word} left to the client`));
    expect(String(await send(plugin, 'hello'))).toBe('hello');
  });
});

it('does not outlive a client that was killed', async () => {
  // The process between holds the same stdout, which therefore closes when both are gone.
  const script = 'require("node:child_process").spawn(process.argv[1], { stdio: "inherit" })';
  const client = start(process.execPath, { args: ['-e', script, executable], env: cookie });
  const address = (await firstLine(client)).split('|')[3] ?? '';
  expect(existsSync(address)).toBe(true);
  client.process.kill('SIGKILL');
  expect(await client.ended).toEqual({ code: null, signal: 'SIGKILL' });
  expect(existsSync(dirname(address))).toBe(false);
});

describe('a failure', () => {
  it.each([
    ['throw', 'thrown on demand'],
    ['reject', 'rejected on demand'],
  ])(
    'by %s is told once in the log and once in plain text, and ends the process',
    async (command, message) => {
      await send(plugin, 'hide');
      await send(plugin, command).catch(() => {});
      await expectEnd(1);
      const [line = '', panic, ...stack] = plugin.stderr().split('\n');
      expect(JSON.parse(line)).toMatchObject({
        '@level': 'error',
        '@message': 'the plugin failed',
        error: expect.stringContaining(message),
      });
      expect(panic).toBe(`panic: Error: ${message}: (redacted)`);
      expect(stack.join()).not.toContain('panic');
    },
  );

  it('of a reader of stdout or stderr ends nothing', async () => {
    plugin.process.stdout?.destroy();
    plugin.process.stderr?.destroy();
    await send(plugin, 'print');
    await send(plugin, 'log');
    expect(String(await send(plugin, 'hello'))).toBe('hello');
    await plugin.stop();
    await expectEnd(0);
  });
});
