import { readdirSync, readFileSync } from 'node:fs';
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

// The build has no key, and the notes say so; the job that has the signature puts another sentence there.
it('replaces in the release notes a sentence that they have', () => {
  const [, pattern = ''] =
    /unsigned='(.*)'/.exec(readFileSync('.github/workflows/release.yml', 'utf8')) ?? [];
  expect(pattern).not.toBe('');
  const release = { version: '1.2.3', changes: '', commit: 'abc', date: new Date(0), rehearsal: false };
  expect(releaseNotes(release, [])).toMatch(new RegExp(pattern));
});
