import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { attributePath, failure, root } from '../../framework';
import { withVariable } from './schema';

const begin = '-----BEGIN CERTIFICATE-----';

/**
 * The certificates in a PEM file, each as PEM. Throws a {@link failure} at `ca_certificate_file` if the file cannot
 * be read, has no certificate or has a broken one: a certificate that should be trusted is never silently left out.
 */
export function readCertificates(path: string): readonly string[] {
  try {
    const certificates = readFileSync(path, 'utf8')
      .split(begin)
      .slice(1)
      .map((part) => new X509Certificate(begin + part).toString());
    if (certificates.length > 0) return certificates;
    throw new Error(`it contains no "${begin}"`);
  } catch (error) {
    throw failure(
      'Invalid ca_certificate_file',
      `Cannot read the PEM file ${path}: ${reasonOf(error)}. Correct ${withVariable('ca_certificate_file')}, or the file.`,
      attributePath(root, 'ca_certificate_file'),
    );
  }
}

/** The system's words begin with a code and end with the path, which the message has already. */
function reasonOf(error: unknown): string {
  const { message } = error as Error;
  return /^E[A-Z]+: ([^,]+),/.exec(message)?.[1] ?? message;
}
