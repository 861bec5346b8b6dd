import { credentials, status } from '@grpc/grpc-js';
import { createCertificate } from '../../provider/plugin/certificate';
import { GRPCBrokerClient, GRPCStdioClient } from '../../provider/plugin/generated/goplugin';
import {
  type HealthCheckResponse,
  HealthCheckResponse_ServingStatus,
  HealthClient,
} from '../../provider/plugin/generated/health';
import { buildTestPlugin } from '../support/plugin/build';
import { send } from '../support/plugin/service';
import { answer, type Launched, launch, pluginCredentials } from '../support/plugin-client';

const { executable, remove } = buildTestPlugin();
let plugin: Launched;

beforeAll(async () => {
  // The variable would make a careless server accept anyone.
  const env = { TEST_PLUGIN_COOKIE: 'fake-cookie', NODE_TLS_REJECT_UNAUTHORIZED: '0' };
  plugin = await launch(executable, { env });
});
afterAll(async () => {
  await plugin.stop();
  remove();
});

function check(service: string, as?: Parameters<Launched['connect']>[1]) {
  const client = plugin.connect(HealthClient, as);
  return answer<HealthCheckResponse>((done) => client.check({ service }, done));
}

const serving = { status: HealthCheckResponse_ServingStatus.SERVING };

describe('mutual TLS', () => {
  it.each([
    ['without TLS', () => credentials.createInsecure()],
    ['without a certificate', () => pluginCredentials(plugin.handshake)],
    ['with another certificate', () => pluginCredentials(plugin.handshake, createCertificate('P-521'))],
  ])('refuses a client %s', async (_what, stranger) => {
    await expect(check('plugin', stranger())).rejects.toMatchObject({ code: status.UNAVAILABLE });
    expect(await check('plugin')).toEqual(serving);
  });

  it('uses a certificate of this process alone', async () => {
    const other = await launch(executable, { env: { TEST_PLUGIN_COOKIE: 'fake-cookie' } });
    await other.stop();
    expect(other.handshake.certificate).not.toBe(plugin.handshake.certificate);
  });
});

describe('the services of every plugin', () => {
  it.each(['plugin', ''])('health: %j is serving', async (service) => {
    expect(await check(service)).toEqual(serving);
  });

  it('health: another service is not known', async () => {
    await expect(check('other')).rejects.toMatchObject({ code: status.NOT_FOUND });
  });

  it('stdio and broker stay open in silence', async () => {
    const seen: string[] = [];
    const stdio = plugin.connect(GRPCStdioClient).streamStdio({});
    const broker = plugin.connect(GRPCBrokerClient).startStream();
    for (const stream of [stdio, broker]) {
      stream.on('data', () => seen.push('data')).on('end', () => seen.push('end'));
      stream.on('error', (error) => seen.push(error.message));
    }
    broker.write({ serviceId: 1, network: 'unix', address: 'fake', knock: undefined });
    for (let i = 0; i < 20; i++) await check('plugin');
    expect(seen).toEqual([]);

    const ended = new Promise((resolve) => broker.on('end', resolve));
    broker.end();
    await ended;
    expect(seen).toEqual(['end']);
    stdio.cancel();
  });
});

it('carries messages over the usual limit of 4 MB in both directions', async () => {
  const large = Buffer.alloc(9_000_000, 'x');
  expect((await send(plugin, large)).equals(large)).toBe(true);
});
