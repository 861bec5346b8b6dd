/**
 * Walks a person through the life of an API client, with a real terraform or tofu, the provider in dist and a sandbox
 * of its own. Runs in the repository's folder. Exits with 0 only if every step saw what it should.
 *
 * Environment: `TF`, the engine to use instead of terraform, or else tofu, on the PATH; `KEEP=1` keeps the
 * sandbox up after the walk, until Ctrl-C.
 */
import { once } from 'node:events';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { findEngine, prepareEngine } from './demo/engine';
import { furnish } from './demo/furnish';
import { type Sandbox, startSandbox } from './demo/sandbox';
import { walk } from './demo/steps';

const say = (line: string) => void process.stdout.write(`${line}\n`);

/** Waits for Ctrl-C while a person looks around. */
async function keep(sandbox: Sandbox, signal: AbortSignal): Promise<void> {
  const { url, ended } = sandbox;
  const clients = await furnish(sandbox, signal);
  say(`There are ${clients} API clients to look at now, one for each user who may own some.`);
  say(`The page with the API clients and the activity: ${url}/admin/api-clients (Ctrl-C stops the sandbox).`);
  const interrupted = once(signal, 'abort');
  await Promise.race([interrupted, ended]);
  if (!signal.aborted) throw new Error('the sandbox has stopped.');
}

async function demo(scratch: string, signal: AbortSignal): Promise<void> {
  const started = performance.now();
  const program = findEngine(process.env.TF);
  const sandbox = await startSandbox(signal);
  try {
    const settings = {
      DOMO_BASE_URL: sandbox.url,
      DOMO_API_URL: sandbox.url,
      DOMO_ACCESS_TOKEN: sandbox.user('creator').token,
    };
    const engine = await prepareEngine(program, { scratch, settings, signal });
    say(`${engine.title}, provider ${engine.version}, and a local Domo at ${sandbox.url}`);
    await walk({ engine, sandbox, signal, say });
    say(`Everything as expected, in ${Math.round((performance.now() - started) / 1000)} seconds.`);
    if (process.env.KEEP === '1') await keep(sandbox, signal);
    else say('To look around afterwards: make demo KEEP=1. To try it yourself: make sandbox.');
  } finally {
    await sandbox.close();
  }
}

async function main(): Promise<number> {
  const stop = new AbortController();
  let interrupted = 0;
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(name, () => {
      interrupted ||= 128 + constants.signals[name];
      stop.abort(new Error(`interrupted by ${name}`));
    });
  }
  // The reader may stop early, as in `make demo | head -3`.
  process.stdout.on('error', (error) => stop.abort(error));
  const scratch = realpathSync(mkdtempSync(join(tmpdir(), 'demo-')));
  try {
    await demo(scratch, stop.signal);
    return 0;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    process.stderr.write(`\nThe demo stopped early: ${message}\n`);
    return interrupted || 1;
  } finally {
    // A process that was just killed may still hold a file: try for a second.
    rmSync(scratch, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }
}

void main().then((code) => {
  process.exitCode = code;
});
