import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { seededNumbers } from '../support/random';
import { removeTempFolders, tempFolder } from '../support/temp';
import { isThorough } from '../support/thorough';
import { type Documents, oddPlans } from './drift-odd-plans';
import { kit, readers } from './drift-support';

afterAll(removeTempFolders);

/** A longer look: `SEED=7 PLANS=20000 npx jest test/acceptance/drift-readers`. */
const seed = Number(process.env.SEED ?? 14);
const count = Number(process.env.PLANS ?? (isThorough ? 5_000 : 250));

const stderr = 'words\n';

function run(program: string, args: string[], input: string): string[] {
  const env = { PATH: process.env.PATH };
  const ended = spawnSync(program, args, { input, env, encoding: 'utf8', maxBuffer: 2 ** 30 });
  expect([ended.status, ended.stderr]).toEqual([0, '']);
  return ended.stdout.split('next\n').slice(0, -1);
}

/** What facts.jq prints for each: in one process, with its text within a loop. */
function withJq(all: readonly Documents[]): string[] {
  const bound = ['plan', 'events', 'code', 'partial', 'stderr'].map((name) => `.${name} as $${name} | `);
  const program = `.[] | ${bound.join('')} ((${readFileSync(join(kit, 'facts.jq'), 'utf8')}\n), "next")`;
  const args = ['-r', '--slurpfile', 'shapes', join(kit, 'shapes.json'), program];
  return run('jq', args, JSON.stringify(all.map((each) => ({ ...each, stderr }))));
}

/** The same for facts.js: in one process, which loads it anew for each. */
function withNode(all: readonly Documents[]): string[] {
  const folder = tempFolder('odd');
  const calls = all.map(({ code, partial, ...files }, index) => {
    const own = join(folder, String(index));
    mkdirSync(own);
    for (const [name, text] of Object.entries({ ...files, stderr })) writeFileSync(join(own, name), text);
    return [code, partial, ...['plan', 'events', 'stderr'].map((name) => join(own, name))];
  });
  const program = `
    const facts = ${JSON.stringify(join(kit, 'facts.js'))};
    for (const args of JSON.parse(require('node:fs').readFileSync(0, 'utf8'))) {
      process.argv = ['node', facts, ...args];
      delete require.cache[facts];
      require(facts);
      console.log('next');
    }`;
  return run(process.execPath, ['-e', program], JSON.stringify(calls));
}

// Both are needed to compare them. `readers` says so if one is missing, and fails in CI.
const describeWithBoth = readers().length === 2 ? describe : describe.skip;

describeWithBoth('the two readers of a plan', () => {
  it('find the same facts in whatever they are given', () => {
    const all = [...oddPlans(count, seededNumbers(seed))];
    const [jq, node] = [withJq(all), withNode(all)];
    expect(jq).toHaveLength(count);
    const found = { errors: 0, others: 0 };
    for (const [index, facts] of jq.entries()) {
      if (facts !== node[index]) expect([all[index], facts]).toEqual([all[index], node[index]]);
      expect(facts).toMatch(/(^|\n)end\n$/);
      if (/^error\t/m.test(facts)) found.errors++;
      else found.others++;
    }
    // Not only one sort of them was tried.
    expect(Math.min(found.errors, found.others)).toBeGreaterThan(count / 5);
  });
});
