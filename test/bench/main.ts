/**
 * Measures the provider's builds against Terraform's own floor, and against a Go provider if one is given. Prints the
 * tables, keeps the results in test/bench/results.json, and shows them in docs/guides/performance.md.
 *
 * Environment: `PEER`, a Go provider for `domo_api_client`, which gets all variables that begin with `PEER_`;
 * `ROUNDS=15`, `SIZES=1,100,1000`, `GROWTH=100,1000,5000`, `ONLY=floor,bun` for a smaller run, which is printed but
 * not kept; `TF`, an engine other than the first one of the tests.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { runScript } from '../../scripts/run-script';
import { cleanupAll, engines } from '../support/terraform';
import { contenders } from './contenders';
import { many, measureGrowth, measureLives, measureLoads, measureTerraform } from './measure';
import { type Results, tables, withTables } from './results';
import { surroundings } from './surroundings';

const { ROUNDS, SIZES, GROWTH, ONLY, TF } = process.env;
const numbers = (text: string) => text.split(',').filter(Boolean).map(Number);
const extent = {
  rounds: Number(ROUNDS ?? 15),
  sizes: numbers(SIZES ?? '1,100,1000'),
  growth: numbers(GROWTH ?? '100,1000,5000'),
};

const guide = 'docs/guides/performance.md';

async function main(): Promise<void> {
  const all = contenders(process.env);
  const engine = engines().find(({ path }) => !TF || path === TF);
  if (!engine) throw new Error(`There is no engine at TF=${TF}. Name it in ENGINES as well.`);
  const results: Results = {
    surroundings: surroundings(engine, all),
    processes: await measureLives(all, extent.rounds),
    rpcs: await measureLoads(all),
    terraform: [],
    growth: undefined,
  };
  const few = all.filter(({ startsOnly }) => !startsOnly);
  const [least] = extent.sizes;
  for (const clients of extent.sizes.filter((size) => size < many)) {
    results.terraform.push(...(await measureTerraform(few, engine, clients, 'installed', extent)));
  }
  for (const clients of extent.sizes.filter((size) => size === least || size >= many)) {
    const measured = clients === least ? all : few;
    results.terraform.push(...(await measureTerraform(measured, engine, clients, 'trusted', extent)));
  }
  if (extent.growth.length > 1) results.growth = await measureGrowth(few, engine, extent);
  process.stdout.write(`${tables(results)}\n`);
  if (ROUNDS || SIZES || GROWTH || ONLY) return;
  writeFileSync('test/bench/results.json', `${JSON.stringify(results, null, 2)}\n`);
  writeFileSync(guide, withTables(readFileSync(guide, 'utf8'), results));
}

void runScript(main).then(cleanupAll);
