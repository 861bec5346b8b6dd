/**
 * How many requests to Domo follow one another in each command, if each takes 100 ms longer:
 * `node -r tsx/cjs test/bench/latency.ts`, after a `make build native`; `ONLY=bun`, `SIZES=1,100`, `DELAY=100`.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { runScript } from '../../scripts/run-script';
import type { RunningSandbox } from '../support/running-sandbox';
import { sandboxProcess } from '../support/sandbox-process';
import { cleanupAll, engines } from '../support/terraform';
import { contenders } from './contenders';
import { operations, prepareRunner } from './terraform-runs';

/** One request, in ms of `performance.now()`. */
interface Exchange {
  readonly what: string;
  readonly began: number;
  readonly ended: number;
}

/** Passes requests on to a sandbox after a while, and remembers when each of them came and was answered. */
async function distant(sandbox: RunningSandbox, delay: number) {
  const exchanges: Exchange[] = [];
  const server = createServer(async (request, response) => {
    const began = performance.now();
    const body = await buffer(request);
    await wait(delay);
    const { method = '', url = '' } = request;
    const answer = await fetch(`${sandbox.url}${url}`, {
      method,
      headers: Object.entries(request.headers).flatMap(([name, value]) =>
        ['connection', 'content-length', 'host', 'transfer-encoding'].includes(name)
          ? []
          : [[name, `${value}`]],
      ) as [string, string][],
      ...(body.length > 0 && { body }),
    });
    const text = Buffer.from(await answer.arrayBuffer());
    response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? 'text/plain' });
    response.end(text);
    exchanges.push({ what: method, began, ended: performance.now() });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    exchanges,
    sandbox: { ...sandbox, settings: { ...sandbox.settings, DOMO_BASE_URL: url, DOMO_API_URL: url } },
    close: () => server.close(),
  };
}

/** The longest row of requests in which each came after the one before it had been answered. */
function longestRow(exchanges: readonly Exchange[]): number {
  let [row, ended] = [0, Number.NEGATIVE_INFINITY];
  for (const exchange of [...exchanges].sort((a, b) => a.ended - b.ended)) {
    if (exchange.began < ended) continue;
    row += 1;
    ended = exchange.ended;
  }
  return row;
}

async function main(): Promise<void> {
  const { SIZES = '1,100', DELAY = '100', ONLY = 'bun' } = process.env;
  const [engine] = engines();
  if (!engine) throw new Error('There is no engine.');
  process.stdout.write('| clients | command | requests | in a row | ms |\n|---:|---|---|---:|---:|\n');
  const sandbox = await sandboxProcess();
  const far = await distant(sandbox, Number(DELAY));
  for (const contender of contenders({ ...process.env, ONLY })) {
    for (const clients of SIZES.split(',').map(Number)) {
      const runner = await prepareRunner(contender, clients, 'trusted', engine, far.sandbox);
      for (const operation of operations) {
        far.exchanges.length = 0;
        const { ms } = await runner.run(operation);
        const methods = ['GET', 'POST', 'DELETE'].flatMap((method) => {
          const count = far.exchanges.filter(({ what }) => what === method).length;
          return count === 0 ? [] : [`${count} ${method}`];
        });
        process.stdout.write(
          `| ${clients} | ${operation} | ${methods.join(', ')} | ${longestRow(far.exchanges)} | ${Math.round(ms)} |\n`,
        );
      }
      await runner.cleanup();
    }
  }
  far.close();
  await sandbox.close();
}

void runScript(main).then(cleanupAll);
