import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join, resolve } from 'node:path';
import { besideBundle, built } from '../mirror';
import { compile } from '../native/compile';
import { majors, nodeExecutable } from './nodes';

/** One build of the provider, and what the tests need to test it. */
export interface Build {
  readonly name: string;
  /** A test that says nothing about this build, and why. */
  readonly without?: { readonly file: string; readonly why: string };
  /** Makes the build; returns the environment variables for the tests. */
  prepare(): Record<string, string>;
}

const folderOf = (name: string) => resolve('dist/builds', name);

/** Every build that is to pass the same tests. */
export const builds: readonly Build[] = [
  {
    name: 'bun',
    prepare: prepareBun,
    without: { file: 'test/acceptance/demo.test.ts', why: 'make demo shows the bundle for Node.js' },
  },
  ...majors.map((major) => ({
    name: `node${major}`,
    prepare: () => prepareNode(nodeExecutable(major), major),
  })),
];

/** The builds that a list such as `bun,node24` names; all if it is absent. Throws at an unknown name. */
export function chooseBuilds(list: string | undefined): readonly Build[] {
  const names = (list ?? '').split(',').flatMap((name) => name.trim() || []);
  const known = builds.map(({ name }) => name);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown) throw new Error(`BUILDS names ${unknown}; there are ${known.join(', ')}.`);
  return names.length === 0 ? builds : builds.filter(({ name }) => names.includes(name));
}

/**
 * Runs the protocol and acceptance tests against a build, with this process's own Node.js for the tests.
 *
 * @param output whether what they print is shown as it comes
 * @returns whether any test ran, and all that ran have passed
 */
export function testBuild(
  { prepare, without }: Build,
  suites: readonly string[] = ['test/protocol', 'test/acceptance'],
  output: 'inherit' | 'ignore' = 'inherit',
): boolean {
  const args = ['node_modules/jest/bin/jest.js', ...suites];
  if (without) args.push(`--testPathIgnorePatterns=${without.file}`);
  const { status } = spawnSync(process.execPath, args, {
    env: { ...process.env, ...prepare() },
    stdio: ['ignore', output, output],
  });
  return status === 0;
}

function prepareBun(): Record<string, string> {
  const executable = join(folderOf('bun'), 'terraform-provider-domo');
  compile(executable);
  // The tests' own plugins are compiled like the provider.
  return { DOMO_PROVIDER: executable, TEST_RUNTIME: 'bun' };
}

/** A copy of the bundle whose first line names its Node.js, whatever is on the PATH. */
function prepareNode(node: string, major: number): Record<string, string> {
  const folder = folderOf(`node${major}`);
  const executable = join(folder, 'terraform-provider-domo');
  mkdirSync(folder, { recursive: true });
  const [first = '', ...lines] = readFileSync(built().executable, 'utf8').split('\n');
  if (!first.startsWith('#!')) throw new Error(`${built().executable} has no first line that names Node.js.`);
  writeFileSync(executable, [`#!${node}`, ...lines].join('\n'));
  chmodSync(executable, 0o755);
  writeFileSync(join(folder, besideBundle.name), besideBundle.text);
  // The tests' own plugins, and the demo, start the Node.js on the PATH.
  const PATH = `${dirname(node)}${delimiter}${process.env.PATH}`;
  return { DOMO_PROVIDER: executable, PATH };
}
