import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createCertificate } from '../../provider/plugin/certificate';
import { tempFolder } from '../support/temp';

/** A provider registry on this machine that speaks the protocol of the Terraform Registry. */
export interface Registry {
  /** Such as `localhost:1234`. */
  readonly host: string;
  /** A PEM file that makes a Go program on Linux trust it (SSL_CERT_FILE). */
  readonly certificate: string;
  close(): Promise<void>;
}

/** Serves what `make release` has left in a folder, with the key that its checksums are signed with. */
export async function registryOf(
  folder: string,
  version: string,
  platforms: readonly string[],
  publicKey: string,
): Promise<Registry> {
  const { certificate: cert, privateKey: key } = createCertificate();
  const file = join(tempFolder('registry'), 'certificate.pem');
  writeFileSync(file, cert);
  const stem = `terraform-provider-domo_${version}`;
  const provider = '/providers/domo-governance/domo';
  const [protocols] = [
    JSON.parse(readFileSync(join(folder, `${stem}_manifest.json`), 'utf8')).metadata.protocol_versions,
  ];
  const parts = platforms.map((platform) => platform.split('_'));
  const answers: Record<string, unknown> = {
    '/.well-known/terraform.json': { 'providers.v1': '/providers/' },
    [`${provider}/versions`]: {
      versions: [{ version, protocols, platforms: parts.map(([os, arch]) => ({ os, arch })) }],
    },
  };
  for (const [os, arch] of parts) {
    const filename = `${stem}_${os}_${arch}.zip`;
    const sums = readFileSync(join(folder, `${stem}_SHA256SUMS`), 'utf8');
    answers[`${provider}/${version}/download/${os}/${arch}`] = {
      protocols,
      os,
      arch,
      filename,
      download_url: `/files/${filename}`,
      shasums_url: `/files/${stem}_SHA256SUMS`,
      shasums_signature_url: `/files/${stem}_SHA256SUMS.sig`,
      shasum: sums
        .split('\n')
        .find((line) => line.endsWith(`  ${filename}`))
        ?.split(' ')[0],
      signing_keys: { gpg_public_keys: [{ key_id: 'FAKE', ascii_armor: publicKey }] },
    };
  }
  const server = createServer({ cert, key }, ({ url = '' }, response) => {
    const [, name] = /^\/files\/([\w.-]+)$/.exec(url) ?? [];
    const answer = answers[url];
    if (name) response.end(readFileSync(join(folder, name)));
    else if (answer) response.setHeader('content-type', 'application/json').end(JSON.stringify(answer));
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    host: `localhost:${(server.address() as AddressInfo).port}`,
    certificate: file,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
