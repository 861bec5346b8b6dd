import { cleanupAll, engines } from '../support/terraform';
import { isThorough } from '../support/thorough';
import { type Report, runScenario, type Scenario } from './scenario';

const number = (name: string, otherwise: number) => Number(process.env[name] || otherwise);

/**
 * `make chaos` asks for more, and for another seed each time. One seed draws one row of faults, whatever the order of
 * requests; with this one each kind of fault has occurred after 32 requests, and 24 clients make twice as many.
 */
const scenario: Scenario = {
  seed: number('SEED', 1),
  rounds: number('ROUNDS', 1),
  clients: number('CLIENTS', isThorough ? 60 : 24),
  share: number('SHARE', 0.3),
};

function table(report: Report): string {
  const { operations, faults, requests } = report;
  const injected = Object.values(faults).reduce((sum, count) => sum + count, 0);
  const rows: [string, number | string][] = [
    ...Object.entries(operations),
    ['creations asked for', report.creations],
    ['revocations asked for', report.revocations],
    ['requests while Domo misbehaved', requests],
    ['faults', `${injected} (${((100 * injected) / requests).toFixed(0)} %)`],
    ...Object.entries(faults).map(([kind, count]): [string, number] => [`  ${kind}`, count]),
    ['orphans', report.orphans.length],
    ['orphans of a killed provider, all named by an error', report.orphansOfKills.length],
    ['lost secrets', report.lostSecrets.length],
    ['wrong removals', report.wrongRemovals.length],
  ];
  return rows.map(([name, value]) => `${name.padEnd(54)}${value}`).join('\n');
}

afterAll(cleanupAll);

it.each(engines())(
  'nothing is lost and nothing is left behind, whatever happens, with $name',
  async (engine) => {
    process.stderr.write(
      `SEED=${scenario.seed} ROUNDS=${scenario.rounds} CLIENTS=${scenario.clients} SHARE=${scenario.share}\n`,
    );
    const report = await runScenario(engine, scenario);
    process.stderr.write(`${engine.name}\n${table(report)}\n`);
    const { orphans, lostSecrets, wrongRemovals, differences, said } = report;
    const nothing = { orphans: [], lostSecrets: [], wrongRemovals: [], differences: [], said: [] };
    expect({ orphans, lostSecrets, wrongRemovals, differences, said }).toEqual(nothing);
    expect(report.namedHolders.toSorted()).toEqual(report.orphansOfKills.toSorted());
    const injected = Object.values(report.faults);
    expect(injected.every((count) => count > 0)).toBe(true);
    expect(injected.reduce((sum, count) => sum + count, 0)).toBeGreaterThan(0.2 * report.requests);
  },
  3_600_000,
);
