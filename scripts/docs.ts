/** Writes the Terraform Registry's pages into docs/: index.md, and a folder for each kind of thing. */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { domoProvider } from '../provider/domo/provider';
import { pages } from './docs/pages';

const repository = join(__dirname, '..');
const written = pages(domoProvider, repository);

const folders = [
  'resources',
  'data-sources',
  'list-resources',
  'ephemeral-resources',
  'actions',
  'functions',
];
for (const folder of folders) {
  rmSync(join(repository, 'docs', folder), { recursive: true, force: true });
}
for (const [path, text] of written) {
  mkdirSync(dirname(join(repository, path)), { recursive: true });
  writeFileSync(join(repository, path), text);
}
console.log(`Wrote ${written.size} pages in docs/. These guides are written by hand:`);
console.log(readdirSync(join(repository, 'docs/guides')).join(', '));
