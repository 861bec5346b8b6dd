/** The package comes without types. */
declare module 'proxy-from-env' {
  /** The proxy that the environment names for a URL; "" if it names none, or NO_PROXY names its host. */
  export function getProxyForUrl(url: string): string;
}
