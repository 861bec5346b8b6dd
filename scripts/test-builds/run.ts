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
  /** What the tests said they had left out, in their words. */
  readonly skipped: readonly string[];
  readonly seconds: number;
  /** Where everything is that was printed. */
  readonly log: string;
}

interface JestResults {
  readonly success: boolean;
  readonly numPassedTests: number;
  readonly numPendingTests: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
}

/** Runs the protocol and acceptance tests against a build, with this process's own Node.js for the tests. */
export function testBuild({ name, prepare }: Build, suites: readonly string[] = usualSuites): Outcome {
  mkdirSync(logs, { recursive: true });
  const [log, results] = [`${logs}/${name}.log`, `${logs}/${name}.json`];
  const env = { ...process.env, ...prepare() };
  rmSync(results, { force: true });
  const began = Date.now();
  const output = openSync(log, 'w');
  const args = ['node_modules/jest/bin/jest.js', ...suites, '--json', `--outputFile=${results}`];
  const { status } = spawnSync(process.execPath, args, { env, stdio: ['ignore', 'ignore', output] });
  closeSync(output);
  const seconds = Math.round((Date.now() - began) / 1000);
  const skipped = readFileSync(log, 'utf8').match(/^SKIPPED .*$/gm) ?? [];
  return { ...read(results, status), skipped: [...new Set(skipped)], seconds, log };
}

function read(results: string, status: number | null): Pick<Outcome, 'passed' | 'failed'> {
  const { success, numPassedTests, numPendingTests, testResults } = JSON.parse(
    readFileSync(results, 'utf8'),
  ) as JestResults;
  const failed = testResults.flatMap(({ name, status: ended, assertionResults }) => {
    const tests = assertionResults.filter((test) => test.status === 'failed');
    if (tests.length > 0) return tests.map(({ fullName }) => fullName);
    return ended === 'failed' ? [`${name} did not run`] : [];
  });
  // No number stands for "all passed" but that of tests that ran.
  if (numPendingTests > 0) failed.push(`${numPendingTests} tests were left out in silence`);
  if (failed.length === 0 && (!success || status !== 0 || numPassedTests === 0)) failed.push('jest itself');
  return { passed: numPassedTests, failed };
}
