import type { Socket } from 'node:net';
import type { PeerCertificate, TLSSocket } from 'node:tls';
import type { Domo } from '../domo';
import type { Finding } from '../finding';

const check = 'connection';

/** How the instance was reached. */
export function describeConnection(domo: Domo, environment: NodeJS.ProcessEnv): Finding {
  const { baseUrl, caCertificateFile } = domo.settings;
  const proxy = proxyFor(baseUrl, environment);
  const through = proxy === undefined ? 'directly' : `through a proxy (${proxy})`;
  const authority = issuerOf(domo.connection());
  const extra = caCertificateFile === undefined ? '' : ' DOMO_CA_CERTIFICATE_FILE adds authorities.';
  if (!baseUrl.startsWith('https:')) {
    const says = `${domo.host} answers ${through}, over plain HTTP on this machine.`;
    return { check, status: 'ok', says, facts: { proxy: proxy ?? null, tls: false } };
  }
  return {
    check,
    status: 'ok',
    says: `${domo.host} answers ${through}, over TLS. Its certificate was issued by ${authority ?? 'an authority that the runtime does not tell'}, and is trusted.${extra}`,
    facts: { proxy: proxy ?? null, tls: true, authority: authority ?? null },
  };
}

/**
 * The proxy that the environment names for an address, without its credentials, and the variable. Whether NO_PROXY
 * exempts the address is left open.
 */
function proxyFor(baseUrl: string, environment: NodeJS.ProcessEnv): string | undefined {
  const { protocol, hostname } = new URL(baseUrl);
  // As in the provider: a loopback address is never asked through a proxy.
  if (/^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname)) return undefined;
  const names = [`${protocol.slice(0, -1)}_proxy`, 'all_proxy'].flatMap((name) => [name, name.toUpperCase()]);
  const name = names.find((each) => (environment[each] ?? '') !== '');
  if (name === undefined) return undefined;
  const host = /^(?:[a-z\d]+:\/\/)?(?:.*@)?([^/@]+)/i.exec(environment[name] ?? '')?.[1] ?? '?';
  const exempt = ['no_proxy', 'NO_PROXY'].find((each) => (environment[each] ?? '') !== '');
  return `${host}, from ${name}${exempt ? `, unless ${exempt} exempts the address` : ''}`;
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
