import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

const folder = 'examples/governance-repository';
const files = readdirSync(folder, { recursive: true, encoding: 'utf8', withFileTypes: true })
  .filter((entry) => entry.isFile() && !/\.terraform/.test(entry.parentPath))
  .map((entry) => join(entry.parentPath, entry.name));
const texts = files.map((file) => readFileSync(file, 'utf8'));

const guide = readFileSync('docs/guides/governance-repository.md', 'utf8');
const blocks = (...languages: string[]) =>
  [...guide.matchAll(/^```(\w+)\n(.*?)^```$/gms)]
    .filter(([, language = '']) => languages.includes(language))
    .map(([, , text = '']) => text);

it('the guide quotes the files as they are', () => {
  expect(blocks('tf', 'yaml', 'hcl', 'terraform')).toHaveLength(6);
  expect(blocks('tf', 'yaml').filter((quote) => !texts.some((text) => text.includes(quote)))).toEqual([]);
});

it('the guide lists every file', () => {
  const [listed = ''] = blocks('text');
  const named = [...listed.matchAll(/^ *(\S*[./]\S*)/gm)].map(([, path = '']) => basename(path));
  const shown = files
    .map((file) => basename(file))
    .filter((name) => !/^(\.gitignore|.*\.hcl|example-.*)$/.test(name));
  expect(named.sort()).toEqual([...shown, 'client-secrets.pem', 'drift', 'governance', 'tests'].sort());
});

it('the guide revokes in an emergency as the file says', () => {
  const [, command = 'none'] = /^# {3}(terraform apply .*)$/m.exec(texts.join('\n')) ?? [];
  expect(blocks('shell').join('')).toContain(command);
});
