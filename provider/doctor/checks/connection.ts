import type { Socket } from 'node:net';
import type { PeerCertificate, TLSSocket } from 'node:tls';
import { proxyFor } from '../../domo/api/transport/proxy';
import type { Domo } from '../domo';
import type { Finding } from '../finding';

const check = 'connection';

/** How the instance was reached. */
export function describeConnection(domo: Domo): Finding {
  const { baseUrl, caCertificateFile } = domo.settings;
  const found = proxyFor(baseUrl);
  const proxy = found && `${found.host}:${found.port}`;
  const through = proxy === undefined ? 'directly' : `through the proxy ${proxy}`;
  const authority = issuerOf(domo.connection());
  const extra = caCertificateFile === undefined ? '' : ' DOMO_CA_CERTIFICATE_FILE adds authorities.';
  if (!baseUrl.startsWith('https:')) {
    const says = `${domo.host} responds ${through}, over plain HTTP on this machine.`;
    return { check, status: 'ok', says, facts: { proxy: proxy ?? null, tls: false } };
  }
  return {
    check,
    status: 'ok',
    says: `${domo.host} responds ${through}, over TLS. Its certificate was issued by ${authority ?? 'an unknown authority'}, and is trusted.${extra}`,
    facts: { proxy: proxy ?? null, tls: true, authority: authority ?? null },
  };
}

function issuerOf(socket: Socket | undefined): string | undefined {
  // Not every runtime has it on every socket.
  const certificate = (socket as Partial<TLSSocket> | undefined)?.getPeerCertificate?.() as
    | Partial<PeerCertificate>
    | undefined;
  const { O: organization, CN: name } = certificate?.issuer ?? {};
  const parts = [organization, name].filter((part) => typeof part === 'string' && part !== '');
  return parts.length > 0 ? `"${parts.join(', ')}"` : undefined;
}
