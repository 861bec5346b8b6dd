import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { attributePath, failure, root } from '../framework';

const begin = '-----BEGIN CERTIFICATE-----';

/**
 * The certificates of a PEM file, each as PEM. Throws a {@link failure} at `ca_certificate_file` where the file
 * cannot be read, has none, or has one that is broken: a trust that was asked for must not be missing silently.
 */
export function readCertificates(path: string): readonly string[] {
  try {
    const certificates = readFileSync(path, 'utf8')
      .split(begin)
      .slice(1)
      .map((part) => new X509Certificate(begin + part).toString());
    if (certificates.length > 0) return certificates;
    throw new Error(`it holds no "${begin}"`);
  } catch (error) {
    throw failure(
      'Invalid ca_certificate_file',
      `The file ${path} must hold certificates in PEM form (${(error as Error).message}). Correct ca_certificate_file or DOMO_CA_CERTIFICATE_FILE, or the file.`,
      attributePath(root, 'ca_certificate_file'),
    );
  }
}
