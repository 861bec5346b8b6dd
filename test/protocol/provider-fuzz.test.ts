import { readFileSync } from 'node:fs';
import { unknown } from '../../provider/framework/schema/unknown';
import type { DynamicValue } from '../../provider/protocol/generated/tfplugin6';
import { toWire } from '../../provider/protocol/wire/values';
import { type FakeDomo, fakeDomo } from '../support/fake-domo';
import { providerExecutable } from '../support/provider-build';
import { seededNumbers } from '../support/random';
import { removeTempFolders, tempFolder } from '../support/temp';
import { buildTestProvider } from '../support/test-provider/build';
import { isThorough } from '../support/thorough';
import {
  isHang,
  type Method,
  methods,
  record,
  requestBytes,
  type StartedProvider,
  startProvider,
} from './provider-support';

const seed = Number(process.env.SEED) || Date.now();
/** As many as are sent at least, however short FUZZ_SECONDS is. Every run has another seed. */
const leastRounds = 6;
const seconds = Number(process.env.FUZZ_SECONDS) || (isThorough ? 20 : 0);
// A run of some hundred inputs shows what stays if Node.js has little room for what does not. Bun has no such option.
const [env, limit] = seconds > 0 ? [{}, 50] : [{ NODE_OPTIONS: '--max-semi-space-size=1' }, 16];
const together = 20;

let domo: FakeDomo;
beforeAll(async () => {
  domo = await fakeDomo();
});
afterAll(async () => {
  await domo.close();
  removeTempFolders();
});

const providers: [name: string, executable: string, type: string, config: () => object][] = [
  // Read-only: a fuzzed creation would wait for names that are taken.
  [
    'domo',
    providerExecutable(),
    'domo_api_client',
    () => ({ base_url: domo.url, access_token: domo.token, read_only: true }),
  ],
  ['test', buildTestProvider(), 'test_widget', () => ({ folder: tempFolder('fuzz') })],
];

const { any, pick, chance } = dice(seededNumbers(seed));

function dice(random: () => number) {
  const up = (to: number) => Math.floor(random() * to);
  return {
    any: up,
    pick: <T>(items: readonly T[]) => items[up(items.length)] as T,
    chance: (part: number) => random() < part,
  };
}

/** Bytes with something wrong: flipped, cut, repeated, put in, or other bytes altogether. */
function spoil(bytes: Buffer): Buffer {
  const at = any(bytes.length + 1);
  const noise = Buffer.from(Array.from({ length: 1 + any(8) }, () => any(256)));
  const ways = [
    () => bytes.map((byte, index) => (index === at ? byte ^ (1 << any(8)) : byte)),
    () => bytes.subarray(0, at),
    () => Buffer.concat([bytes.subarray(0, at), noise, bytes.subarray(at)]),
    () => Buffer.concat([bytes.subarray(0, at), bytes]),
    () => Buffer.concat([bytes.subarray(0, at), noise]),
    () => noise,
  ];
  let spoiled = Buffer.from(pick(ways)());
  while (chance(0.3)) spoiled = Buffer.from(pick(ways.slice(0, 1))());
  return spoiled;
}

/** Values of all kinds, in both encodings; about half of them are what the schema wants. */
function anyValue(names: readonly string[]): DynamicValue {
  const parts = [null, 'a', '', unknown, true, -1, 1e300, ['data'], [null], {}, [['x']], 'x'.repeat(5000)];
  const fields = Object.fromEntries(names.map((name) => [name, pick(parts)]));
  const sane = record(names, { name: 'a', id: '1', scopes: ['data'], description: '', instance: 'acme' });
  const whole = chance(0.5) ? sane : record(names, fields);
  const msgpack = toWire(chance(0.1) ? pick(parts) : whole).msgpack;
  const json = Buffer.from(JSON.stringify(whole, (_, value) => (value === unknown ? null : value)));
  const none = Buffer.alloc(0);
  const spoiled = (bytes: Buffer) => (chance(0.5) ? spoil(bytes) : bytes);
  return chance(0.7) ? { msgpack: spoiled(msgpack), json: none } : { msgpack: none, json: spoiled(json) };
}

function anyRequest(method: Method, type: string, names: readonly string[]): Buffer {
  const value = () => (chance(0.15) ? undefined : anyValue(names));
  const raw = () => ({ json: anyValue(names).json, flatmap: {} });
  const known = chance(0.9) ? type : 'nothing';
  const bytes = requestBytes(method, {
    typeName: known,
    version: BigInt(any(3)),
    id: pick(['1', '', 'x'.repeat(9999), '\u0000']),
    config: value(),
    priorState: value(),
    currentState: value(),
    plannedState: value(),
    proposedNewState: value(),
    private: anyValue(names).msgpack,
    priorPrivate: anyValue(names).json,
    plannedPrivate: anyValue(names).json,
    rawState: raw(),
    rawIdentity: raw(),
    identity: chance(0.5) ? { identityData: value() } : undefined,
  });
  return chance(0.4) ? spoil(bytes) : bytes;
}

/** MB in memory, if the system tells it. */
function resident(pid: number | undefined): number | undefined {
  if (process.platform !== 'linux') return undefined;
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
}

/** Whatever comes back is fine, as long as something does. */
async function shoot(provider: StartedProvider, method: Method, bytes: Buffer): Promise<void> {
  try {
    await provider.send(method, bytes);
  } catch (error) {
    if (isHang(error)) throw new Error(`${method} hangs on ${bytes.toString('base64')} (SEED=${seed})`);
  }
}

it.each(providers)(
  '%s answers whatever it is sent, and lives on',
  async (name, executable, type, config) => {
    const provider = await startProvider(executable, env);
    const { resourceSchemas } = await provider.call('getProviderSchema');
    const names = resourceSchemas[type]?.block?.attributes.map((attribute) => attribute.name) ?? [];
    const began = performance.now();
    const elapsed = () => (performance.now() - began) / 1000;
    const isOver = (part: number) => rounds >= leastRounds * part && elapsed() >= seconds * part;
    let warm: number | undefined;
    let sent = 0;
    let rounds = 0;
    while (!isOver(1)) {
      await provider.configure(config() as Parameters<StartedProvider['configure']>[0]);
      const round = Array.from({ length: together * 10 }, () => pick(methods));
      for (let next = 0; next < round.length; next += together) {
        const batch = round.slice(next, next + together);
        await Promise.all(batch.map((method) => shoot(provider, method, anyRequest(method, type, names))));
        sent += batch.length;
      }
      rounds++;
      if (isOver(0.5)) warm ??= resident(provider.plugin.process.pid);
    }
    const grown = (resident(provider.plugin.process.pid) ?? 0) - (warm ?? 0);
    process.stderr.write(
      `fuzz ${name}: SEED=${seed}, ${Math.round((sent / elapsed()) * 60)} inputs/min, grown by ${grown.toFixed(1)} MB in the second half\n`,
    );
    expect((await provider.call('getMetadata')).resources).toContainEqual({ typeName: type });
    expect(provider.plugin.process.exitCode).toBeNull();
    expect(provider.plugin.stderr()).toBe('');
    expect(grown).toBeLessThan(limit);
    await provider.plugin.stop();
  },
  (seconds + 60) * 1000,
);
