import { createPrivateKey, X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer, connect as tlsConnect } from 'node:tls';
import { type Certificate, createCertificate } from '../../../provider/plugin/certificate';

const serverAuth = '1.3.6.1.5.5.7.3.1';
const clientAuth = '1.3.6.1.5.5.7.3.2';

it.each([
  ['P-256', 'prime256v1'],
  ['P-521', 'secp521r1'],
] as const)('a %s certificate is self-signed for localhost', (curve, asn1Curve) => {
  const made = createCertificate(curve);
  const certificate = new X509Certificate(made.der);
  expect(certificate.subjectAltName).toBe('DNS:localhost');
  expect(certificate.subject).toBe('CN=localhost');
  expect(certificate.ca).toBe(true);
  expect(certificate.keyUsage).toEqual([serverAuth, clientAuth]);
  expect(certificate.publicKey.asymmetricKeyDetails).toEqual({ namedCurve: asn1Curve });
  expect(certificate.verify(certificate.publicKey)).toBe(true);
  expect(certificate.checkIssued(certificate)).toBe(true);
  expect(certificate.checkPrivateKey(createPrivateKey(made.privateKey))).toBe(true);
  expect(new X509Certificate(made.certificate).raw.equals(made.der)).toBe(true);
});

it('is valid from 30 seconds ago for 30 years', () => {
  const { validFrom, validTo } = new X509Certificate(createCertificate().der);
  const now = Date.now();
  const year = 365.25 * 24 * 3600 * 1000;
  expect(now - Date.parse(validFrom)).toBeGreaterThanOrEqual(30_000);
  expect(now - Date.parse(validFrom)).toBeLessThan(90_000);
  expect((Date.parse(validTo) - now) / year).toBeCloseTo(30, 1);
});

it('is another one each time, with a positive serial number of full length', () => {
  const serials = Array.from(
    { length: 200 },
    () => new X509Certificate(createCertificate().der).serialNumber,
  );
  expect(new Set(serials).size).toBe(200);
  for (const serial of serials) expect(serial).toMatch(/^[4-7][0-9A-F]{31}$/);
});

/** A TLS connection as go-plugin makes it: the other's certificate is the only root, the name is localhost. */
async function connects(server: Certificate, trusted: Certificate): Promise<boolean> {
  const listener = createServer({ cert: server.certificate, key: server.privateKey });
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const { port } = listener.address() as AddressInfo;
  const socket = tlsConnect({ host: '127.0.0.1', port, servername: 'localhost', ca: trusted.certificate });
  try {
    await once(socket, 'secureConnect');
    return socket.authorized;
  } catch {
    return false;
  } finally {
    socket.destroy();
    listener.close();
  }
}

it('is trusted by a client that has it as its only root, and no other is', async () => {
  const own = createCertificate();
  expect(await connects(own, own)).toBe(true);
  expect(await connects(own, createCertificate())).toBe(false);
});
