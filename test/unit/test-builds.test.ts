import { chooseBuilds } from '../../scripts/test-builds/builds';
import { majors, pinnedNode } from '../../scripts/test-builds/nodes';
import { testBuild } from '../../scripts/test-builds/run';

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

describe('the outcome', () => {
  const build = (env: Record<string, string> = {}) => ({ name: 'made-up', prepare: () => env });

  it('counts what has passed', () => {
    expect(testBuild(build(), ['test/unit/framework/path.test.ts'])).toMatchObject({
      passed: expect.any(Number),
      failed: [],
      skipped: [],
    });
  });

  it('tells what says nothing of this build', () => {
    const without = [{ file: 'test/unit/framework/path.test.ts', why: 'it is about paths' }];
    const { passed, failed, skipped } = testBuild({ ...build(), without }, [
      'path.test.ts',
      'describe.test.ts',
    ]);
    expect({ failed, skipped }).toEqual({
      failed: [],
      skipped: [`NOT RUN ${without[0]?.file}: it is about paths`],
    });
    expect(passed).toBe(testBuild(build(), ['describe.test.ts']).passed);
  });

  it('names a test that fails, and a file that does not run', () => {
    const suites = ['provider-debug', 'provider-process'].map((name) => `test/protocol/${name}.test.ts`);
    const { failed } = testBuild(build({ DOMO_PROVIDER: '/nowhere' }), suites);
    expect(failed).toContainEqual(expect.stringMatching(/provider-process\.test\.ts did not run$/));
    expect(failed).toContainEqual(expect.stringMatching(/reattaches to the real provider/));
  });

  it('is a failure where there are no tests', () => {
    expect(testBuild(build(), ['test/nowhere']).failed).toEqual(['jest itself']);
  });
});
