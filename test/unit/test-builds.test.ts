import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { chooseBuilds, testBuild } from '../../scripts/test-builds/builds';
import { majors, pinnedNode } from '../../scripts/test-builds/nodes';

const names = (list?: string) => chooseBuilds(list).map(({ name }) => name);

it('chooses the builds that are named, and all where none is', () => {
  expect(names()).toEqual(['bun', 'node20', 'node22', 'node24', 'node26']);
  expect(names('node24, bun')).toEqual(['bun', 'node24']);
  expect(() => names('bun,deno')).toThrow('BUILDS names deno; there are bun, node20');
});

it.each(majors)('has a Node.js %s with its hash, and says where it has none', (major) => {
  const { version, integrity } = pinnedNode(major, 'linux-x64');
  expect(version).toMatch(new RegExp(`^${major}\\.`));
  expect(integrity).toMatch(/^sha512-.{86}==$/);
  expect(() => pinnedNode(major, 'plan9-mips')).toThrow('No Node.js is pinned for plan9-mips');
});

describe('the tests of a build', () => {
  const build = (env: Record<string, string> = {}) => ({ name: 'made-up', prepare: () => env });
  const one = 'test/unit/lockfile.test.ts';
  const other = 'test/release/changelog.test.ts';

  it('pass', () => {
    expect(testBuild(build(), [one], 'ignore')).toBe(true);
  });

  it('fail in the environment of a build that does not work', () => {
    expect(testBuild(build({ NODE_OPTIONS: '--require=/nowhere.cjs' }), [one], 'ignore')).toBe(false);
  });

  it('fail if there are none', () => {
    expect(testBuild(build(), ['test/nowhere'], 'ignore')).toBe(false);
  });

  it('leave out what says nothing of the build', () => {
    const without = { file: one, why: 'it is about packages' };
    expect(testBuild({ ...build(), without }, [one, other], 'ignore')).toBe(true);
    expect(testBuild({ ...build(), without }, [one], 'ignore')).toBe(false);
  });
});

it('is a job of the workflow for each build', () => {
  const { jobs } = parse(readFileSync('.github/workflows/test.yml', 'utf8'));
  expect(jobs.builds.strategy.matrix.build).toEqual(names());
});
