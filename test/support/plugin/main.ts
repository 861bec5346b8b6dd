import type { handleUnaryCall } from '@grpc/grpc-js';
import { type Host, serve } from '../../../provider/plugin/serve';
import { testService } from './service';

/** A plugin for tests only: its one service gives back what it gets, and does what that names. */
function call({ log }: Host): handleUnaryCall<Buffer, Buffer> {
  const commands: Record<string, () => void> = {
    throw: () => setImmediate(fail),
    reject: () => void setImmediate(() => Promise.reject(new Error('rejected on demand: fake-token-1'))),
    hide: () => log.hide('fake-token-1'),
    log: () => log.info('on demand', { token: 'fake-token-1' }),
    chatter,
    print: () => {
      for (let line = 0; line < 100; line++) process.stdout.write(`line ${line}\n`);
    },
  };
  return ({ request }, callback) => {
    const command = request.length < 100 ? request.toString() : '';
    commands[command]?.();
    if (command !== 'hang') callback(null, request);
  };
}

/** Prints the hidden value as the runtime does, in each of its ways, and at last a line without an end. */
function chatter(): void {
  process.stderr.write('in pieces: fake-tok');
  process.stderr.write(Buffer.from('en-1\nin UTF-8: \u00e9 fake-token-1 \u{1f511}\n').subarray(0, 20));
  process.stderr.write(Buffer.from('en-1\nin UTF-8: \u00e9 fake-token-1 \u{1f511}\n').subarray(20));
  console.error('by console: %s', 'fake-token-1');
  console.warn('by another console:', { token: 'fake-token-1' });
  process.emitWarning('as a warning: fake-token-1');
  Object.assign(process)._rawDebug('raw: %s', 'fake-token-1');
  setImmediate(() => process.stderr.write('without an end: fake-token-1'));
}

function fail(): never {
  throw new Error('thrown on demand: fake-token-1');
}

void serve({
  name: 'test-plugin',
  version: '1.2.3',
  about: 'A plugin for tests.',
  cookie: { name: 'TEST_PLUGIN_COOKIE', value: 'fake-cookie' },
  protocolVersion: 6,
  logLevel: process.env.TEST_PLUGIN_LOG,
  attach: (target) => JSON.stringify(target),
  register: async (server, host) => server.addService(testService, { call: call(host) }),
});
