/** The name of the instance in `acme` or `acme.domo.com`, in lower case; undefined for anything else. */
export function instanceName(text: string): string | undefined {
  const name = /^([a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)(?:\.domo\.com)?$/i.exec(text)?.[1];
  return name?.toLowerCase();
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
  if (url.username !== '' || url.password !== '') return 'must not hold a user name or password';
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
