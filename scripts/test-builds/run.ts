import { spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, rmSync } from 'node:fs';
import type { Build } from './builds';

const logs = 'dist/builds';
const usualSuites = ['test/protocol', 'test/acceptance'];

/** How the tests of one build ended. */
export interface Outcome {
  readonly passed: number;
  /** The tests, and the files that did not run at all. */
  readonly failed: readonly string[];
  /** What the tests said they had left out, in their words, and what jest has not run. */
  readonly skipped: readonly string[];
  readonly seconds: number;
  /** Where everything is that was printed. */
  readonly log: string;
}

interface JestResults {
  readonly success: boolean;
  readonly numPassedTests: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
}

/** Runs the protocol and acceptance tests against a build, with this process's own Node.js for the tests. */
export function testBuild(
  { name, prepare, without = [] }: Build,
  suites: readonly string[] = usualSuites,
): Outcome {
  mkdirSync(logs, { recursive: true });
  const [log, results] = [`${logs}/${name}.log`, `${logs}/${name}.json`];
  const env = { ...process.env, ...prepare() };
  rmSync(results, { force: true });
  const began = Date.now();
  const output = openSync(log, 'w');
  const args = ['node_modules/jest/bin/jest.js', ...suites, '--json', `--outputFile=${results}`];
  for (const { file } of without) args.push(`--testPathIgnorePatterns=${file}`);
  const { status } = spawnSync(process.execPath, args, { env, stdio: ['ignore', 'ignore', output] });
  closeSync(output);
  const seconds = Math.round((Date.now() - began) / 1000);
  const said = readFileSync(log, 'utf8').match(/^SKIPPED .*$/gm) ?? [];
  const { passed, failed, pending } = read(results, status);
  // A reader sees both: what the tests say of it, and what jest has counted as not run.
  const left = without.map(({ file, why }) => `NOT RUN ${file}: ${why}`);
  const skipped = [...left, ...new Set(said), ...pending.map((test) => `NOT RUN ${test}`)];
  return { passed, failed, skipped, seconds, log };
}

function read(results: string, status: number | null) {
  const {
    success,
    numPassedTests: passed,
    testResults,
  } = JSON.parse(readFileSync(results, 'utf8')) as JestResults;
  const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
  const named = (...statuses: string[]) =>
    tests.filter((test) => statuses.includes(test.status)).map(({ fullName }) => fullName);
  const broken = testResults
    .filter(
      (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
    )
    .map(({ name }) => `${name} did not run`);
  const failed = [...named('failed'), ...broken];
  if (failed.length === 0 && (!success || status !== 0 || passed === 0)) failed.push('jest itself');
  return { passed, failed, pending: named('pending', 'todo', 'disabled', 'skipped') };
}
