import { Writable } from 'node:stream';
import { format } from 'node:util';
import { writeNow } from './log';

const lineBreak = 0x0a;

/**
 * From now on everything that the runtime and packages print on stderr passes `redact`: NODE_DEBUG=http prints each
 * header, and clients log what a plugin prints there. What is printed in pieces waits for the end of its line.
 */
export function guardStderr(redact: (text: string) => string): void {
  let stream: Writable | undefined;
  // Made when it is first asked for: most processes print nothing, and the runtime's own stream is slow to make.
  const stderr = () => {
    stream ??= redactedStderr(redact);
    return stream;
  };
  Object.defineProperty(process, 'stderr', { configurable: true, enumerable: true, get: stderr });
  // Both have ways of their own to stderr, the console in Bun alone.
  const print = (...values: unknown[]) => void stderr().write(`${format(...values)}\n`);
  Object.assign(process, { _rawDebug: print });
  Object.assign(console, { error: print, warn: print });
}

function redactedStderr(redact: (text: string) => string): Writable {
  let rest = Buffer.alloc(0);
  function print(bytes: Buffer): void {
    if (bytes.length > 0) writeNow(2, redact(bytes.toString()));
  }
  process.on('exit', () => print(rest));
  return new Writable({
    write(chunk: Buffer, _encoding, done) {
      const printed = Buffer.concat([rest, chunk]);
      const end = printed.lastIndexOf(lineBreak) + 1;
      print(printed.subarray(0, end));
      rest = printed.subarray(end);
      done();
    },
  });
}
