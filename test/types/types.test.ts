import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { removeTempFolders, tempFolder } from '../support/temp';

const repository = resolve(__dirname, '../..');
afterAll(removeTempFolders);

/** Runs the repository's compiler with its settings over one folder. */
function tsc(folder: string) {
  const project = join(tempFolder('types'), 'tsconfig.json');
  const settings = {
    extends: join(repository, 'tsconfig.json'),
    compilerOptions: { typeRoots: [join(repository, 'node_modules/@types')] },
    include: [folder],
  };
  writeFileSync(project, JSON.stringify(settings));
  const compiler = join(repository, 'node_modules/typescript/bin/tsc');
  const { status, stdout } = spawnSync(process.execPath, [compiler, '--noEmit', '-p', project], {
    encoding: 'utf8',
  });
  return { status, stdout };
}

it('compiles what must compile, and nothing of what must not', () => {
  expect(tsc(__dirname)).toEqual({ status: 0, stdout: '' });
});

it.each([
  ['an error', "required(t.string, { description: 'A.', default: 1 });", 'TS2769|TS2353|TS2322'],
  [
    'an expected error that does not occur',
    "// @ts-expect-error\nrequired(t.string, { description: 'A.' });",
    'TS2578',
  ],
])('would notice %s', (_, line, code) => {
  const folder = tempFolder('types');
  const framework = join(repository, 'provider/framework');
  writeFileSync(
    join(folder, 'wrong.ts'),
    `import { required, t } from ${JSON.stringify(framework)};\n${line}\n`,
  );
  const { status, stdout } = tsc(folder);
  expect(status).not.toBe(0);
  expect(stdout).toMatch(new RegExp(`wrong\\.ts.*(${code})`));
});
