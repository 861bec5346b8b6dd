import type { Address } from './listen';

const goPluginVersion = 1;

/**
 * The line that a client waits for on stdout (Start in go-plugin's client.go).
 *
 * @param certificate our own, in DER; absent without TLS
 * @param multiplex whether the client asked if we multiplex, which we do not; older clients do not know this field
 */
export function handshakeLine(
  protocolVersion: number,
  { network, address }: Address,
  certificate: Buffer | undefined,
  multiplex: boolean,
): string {
  // Go reads base64 here without the padding that Node writes.
  const base64 = certificate?.toString('base64').replace(/=+$/, '') ?? '';
  const fields = [goPluginVersion, protocolVersion, network, address, 'grpc', base64];
  return [...fields, ...(multiplex ? [false] : [])].join('|');
}
