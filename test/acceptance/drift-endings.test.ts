import { existsSync } from 'node:fs';
import { skipped } from '../support/skipped';
import { removeTempFolders } from '../support/temp';
import { isThorough } from '../support/thorough';
import { driftWith, machines, type Play } from './drift-fake-engine';
import { client, drift, failedCheck, failure, plan } from './drift-plans';

afterAll(removeTempFolders);

const gone = { resource_drift: [drift('domo_api_client.x', ['delete'], client('x'))] };
const check = { checks: [failedCheck('one', 'Too many.')] };
const checkEvent = {
  diagnostic: { severity: 'warning', summary: 'Check block assertion failed', detail: 'Too many.' },
};
const conditionEvent = failure('Resource postcondition failed', 'Too many.');
const stopped = { errored: true, complete: false };
const text = JSON.stringify(plan(gone));

const cases: Record<string, [code: number, what: Play, because?: string]> = {
  'nothing found': [0, { plan: plan() }],
  'a revoked client': [2, { plan: plan(gone) }],
  'a failed check': [2, { plan: plan(check), events: [checkEvent] }],
  'a condition that has stopped the plan': [2, { plan: plan(stopped), events: [conditionEvent], ends: 1 }],

  'a failed check, then a killed engine': [1, { events: [checkEvent], ends: 'KILL' }, 'There is no plan.'],
  'a failed check and a plan, then a killed engine': [
    1,
    { plan: plan(check), events: [checkEvent], ends: 'KILL' },
    'The plan failed.',
  ],
  "a failed check, then a crash with Go's own code": [
    1,
    { plan: plan(check), events: [checkEvent], ends: 2, stderr: 'panic: nil\n' },
    'The plan failed. panic: nil',
  ],
  'a failed check, then a failure without a word': [
    1,
    { plan: plan(check), events: [checkEvent], ends: 1 },
    'The plan failed.',
  ],
  'a failed condition, then a crash': [
    1,
    { plan: plan({ ...check, ...stopped }), events: [conditionEvent], ends: 11 },
    'The plan failed.',
  ],
  'a failed condition without a plan': [1, { events: [conditionEvent], ends: 1 }, 'There is no plan.'],
  'an error before a failed check': [
    1,
    { plan: plan({ ...check, ...stopped }), events: [failure('Broken', 'x'), checkEvent], ends: 1 },
    'Broken: x',
  ],
  'an error after a failed check': [
    1,
    { plan: plan({ ...check, ...stopped }), events: [checkEvent, failure('Broken', 'x')], ends: 1 },
    'Broken: x',
  ],
  'an error of an engine that ends well': [1, { plan: plan(gone), events: [failure('Broken', 'x')] }],
  'a check that could not be evaluated': [
    1,
    { plan: plan({ checks: [{ ...failedCheck('one'), status: 'error', instances: [] }] }) },
    'The check could not be evaluated.',
  ],
  'a line that broke off': [1, { plan: plan(), events: ['{"diagnostic":{"seve'] }, 'is not understood'],

  'no plan and no word': [1, {}, 'There is no plan.'],
  'a plan that cannot be shown': [1, { plan: plan(gone), showEnds: 1 }, 'There is no plan.'],
  'a plan that is shown as nothing': [1, { plan: '' }, 'There is no plan.'],
  'a plan that is {}': [1, { plan: {} }, 'see format_version'],
  'a plan that is []': [1, { plan: [] }, 'it is not a JSON object'],
  'a plan that is null': [1, { plan: 'null' }, 'it is not a JSON object'],
  'a plan that broke off': [1, { plan: text.slice(0, -9) }, 'it is not a JSON object'],
  'two plans': [1, { plan: `${text}\n${text}` }, 'it is not a JSON object'],
  'a plan of which only the version is left': [1, { plan: { format_version: '1.2' } }, 'see planned_values'],
  'a plan that failed': [1, { plan: plan({ errored: true }) }, 'The plan failed.'],
  'a plan that failed, with a revoked client': [
    1,
    { plan: plan({ ...gone, errored: true }) },
    'The plan failed.',
  ],
  'a plan that is not complete': [1, { plan: plan({ complete: false }) }, 'is incomplete'],
  'a plan that is not complete, with a failed check': [
    1,
    { plan: plan({ ...check, complete: false }), events: [checkEvent] },
    'is incomplete',
  ],
};

const [first] = machines('sh');

/** Where the engine ends well and shows a plan, only the reader has a say: drift-facts.test.ts is about both. */
const isAboutReader = ({ plan, ends, showEnds }: Play) => plan !== undefined && !ends && !showEnds;

describe.each(machines('sh'))('the exit code with %s', (name, machine) => {
  const all = isThorough || name === first?.[0];
  const tried = Object.entries(cases).filter(([, [, what]]) => all || !isAboutReader(what));

  it.each(tried)('for %s', async (_, [expected, what, because]) => {
    const { code, stderr, json, stdout, junit } = await driftWith(what, machine);
    expect(code).toBe(expected);
    // A shell may say that somebody was killed.
    expect(stderr.replace(/^.*Killed.*\n/, '')).toBe('');
    expect(json.exit_code).toBe(expected);
    expect(json.result).toBe(['no-drift', 'could-not-tell', 'drift'][expected]);
    expect(stdout.split(':')[0]).toBe(['No drift', 'Could not tell', 'Drift'][expected]);
    expect(junit.includes('<error message="could not tell">')).toBe(expected === 1);
    if (because) expect(json.errors.map(({ message }) => message).join()).toContain(because);
    if (expected !== 1) expect(json.errors).toEqual([]);
  });

  // Only Linux has a file that refuses every write.
  const full = '/dev/full';
  if (!existsSync(full)) skipped('a report that could not be written', 'this system has no /dev/full');
  (existsSync(full) ? it : it.skip)('for a report that could not be written', async () => {
    const { code, stdout } = await driftWith({ plan: plan() }, machine, { reports: ['--junit', full] });
    expect(code).toBe(1);
    expect(stdout).toContain('could not tell: /dev/full could not be written.');
  });

  it('for a reader that does not end', async () => {
    const { code, json } = await driftWith({ plan: plan(gone) }, { ...machine, readerDies: true });
    expect(code).toBe(1);
    expect(json.errors.map(({ message }) => message)).toEqual([
      'The plan could not be read. That needs jq 1.6 or Node.js 20, or newer.',
    ]);
  });
});
