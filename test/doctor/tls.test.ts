import { writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createCertificate } from '../../provider/plugin/certificate';
import { type FakeDomo, fakeDomo } from '../support/fake-domo';
import { removeTempFolders, tempFolder } from '../support/temp';
import { report } from './run';

const own = createCertificate();
let domo: FakeDomo;
let server: Server;
let DOMO_BASE_URL: string;

beforeAll(async () => {
  domo = await fakeDomo();
  // In front of the fake Domo, as a gateway.
  server = createServer(
    { cert: own.certificate, key: own.privateKey },
    async ({ url, headers }, response) => {
      const { status, body } = await fetch(domo.url + url, {
        headers: { 'X-DOMO-Developer-Token': String(headers['x-domo-developer-token']) },
      }).then(async (answer) => ({ status: answer.status, body: await answer.text() }));
      response.writeHead(status).end(body);
    },
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  DOMO_BASE_URL = `https://localhost:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  await domo.close();
  server.closeAllConnections();
  server.close();
  removeTempFolders();
});

it('names the authority of the certificate', async () => {
  const file = join(tempFolder('authority'), 'ca.pem');
  writeFileSync(file, own.certificate);
  const { code, of } = await report(domo, [], { env: { DOMO_BASE_URL, DOMO_CA_CERTIFICATE_FILE: file } });
  expect(of('connection')).toMatchObject([
    { status: 'ok', facts: { tls: true, authority: expect.stringMatching(/^".+"$/) } },
  ]);
  expect(of('connection')[0]?.says).toContain('DOMO_CA_CERTIFICATE_FILE adds authorities');
  expect(code).toBe(0);
});

it('says what to do about one that is not trusted', async () => {
  const { code, of, names } = await report(domo, [], { env: { DOMO_BASE_URL } });
  expect(code).toBe(1);
  expect(of('connection')).toMatchObject([{ status: 'failed' }]);
  expect(of('connection')[0]?.says).toMatch(/not trusted here.*DOMO_CA_CERTIFICATE_FILE/);
  expect(names).toContain('list skipped');
});
