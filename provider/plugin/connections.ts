import { X509Certificate } from 'node:crypto';
import { createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import type { Certificate } from './certificate';

/** Takes over a connection. */
export type Accept = (socket: Socket) => void;

/** Takes connections of anyone who reaches the socket, for a client that asked for no TLS. */
export function plainServer(accept: Accept): Server {
  return createServer((socket) => accept(survivingErrors(socket)));
}

/**
 * Takes connections by mutual TLS, of the one client that holds the key of this certificate.
 *
 * That certificate is not handed to TLS as a certificate authority but compared byte by byte after the TLS
 * handshake, in which the client has proven that it holds the key. It is the stricter check, and with any
 * authority Node reads its whole list of public ones, which took a quarter of the start-up time.
 *
 * @param clientCertificate PEM
 * @throws Error where that is no certificate
 */
export function mutualTlsServer(clientCertificate: string, own: Certificate, accept: Accept): Server {
  const expected = parse(clientCertificate);
  const options = {
    cert: own.certificate,
    key: own.privateKey,
    ALPNProtocols: ['h2'],
    requestCert: true,
    // Without an authority no client passes TLS's own verification: ours follows.
    ca: [],
    rejectUnauthorized: false,
  };
  return createTlsServer(options, (socket) => {
    const shown = survivingErrors(socket).getPeerX509Certificate();
    if (shown?.raw.equals(expected)) accept(socket);
    else socket.destroy();
  });
}

function parse(pem: string): Buffer {
  try {
    return new X509Certificate(pem).raw;
  } catch {
    throw new Error('PLUGIN_CLIENT_CERT is not a certificate in PEM form');
  }
}

/** A connection that breaks concerns its client alone; unheard, its error would end the process. */
function survivingErrors<T extends Socket>(socket: T): T {
  return socket.on('error', () => {});
}
