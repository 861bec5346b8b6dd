/** The passwords in the addresses of proxies that the environment names, as written and as sent: to be shown nowhere. */
export function proxyPasswords(environment: Readonly<Record<string, string | undefined>>): readonly string[] {
  return Object.entries(environment).flatMap(([name, address = '']) => {
    if (!/_proxy$/i.test(name)) return [];
    // Without a scheme, too; the password may have an @ of its own.
    const written = /^[^:@]*:(.*)@/.exec(address.replace(/^[a-z]+:\/\//i, ''))?.[1];
    return written === undefined ? [] : [...new Set([written, sent(written)])];
  });
}

function sent(written: string): string {
  try {
    return decodeURIComponent(written);
  } catch {
    return written;
  }
}
