import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { startProcess } from '../support/running';
import { removeTempFolders, tempFolder } from '../support/temp';

const script = resolve(__dirname, '../../scripts/release.ts');
const changelog = '# Changelog\n\n## [Unreleased]\n\n## [1.2.3] - 2026-03-01\n\n- A thing.\n';

afterAll(removeTempFolders);

/** What `make release` says in a committed folder with these files. */
async function refusal(files: Record<string, string>, env: Record<string, string> = {}) {
  const cwd = tempFolder('refused');
  const git = (...args: string[]) => execFileSync('git', ['-C', cwd, ...args], { stdio: 'ignore' });
  const all = { 'package.json': '{"version":"1.2.3"}', 'CHANGELOG.md': changelog, ...files };
  for (const [name, text] of Object.entries(all)) writeFileSync(join(cwd, name), text);
  git('init');
  git('add', '.');
  git('-c', 'user.name=T', '-c', 'user.email=t@example.com', 'commit', '-m', 'All');
  if (env.CHANGE) writeFileSync(join(cwd, env.CHANGE), 'changed');
  const { code, stderr } = await startProcess(process.execPath, ['-r', require.resolve('tsx/cjs'), script], {
    cwd,
    env: { PATH: process.env.PATH, HOME: cwd, ...env },
  }).done;
  expect(stderr).not.toMatch(/^\s+at /m);
  return { code, stderr };
}

const said = (sentence: string) => ({ code: 1, stderr: expect.stringContaining(sentence) });

it.concurrent.each([
  [
    'another version in package.json',
    'newest version in CHANGELOG.md is 1.2.3, and package.json says 1.2.4',
    { 'package.json': '{"version":"1.2.4"}' },
    {},
  ],
  ['a changelog without the version', 'no section for a version', { 'CHANGELOG.md': '# Changelog\n' }, {}],
  ['another tag', 'The tag is v1.2.4, and package.json says 1.2.3', {}, { TAG: 'v1.2.4' }],
  ['a tag without the v', 'the tag must be v1.2.3', {}, { TAG: '1.2.3' }],
  ['a changed working tree', 'working tree has changes', {}, { CHANGE: 'package-lock.json' }],
  ['no NOTICE', 'NOTICE is missing', { LICENSE: 'x' }, {}],
  ['no NOTICE in a rehearsal either', 'NOTICE is missing', { LICENSE: 'x' }, { REHEARSAL: '1' }],
  ['a part of the platforms', 'REHEARSAL=1', {}, { TARGETS: 'linux_amd64' }],
  ['an unknown platform', 'there are darwin_amd64', {}, { TARGETS: 'plan9_amd64', REHEARSAL: '1' }],
])('refuses %s', async (_, sentence, files, env) => {
  expect(await refusal(files as Record<string, string>, env as Record<string, string>)).toEqual(
    said(sentence),
  );
});
