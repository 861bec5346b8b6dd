import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readCertificates } from '../../../provider/domo/provider-block/certificates';
import { createCertificate } from '../../../provider/plugin/certificate';
import { removeTempFolders, tempFolder } from '../../support/temp';
import { failureOf } from '../framework/support';

afterAll(removeTempFolders);

function file(text: string): string {
  const path = join(tempFolder('certificates'), 'ca.pem');
  writeFileSync(path, text);
  return path;
}

it('reads all certificates, and leaves comments out', () => {
  const [one, other] = [createCertificate().certificate, createCertificate().certificate];
  expect(readCertificates(file(`# ours\n${one}\r\n# theirs\n${other}`))).toEqual([one, other]);
});

it.each([
  [
    'a file that is not there',
    () => '/nowhere/ca.pem',
    'Cannot read the PEM file /nowhere/ca.pem: no such file or directory. Correct',
  ],
  ['an empty file', () => file(''), 'it contains no "-----BEGIN CERTIFICATE-----"'],
  ['a key', () => file(createCertificate().privateKey), 'it contains no'],
  ['a broken certificate', () => file('-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n'), ''],
])('refuses %s', (_, path, reason) => {
  const said = failureOf(() => readCertificates(path()));
  expect(said).toContain('ca_certificate_file: Invalid ca_certificate_file');
  expect(said).toContain(reason);
  expect(said).not.toContain('PRIVATE');
});
