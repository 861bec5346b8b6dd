import { makeGenericClientConstructor, type ServiceDefinition } from '@grpc/grpc-js';
import { answer, type Launched } from '../plugin-client';

const bytes = (value: Buffer) => value;

/** The test plugin's service: bytes in, the same bytes out. */
export const testService = {
  call: {
    path: '/test.Test/Call',
    requestStream: false,
    responseStream: false,
    requestSerialize: bytes,
    requestDeserialize: bytes,
    responseSerialize: bytes,
    responseDeserialize: bytes,
  },
} satisfies ServiceDefinition;

const TestClient = makeGenericClientConstructor(testService, 'test.Test');

/** Sends one of the test plugin's commands, or any bytes, and gives what comes back. */
export function send(plugin: Launched, command: string | Buffer): Promise<Buffer> {
  const client = plugin.connect(TestClient);
  return answer<Buffer>((done) => client.call?.(Buffer.from(command), done));
}
