import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Certificate } from '../../provider/plugin/certificate';
import { tempFolder } from './temp';

/** A root, an authority that it has issued, and a server's certificate for localhost that this one has issued. */
export interface Chain {
  /** PEM */
  readonly root: string;
  readonly issuer: string;
  /** What the server shows: its own certificate and the issuer's. */
  readonly server: Pick<Certificate, 'certificate' | 'privateKey'>;
}

/** Makes a {@link Chain} with openssl, which has to be on the PATH. */
export function chain(): Chain {
  const folder = tempFolder('chain');
  const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  const authority = 'basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign\n';
  writeFileSync(join(folder, 'issuer.ext'), authority);
  writeFileSync(join(folder, 'server.ext'), 'subjectAltName=DNS:localhost\nextendedKeyUsage=serverAuth\n');
  const by = (name: string) => ['-CA', `${name}.pem`, '-CAkey', `${name}.key`, '-CAcreateserial'];

  openssl('req', '-x509', ...key, '-keyout', 'root.key', '-out', 'root.pem', '-subj', '/CN=Fake root');
  for (const [name, parent] of [
    ['issuer', 'root'],
    ['server', 'issuer'],
  ] as const) {
    openssl('req', ...key, '-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', `/CN=Fake ${name}`);
    const signed = ['-in', `${name}.csr`, '-out', `${name}.pem`, '-extfile', `${name}.ext`, '-days', '2'];
    openssl('x509', '-req', ...signed, ...by(parent));
  }
  const read = (name: string) => readFileSync(join(folder, name), 'utf8');
  const issuer = read('issuer.pem');
  const server = { certificate: read('server.pem') + issuer, privateKey: read('server.key') };
  return { root: read('root.pem'), issuer, server };
}
