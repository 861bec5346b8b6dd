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
import { isThorough } from '../support/thorough';
import { get, post, reports } from './faults-support';
import { setUp, tearDown } from './setup';
import { type SignIn, saidOf, sideBySide, withToken } from './side-by-side';

const servers: Server[] = [];
afterAll(async () => {
  await tearDown();
  for (const server of servers) server.close();
});

/** A server with TLS before a fake Domo that is named later, as the entry of an instance. */
async function secured({
  certificate: cert,
  privateKey: key,
}: Pick<Certificate, 'certificate' | 'privateKey'>): Promise<SignIn> {
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
  const address = `https://localhost:${(server.address() as AddressInfo).port}`;
  return ({ url, token }) => {
    target = url;
    return `base_url = "${address}", access_token = "${token}"`;
  };
}

describe('TLS', () => {
  const written = (pem: string) => {
    const file = join(tempFolder('ca'), 'ca.pem');
    writeFileSync(file, pem);
    return file;
  };
  const isLinux = process.platform === 'linux';
  /** What the system trusts, and nothing else. */
  const system = (pem: string) => ({ SSL_CERT_FILE: written(pem), SSL_CERT_DIR: tempFolder('none') });

  it.concurrent('an issuing authority that the argument names is trusted without the root above it', async () => {
    const { issuer, server } = chain();
    const provider = `ca_certificate_file = ${JSON.stringify(written(issuer))}`;
    const { domos, apply } = await sideBySide([await secured(server)], { provider });
    const { code, text } = await apply();
    expect({ code, text }).toEqual({ code: 0, text: expect.any(String) });
    expect(domos[0]?.clients.size).toBe(1);
  });

  it.concurrent("the file of the variable, NODE_EXTRA_CA_CERTS and the system's store count beside each other", async () => {
    const [named, extra, stored] = [createCertificate(), createCertificate(), createCertificate()];
    const shown = [named, extra, ...(isLinux ? [stored] : [])];
    const { domos, apply } = await sideBySide(await Promise.all(shown.map(secured)), {
      env: {
        DOMO_CA_CERTIFICATE_FILE: written(named.certificate),
        NODE_EXTRA_CA_CERTS: written(extra.certificate),
        ...(isLinux && system(stored.certificate)),
      },
    });
    const { code, text } = await apply();
    expect({ code, text }).toEqual({ code: 0, text: expect.any(String) });
    expect(domos.map(({ clients }) => clients.size)).toEqual(shown.map(() => 1));
  });

  if (!isLinux) skipped("the system's store alone", 'only that of Linux is in files');
  it.concurrent("the system's store counts alone, and nothing is sent to a server that nobody vouches for", async () => {
    const own = createCertificate();
    const shown = [createCertificate(), ...(isLinux ? [own] : [])];
    const env = isLinux ? system(own.certificate) : {};
    const { domos, apply } = await sideBySide(await Promise.all(shown.map(secured)), { env });
    const { code, text } = await apply();
    expect(code).toBe(1);
    expect(saidOf(text, 0)).toContain('ca_certificate_file (DOMO_CA_CERTIFICATE_FILE)');
    expect(saidOf(text, 1)).toBe('');
    expect(domos.map(({ requests }) => requests.length > 0)).toEqual(shown.map((each) => each === own));
  });

  it.concurrent('a file that holds none is an error at the argument', async () => {
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
  it.concurrent('carries nothing there', async () => {
    const elsewhere = await httpServer(answers(200, '[]'));
    const statuses = [302, 307];
    const { domos, apply } = await sideBySide(statuses.map(() => withToken));
    const headers = { Location: `${elsewhere.url}/api/identity/v1/developer-tokens` };
    for (const [index, status] of statuses.entries())
      for (const call of [get, post]) domos[index]?.fail({ ...call, status, headers, times: 9 });
    const { code, text } = await apply();
    await elsewhere.close();
    expect(code).toBe(1);
    for (const index of statuses.keys())
      expect(saidOf(text, index)).toContain(
        'Redirects are not followed, so that the credentials stay on this host',
      );
    expect(elsewhere.seen).toEqual([]);
  });
});

describe('the name of an instance, or base_url, that points elsewhere', () => {
  const names = [
    'evil.example/',
    'evil.example/acme',
    'acme.domo.com.evil.example',
    'acme@evil.example',
    'someone:fake-password@acme',
    'acme:8443',
    'acme.domo.com:8443',
    'acme\\nevil',
    'acme.domo.co',
    '-acme',
    'http://acme.domo.com',
    '',
    '127.0.0.1',
    '[::1]',
    'acme#',
    'acme?',
    'acme\\\\evil',
    'acme%2eevil.example',
    'аcme', // Cyrillic
    'ａcme', // fullwidth
    'acme。domo。com', // ideographic full stops
    'acme..domo.com',
  ];
  const addresses = [
    'https://acme@evil.example',
    'https://acme.domo.com:fake@evil.example',
    'http://evil.example',
    'acme.domo.com',
  ];

  it.concurrent('is refused before anything is sent', async () => {
    const { domo, work } = await setUp('', {
      env: ({ url }) => ({ DOMO_BASE_URL: url, DOMO_ACCESS_TOKEN: 'fake-token' }),
    });
    const refusals = [
      ...names.map((name) => `instance = "${name}"`),
      ...addresses.map((address) => `base_url = "${address}"`),
    ];
    const blocks = refusals.map(
      (argument, index) =>
        `provider "domo" {\n alias = "n${index}"\n ${argument}\n}\n` +
        `resource "domo_api_client" "r${index}" {\n provider = domo.n${index}\n name = "a"\n scopes = ["data"]\n}\n`,
    );
    work.write('main.tf', blocks.join(''));
    const { code, stdout } = await work.run('validate', '-json');
    const refused = (
      JSON.parse(stdout) as { diagnostics: { summary: string; range: { start: { line: number } } }[] }
    ).diagnostics;
    expect(code).toBe(1);
    expect(refused.map(({ range }) => range.start.line).sort((a, b) => a - b)).toEqual(
      refusals.map((_, index) => index * 9 + 3),
    );
    expect(domo.requests).toEqual([]);
  });

  const inEnvironment = ['acme@evil.example', ...(isThorough ? ['evil.example/', 'аcme'] : [])];
  it.concurrent.each(inEnvironment)('is refused as DOMO_INSTANCE, too: %s', async (name) => {
    const { plan } = await setUp(reports(), {
      env: () => ({ DOMO_ACCESS_TOKEN: 'fake-token', DOMO_BASE_URL: '', DOMO_INSTANCE: name }),
    });
    const { code, text } = await plan();
    expect([code, text]).toEqual([1, expect.stringContaining('Invalid DOMO_INSTANCE')]);
  });
});
