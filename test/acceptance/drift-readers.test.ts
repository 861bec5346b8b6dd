import { seededNumbers } from '../support/random';
import { removeTempFolders } from '../support/temp';
import { isThorough } from '../support/thorough';
import { oddPlans } from './drift-odd-plans';
import { factsOf, readers } from './drift-support';

afterAll(removeTempFolders);

/** A longer look: `SEED=7 PLANS=20000 npx jest test/acceptance/drift-readers`. */
const seed = Number(process.env.SEED ?? 14);
const count = Number(process.env.PLANS ?? (isThorough ? 5_000 : 250));

// Both are needed to compare them. `readers` says so if one is missing, and fails in CI.
const describeWithBoth = readers().length === 2 ? describe : describe.skip;

describeWithBoth('the two readers of a plan', () => {
  it('find the same facts in whatever they are given', () => {
    const odd = [...oddPlans(count, seededNumbers(seed))];
    const all = odd.map((each) => ({ ...each, stderr: 'words\n' }));
    const [jq, node] = [factsOf('jq', all), factsOf('node', all)];
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
