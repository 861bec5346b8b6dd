import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { skipped } from '../support/skipped';
import { cleanupAll, type Engine, engines, isAtLeast } from '../support/terraform';
import { examples, nowhere, runsOf } from './examples-support';
import { withProvider } from './setup';

/** Every example with a file of tests: a new one is run without a change here. */
const tested = readdirSync(examples, { encoding: 'utf8', recursive: true })
  .map((path) => /^(?!.*node_modules)(.*)\/tests\/[^/]*\.tftest\.hcl$/.exec(path)?.[1])
  .filter((example) => example !== undefined)
  // The pipeline of that repository runs them in a test of its own.
  .filter((example) => example !== 'governance-repository/governance');

afterAll(cleanupAll);

const hasMocks = (engine: Engine) => isAtLeast(engine, 'terraform', 1, 7) || isAtLeast(engine, 'tofu', 1, 8);

it('finds the examples that have tests', () => {
  expect(tested).toEqual(expect.arrayContaining(['governance', 'policy', 'unmanaged/warn']));
});

describe.each(engines())('with $name', (engine: Engine) => {
  it.concurrent.each(tested)('the tests of the example %s pass without a Domo', async (example) => {
    if (!hasMocks(engine)) {
      skipped(`the tests of ${example} with ${engine.name}`, 'it has no mock providers');
      return;
    }
    const work = await withProvider({ engine, copyOf: join(examples, example), env: nowhere });
    const { code, text } = await work.run('test', '-no-color');
    expect({ code, text }).toEqual({
      code: 0,
      text: expect.stringContaining(`Success! ${runsOf(example)} passed, 0 failed.`),
    });
  });

  it.concurrent('the test in the guide passes, and a test fails if a client in the list is not managed', async () => {
    if (!hasMocks(engine)) {
      skipped(`the guide's test with ${engine.name}`, 'it has no mock providers');
      return;
    }
    const guide = readFileSync(join(examples, '../docs/guides/protecting-clients.md'), 'utf8');
    const [, test = ''] = /^```tf\n(mock_provider .*?)^```$/ms.exec(guide) ?? [];
    const work = await withProvider({ engine, copyOf: join(examples, 'unmanaged/warn'), env: nowhere });
    work.write('tests/guide.tftest.hcl', test);
    expect(await work.run('fmt', '-check', '-diff', '-recursive')).toMatchObject({ code: 0, text: '' });
    const path = 'tests/unmanaged.tftest.hcl';
    work.write(path, work.read(path).replace('"by-hand"        = "a person"', ''));
    const { code, text } = await work.run('test', '-no-color');
    expect({ code, text }).toEqual({ code: 1, text: expect.stringContaining('2 passed, 1 failed.') });
    expect(text).toContain('tests/guide.tftest.hcl... pass');
  });
});
