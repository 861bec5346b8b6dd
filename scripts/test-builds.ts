/**
 * Runs the protocol and acceptance tests once for each build of the provider: compiled with Bun, and the bundle under
 * each supported Node.js. Exits with 1 if any test of any build fails.
 *
 * Environment: `BUILDS=bun,node24` runs only those; and what the tests themselves read, such as `ENGINES`.
 */
import { runScript } from './run-script';
import { chooseBuilds, testBuild } from './test-builds/builds';

const say = (line: string) => void process.stdout.write(`${line}\n`);

void runScript(() => {
  const lines = chooseBuilds(process.env.BUILDS).map((build) => {
    say(`\n${build.name}`);
    if (build.without) say(`NOT RUN ${build.without.file}: ${build.without.why}`);
    const began = Date.now();
    const passed = testBuild(build);
    if (!passed) process.exitCode = 1;
    return `${build.name}: ${passed ? 'passed' : 'FAILED'} in ${Math.round((Date.now() - began) / 1000)} s`;
  });
  say(`\n${lines.join('\n')}`);
});
