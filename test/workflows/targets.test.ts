import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { releaseNotes } from '../../scripts/release/notes';
import { known, targets } from './workflows';

it('finds what a script makes', () => {
  const text = 'jobs: { a: { steps: [{ run: "make one\\n  make two-three X=1" }, { uses: some }] } }';
  expect(targets(text)).toEqual(['one', 'two-three']);
});

it('makes nothing that the Makefile does not have', () => {
  const made = readdirSync('.github/workflows').flatMap((name) =>
    targets(readFileSync(`.github/workflows/${name}`, 'utf8')).map((target) => `${name}: make ${target}`),
  );
  expect(made).toContain('test.yml: make test');
  expect(made.filter((one) => !known().includes(one.replace(/^.* /, '')))).toEqual([]);
});

// The release script checks only the hashes of the pages.
it('has codesign judge the executables for macOS on macOS, and for both processors', () => {
  const { jobs } = parse(readFileSync('.github/workflows/release.yml', 'utf8'));
  const steps: { run?: string; if?: string }[] = jobs.start.steps;
  const step = steps.find(({ run = '' }) => /^codesign --verify --strict .*unzipped\//m.test(run));
  expect(step?.if).toBe("runner.os == 'macOS'");
  const platforms: { platform: string; os: string }[] = jobs.start.strategy.matrix.include;
  expect(platforms.flatMap(({ platform, os }) => (os.startsWith('macos') ? [platform] : []))).toEqual([
    'darwin_amd64',
    'darwin_arm64',
  ]);
});

// The build has no key, and its notes say so; the job that has the signature replaces that sentence.
it('replaces in the release notes a sentence that they have', () => {
  const [, pattern = ''] =
    /unsigned='(.*)'/.exec(readFileSync('.github/workflows/release.yml', 'utf8')) ?? [];
  expect(pattern).not.toBe('');
  const release = { version: '1.2.3', changes: '', commit: 'abc', date: new Date(0), rehearsal: false };
  expect(releaseNotes(release, [])).toMatch(new RegExp(pattern));
});
