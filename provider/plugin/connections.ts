import { X509Certificate } from 'node:crypto';
import { createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import type { Certificate } from './certificate';

/** Takes over a connection. */
export type Accept = (socket: Socket) => void;

/** Accepts anyone who can reach the socket, for a client that did not ask for TLS. */
export function plainServer(accept: Accept): Server {
  return createServer((socket) => accept(survivingErrors(socket)));
}

/**
 * Accepts, over mutual TLS, only the client that holds the key to this certificate.
 *
 * The certificate is not given to TLS as a certificate authority but compared byte by byte after the TLS
 * handshake, in which the client has proved that it holds the key. This check is stricter; and given any
 * authority, Node.js reads its whole list of public ones, which took a quarter of the start-up time.
 *
 * @param clientCertificate PEM
 * @throws Error if it is not a certificate
 */
export function mutualTlsServer(clientCertificate: string, own: Certificate, accept: Accept): Server {
  const expected = parse(clientCertificate);
  const options = {
    cert: own.certificate,
    key: own.privateKey,
    ALPNProtocols: ['h2'],
    requestCert: true,
    // Without an authority, no client would pass TLS's own verification; ours follows.
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

/** A broken connection concerns its client alone; without a listener, its error would end the process. */
function survivingErrors<T extends Socket>(socket: T): T {
  return socket.on('error', () => {});
}
