import { readFileSync } from 'node:fs';
import * as tls from 'node:tls';

/** Since Node.js 22.15, and in Bun. */
const { getCACertificates } = tls as {
  getCACertificates?: (which: 'default' | 'system') => readonly string[];
};

/** Where the distributions of Linux keep the system's certificates in one file. */
const bundles = [
  '/etc/ssl/certs/ca-certificates.crt', // Debian, Alpine
  '/etc/pki/tls/certs/ca-bundle.crt', // Fedora, Red Hat
  '/etc/ssl/ca-bundle.pem', // SUSE
  '/etc/ssl/cert.pem', // Alpine, BSD
];

/** The certificates (PEM) that the runtime trusts by itself, with those of NODE_EXTRA_CA_CERTS. */
export function usualAuthorities(): readonly string[] {
  if (getCACertificates) return getCACertificates('default');
  const extra = process.env.NODE_EXTRA_CA_CERTS;
  return [...(usesOpenssl() ? [] : tls.rootCertificates), ...(extra ? certificatesIn(extra) : [])];
}

/** Those that the system trusts (PEM), or SSL_CERT_FILE in their place; none if the runtime cannot tell. Slow on macOS. */
export function systemAuthorities(): readonly string[] {
  const told = getCACertificates?.('system') ?? [];
  if (told.length > 0) return told;
  const { SSL_CERT_FILE } = process.env;
  for (const file of SSL_CERT_FILE ? [SSL_CERT_FILE] : bundles) {
    const found = certificatesIn(file);
    if (found.length > 0) return found;
  }
  return [];
}

const usesOpenssl = () =>
  [...process.execArgv, process.env.NODE_OPTIONS ?? ''].some((option) => option.includes('--use-openssl-ca'));

function certificatesIn(file: string): readonly string[] {
  try {
    return (
      readFileSync(file, 'latin1').match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []
    );
  } catch {
    return [];
  }
}
