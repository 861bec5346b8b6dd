import { isIP } from 'node:net';
import { getProxyForUrl } from 'proxy-from-env';

/** A proxy that requests go through. */
export interface HttpProxy {
  /** The environment variable that names it. */
  readonly variable: string;
  readonly protocol: 'http' | 'https';
  readonly host: string;
  readonly port: number;
  readonly auth?: { readonly username: string; readonly password: string };
}

/**
 * The proxy that the environment names for an address, as other programs read it. Undefined if none is set, and for a
 * loopback address, which is always reached directly.
 *
 * @throws Error naming the variable, but not its value, if it is not the address of an http or https proxy
 */
export function proxyFor(address: string): HttpProxy | undefined {
  const url = new URL(address);
  const variable = [`${url.protocol}_proxy`.replace(':', ''), 'all_proxy']
    .flatMap((name) => [name, name.toUpperCase()])
    .find((name) => process.env[name]);
  if (variable === undefined || isLoopback(url.hostname) || isExcepted(url)) return undefined;
  return parse(variable, process.env[variable]?.trim() ?? '');
}

/** Whether NO_PROXY names the host or, as curl, Go and Python read it, a domain that the host is in. */
function isExcepted({ protocol, hostname, port }: URL): boolean {
  return [hostname, ...domainsOf(hostname)].some(
    (name) => getProxyForUrl(`${protocol}//${name}${port && `:${port}`}`) === '',
  );
}

function domainsOf(hostname: string): string[] {
  if (isIP(hostname) !== 0 || hostname.startsWith('[')) return [];
  const labels = hostname.replace(/\.$/, '').split('.').slice(1);
  return labels.map((_, index) => labels.slice(index).join('.'));
}

function parse(variable: string, text: string): HttpProxy {
  const url = urlOf(text);
  if (url === undefined) {
    throw new Error(
      `${variable} is not the address of a proxy, such as "http://proxy.example.com:8080". ` +
        'Correct it; special characters in its user name and password must be percent-encoded.',
    );
  }
  const protocol = url.protocol.replace(':', '');
  if (protocol !== 'http' && protocol !== 'https') {
    throw new Error(
      `${variable} names a ${protocol} proxy, and only http and https proxies can be used. ` +
        'Set it to the address of one, or unset it.',
    );
  }
  const { hostname: host, username, password } = url;
  return {
    variable,
    protocol,
    host,
    port: Number(url.port || { http: 80, https: 443 }[protocol]),
    ...((username || password) && { auth: { username: decoded(username), password: decoded(password) } }),
  };
}

/** Without a scheme, an address is that of an http proxy. */
function urlOf(text: string): URL | undefined {
  try {
    return new URL(text.includes('://') ? text : `http://${text}`);
  } catch {
    return undefined;
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function isLoopback(hostname: string): boolean {
  return /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
}
