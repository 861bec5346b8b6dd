/**
 * What one RPC of a plan costs of our own code, without gRPC, TLS and a client: decoding, handler and encoding run in this
 * process, one RPC after another. `node_modules/bun/bin/bun.exe test/bench/in-process.ts`, or
 * `node -r tsx/cjs test/bench/in-process.ts`; `ONLY=read` for one step.
 */
import type { ServiceDefinition } from '@grpc/grpc-js';
import { domoProvider } from '../../provider/domo/provider';
import { type ProviderClient, ProviderService } from '../../provider/protocol/generated/tfplugin6';
import { createRpcs } from '../../provider/protocol/rpcs';
import { runScript } from '../../scripts/run-script';
import { rpcsOf } from '../protocol/provider-support';
import { fakeDomo } from '../support/fake-domo';
import { makeSteps, settingsOf } from './rpc-requests';

type Handler = (call: object, done: (error: unknown, answer: unknown) => void) => void;

const clients = 2000;
const warmTurns = 10;
const nothing = () => {};
const log = { debug: nothing, info: nothing, warn: nothing, hide: nothing, redact: (text: string) => text };

async function main(): Promise<void> {
  const handlers = createRpcs(domoProvider, log) as unknown as Record<string, Handler>;
  const methods = new Map(
    Object.entries(ProviderService as ServiceDefinition).map(([name, method]) => [
      method.path,
      { ...method, handler: handlers[name] as Handler },
    ]),
  );

  function send(path: string, bytes: Buffer): Promise<Buffer> {
    const method = methods.get(path);
    return new Promise((resolve, reject) => {
      method?.handler({ request: method.requestDeserialize(bytes) }, (error, answer) =>
        error ? reject(error) : resolve(method.responseSerialize(answer)),
      );
    });
  }

  const local = {
    makeUnaryRequest: (
      path: string,
      _: unknown,
      read: (bytes: Buffer) => unknown,
      bytes: Buffer,
      __: unknown,
      done: (error: unknown, answer?: unknown) => void,
    ) => void send(path, bytes).then((answer) => done(null, read(answer)), done),
  };
  const provider = rpcsOf(local as unknown as ProviderClient);
  const domo = await fakeDomo();
  const steps = await makeSteps(provider, domo, clients);
  for (const { name, method, first, requests } of steps) {
    if (process.env.ONLY && !name.startsWith(process.env.ONLY)) continue;
    const { path } = ProviderService[method];
    const turns: number[] = [];
    for (let turn = 0; turn <= warmTurns; turn++) {
      await provider.configure(settingsOf(domo));
      await send(path, first);
      const began = performance.now();
      for (const request of requests) await send(path, request);
      turns.push(((performance.now() - began) * 1000) / clients);
    }
    const [cold = Number.NaN, ...warm] = turns;
    const figures = [cold, Math.min(...warm)].map((figure) => figure.toFixed(1).padStart(7));
    process.stdout.write(`${name.padEnd(16)} first${figures[0]} µs, then at best${figures[1]} µs\n`);
  }
  await domo.close();
}

void runScript(main);
