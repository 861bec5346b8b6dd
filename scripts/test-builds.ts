/**
 * Runs the protocol and acceptance tests once for each build of the provider: compiled with Bun, and the bundle under
 * each Node.js that it is meant for. Ends with 1 where any test of any build fails.
 *
 * Environment: `BUILDS=bun,node24` runs only those; what the tests themselves take, such as `ENGINES`.
 */
import { runScript } from './run-script';
import { chooseBuilds } from './test-builds/builds';
import { testBuild } from './test-builds/run';

const say = (line: string) => void process.stdout.write(`${line}\n`);

void runScript(() => {
  for (const build of chooseBuilds(process.env.BUILDS)) {
    const { passed, failed, skipped, seconds, log } = testBuild(build);
    say(`${build.name}: ${passed} passed, ${failed.length} failed, in ${seconds} s (${log})`);
    for (const line of skipped) say(`  ${line}`);
    for (const name of failed) say(`  FAILED ${name}`);
    if (failed.length > 0) process.exitCode = 1;
  }
});
