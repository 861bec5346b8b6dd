/** Names have one label. `demo` is the only one that may follow it: `acme.demo` is at `acme.demo.domo.com`. */
const name = '([a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\\.demo)?)';
const nameOrHost = new RegExp(`^${name}(?:\\.domo\\.com)?$`, 'i');
const itsAddress = new RegExp(`^https://${name}\\.domo\\.com/?$`, 'i');

/**
 * The name of the instance in `acme`, `acme.domo.com` or `https://acme.domo.com/`, in lower case; undefined for anything
 * else. Whitespace and a byte order mark at the ends do not count.
 */
export function instanceName(text: string): string | undefined {
  const given = text.trim();
  return (nameOrHost.exec(given) ?? itsAddress.exec(given))?.[1]?.toLowerCase();
}

/**
 * What is wrong with a text that is not an {@link instanceName}, and what to write instead.
 *
 * @param mayQuote false if the text may be anything, such as a token in the wrong variable
 */
export function noInstanceName(text: string, mayQuote = true): string {
  const [, scheme = '', authority = '', path = ''] =
    /^([a-z]+:\/\/)?([^/?#]*)(.*)$/is.exec(text.trim()) ?? [];
  const host = authority.replace(/^.*@/s, '').replace(/:\d*$/, '');
  if (!instanceName(host)) {
    const what = mayQuote ? `"${host}" is not an instance name. ` : '';
    return `${what}Use letters, digits and hyphens; for another domain, set base_url.`;
  }
  const extra = [
    ...(/^(https:\/\/)?$/i.test(scheme) ? [] : [`"${scheme}"`]),
    ...(authority === host ? [] : ['the user name or port']),
    ...(path === '' ? [] : [`"${path}"`]),
  ];
  return extra.length > 0 ? `Leave out ${extra.join(' and ')}.` : 'Write "acme" or "https://acme.domo.com".';
}

/**
 * Why no token may be sent to an address, as the end of a sentence; undefined if one may.
 * Plain http is only for a sandbox on the same machine.
 */
export function unfitAddress(text: string): string | undefined {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    return 'is not an address such as "https://acme.domo.com"';
  }
  if (url.username !== '' || url.password !== '') return 'must not contain a user name or password';
  if (url.search !== '' || url.hash !== '') return 'must not have a query or fragment';
  if (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname))) return undefined;
  return 'must begin with https:// (http:// only for a loopback address, such as http://localhost:8787)';
}

/** One form for all spellings of an address: scheme, host and port in small letters, and the path without its last `/`. */
export function canonicalAddress(text: string): string {
  const { origin, pathname } = new URL(text);
  return origin + pathname.replace(/(?<!\/)\/+$/, '');
}

/** What state calls an instance that has no name: host, port and path of its address. */
export function addressLabel(text: string): string {
  return canonicalAddress(text).replace(/^https?:\/\//, '');
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}
