import { messageOf } from '../domo/api/transport/errors';
import { doctor } from '.';

/**
 * The doctor as a program: it owns the process. The first interrupt ends what is being asked, and lets what was created
 * be revoked; further ones change nothing, since a client must not be left behind.
 */
export async function runDoctor(args: readonly string[]): Promise<never> {
  const stop = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(name, () => {
      if (!stop.signal.aborted) process.stderr.write(`\n${name}: ending, and revoking what was created …\n`);
      stop.abort(new Error(`interrupted by ${name}`));
    });
  }
  // Whoever reads may leave early; what was created is revoked all the same.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  const code = await doctor(args, {
    environment: process.env,
    input: process.stdin,
    print: (text) => void process.stdout.write(text),
    complain: (text) => void process.stderr.write(text),
    promptOn: process.stderr,
    signal: stop.signal,
  }).catch((error: unknown) => {
    process.stderr.write(`terraform-provider-domo doctor has failed: ${messageOf(error)}\n`);
    return 1;
  });
  // Only once everything is written: a pipe takes its time.
  await new Promise<void>((resolve) => process.stdout.write('', () => resolve()));
  process.exit(code);
}
