import { writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import { join } from 'node:path';
import { type Certificate, createCertificate } from '../../provider/plugin/certificate';
import { chain } from '../support/authority';
import { answers, httpServer } from '../support/http-server';
import { skipped } from '../support/skipped';
import { tempFolder } from '../support/temp';
import { get, post, reports } from './faults-support';
import { type Setup, setUp, tearDown } from './setup';

const servers: Server[] = [];
afterAll(async () => {
  await tearDown();
  for (const server of servers) server.close();
});

/** A fake Domo behind TLS, with the settings for it. */
async function secured({ certificate: cert, privateKey: key }: Shown, more: Options): Promise<Setup> {
  let target = '';
  const server = createSecureServer({ cert, key }, (incoming, outgoing) => {
    const { method, headers, url: path = '' } = incoming;
    const onward = request(target + path, { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(outgoing);
    });
    incoming.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  servers.push(server);
  const made = await setUp(reports(), {
    ...(more.provider && { provider: more.provider }),
    env: ({ token }) => ({
      DOMO_ACCESS_TOKEN: token,
      DOMO_BASE_URL: `https://localhost:${(server.address() as AddressInfo).port}`,
      ...more.env,
    }),
  });
  target = made.domo.url;
  return made;
}

type Shown = Pick<Certificate, 'certificate' | 'privateKey'>;
type Options = { provider?: string; env?: Record<string, string> };

describe('TLS', () => {
  it.each<[string, (file: string) => Options]>([
    ['argument', (file) => ({ provider: `ca_certificate_file = ${JSON.stringify(file)}` })],
    ['variable', (file) => ({ env: { DOMO_CA_CERTIFICATE_FILE: file } })],
  ])('a private authority is trusted where it is named: %s', async (_, options) => {
    const own = createCertificate();
    const file = join(tempFolder('ca'), 'ca.pem');
    writeFileSync(file, own.certificate);
    const { domo, apply } = await secured(own, options(file));
    expect((await apply()).code).toBe(0);
    expect(domo.clients.size).toBe(1);
  });

  const written = (pem: string) => {
    const file = join(tempFolder('ca'), 'ca.pem');
    writeFileSync(file, pem);
    return file;
  };

  it('an issuing authority is trusted without the root above it', async () => {
    const { issuer, server } = chain();
    const { apply } = await secured(server, { env: { DOMO_CA_CERTIFICATE_FILE: written(issuer) } });
    const { code, text } = await apply();
    expect({ code, text }).toEqual({ code: 0, text: expect.any(String) });
  });

  it('NODE_EXTRA_CA_CERTS counts beside the file that is named', async () => {
    const [own, other] = [createCertificate(), createCertificate()];
    const env = {
      NODE_EXTRA_CA_CERTS: written(own.certificate),
      DOMO_CA_CERTIFICATE_FILE: written(other.certificate),
    };
    const { apply } = await secured(own, { env });
    expect((await apply()).code).toBe(0);
  });

  if (process.platform !== 'linux') skipped("the system's store", 'only that of Linux is in files');
  else
    it.each([
      ['alone', undefined],
      ['beside the file that is named', createCertificate().certificate],
    ])("the system's store counts: %s", async (_, named) => {
      const own = createCertificate();
      const env = {
        SSL_CERT_FILE: written(own.certificate),
        SSL_CERT_DIR: tempFolder('none'),
        ...(named && { DOMO_CA_CERTIFICATE_FILE: written(named) }),
      };
      const { domo, apply } = await secured(own, { env });
      expect((await apply()).code).toBe(0);
      expect(domo.clients.size).toBe(1);
    });

  it('nothing is sent to a server whose certificate nobody vouches for', async () => {
    const { domo, apply } = await secured(createCertificate(), {});
    const { code, text } = await apply();
    const advice = 'ca_certificate_file (DOMO_CA_CERTIFICATE_FILE)';
    expect([code, text]).toEqual([1, expect.stringContaining(advice)]);
    expect(domo.requests).toEqual([]);
  });

  it('a file that holds none is an error at the argument', async () => {
    const { work, apply } = await setUp(reports(), { provider: 'ca_certificate_file = "none.pem"' });
    work.write('none.pem', 'nothing');
    const { code, text } = await apply();
    expect([code, text]).toEqual([
      1,
      expect.stringContaining(
        'Cannot read the PEM file none.pem: it contains no "-----BEGIN CERTIFICATE-----".',
      ),
    ]);
  });
});

describe('a redirect to another host', () => {
  it.each([302, 307])('with %d carries nothing there', async (status) => {
    const elsewhere = await httpServer(answers(200, '[]'));
    const { domo, apply } = await setUp(reports());
    const headers = { Location: `${elsewhere.url}/api/identity/v1/developer-tokens` };
    domo.fail({ ...get, status, headers, times: 9 });
    domo.fail({ ...post, status, headers, times: 9 });
    const { code, text } = await apply();
    await elsewhere.close();
    expect([code, text]).toEqual([
      1,
      expect.stringContaining('Redirects are not followed, so that the credentials stay on this host'),
    ]);
    expect(elsewhere.seen).toEqual([]);
  });
});

describe('the name of the instance cannot point elsewhere', () => {
  const names = [
    'evil.example/',
    'evil.example/acme',
    'acme.domo.com.evil.example',
    'acme@evil.example',
    'someone:fake-password@acme',
    'acme:8443',
    'acme.domo.com:8443',
    '127.0.0.1',
    '[::1]',
    'acme#',
    'acme?',
    'acme\\\\evil',
    'acme%2eevil.example',
    'acme\\nevil',
    'аcme', // Cyrillic
    'ａcme', // fullwidth
    'acme。domo。com', // ideographic full stops
    'acme.domo.co',
    'acme..domo.com',
    '-acme',
    'http://acme.domo.com',
    '',
  ];

  it('is refused before anything is sent', async () => {
    const { domo, work } = await setUp('', {
      env: ({ url }) => ({ DOMO_BASE_URL: url, DOMO_ACCESS_TOKEN: 'fake-token' }),
    });
    const blocks = names.map(
      (name, index) =>
        `provider "domo" {\n alias = "n${index}"\n instance = "${name}"\n}\n` +
        `resource "domo_api_client" "r${index}" {\n provider = domo.n${index}\n name = "a"\n scopes = ["data"]\n}\n`,
    );
    work.write('main.tf', blocks.join(''));
    const { code, stdout } = await work.run('validate', '-json');
    const refused = (
      JSON.parse(stdout) as { diagnostics: { summary: string; range: { start: { line: number } } }[] }
    ).diagnostics;
    expect(code).toBe(1);
    expect(refused.map(({ range }) => range.start.line).sort((a, b) => a - b)).toEqual(
      names.map((_, index) => index * 9 + 3),
    );
    expect(domo.requests).toEqual([]);
  });

  it.each([
    'https://acme@evil.example',
    'https://acme.domo.com:fake@evil.example',
    'http://evil.example',
    'acme.domo.com',
  ])('nor can base_url: %s', async (url) => {
    const { work } = await setUp(reports(), { provider: `base_url = "${url}"` });
    const { code, text } = await work.run('validate', '-no-color');
    expect([code, text]).toEqual([1, expect.stringContaining('base_url')]);
  });

  it.each(['evil.example/', 'acme@evil.example', 'аcme'])('nor can DOMO_INSTANCE: %s', async (name) => {
    const { plan } = await setUp(reports(), {
      env: () => ({ DOMO_ACCESS_TOKEN: 'fake-token', DOMO_BASE_URL: '', DOMO_INSTANCE: name }),
    });
    const { code, text } = await plan();
    expect([code, text]).toEqual([1, expect.stringContaining('Invalid DOMO_INSTANCE')]);
  });
});
