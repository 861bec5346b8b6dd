import { counted, type Fact, type Finding } from './finding';
import type { Secrets } from './secrets';

/** What the report says of itself. */
export interface Heading {
  readonly version: string;
  /** Such as `Node.js 22.14.0, linux x64`. */
  readonly runtime: string;
  /** When it was begun: ISO 8601. */
  readonly at: string;
}

/** Both parts of an examination; `trial` is null if none was asked for. */
export interface Results {
  readonly checks: readonly Finding[];
  readonly trial: readonly Finding[] | null;
}

const words = { ok: 'ok', note: 'note', warning: 'WARNING', failed: 'FAILED', skipped: 'skipped' } as const;

export const isHealthy = ({ checks, trial }: Results) =>
  [...checks, ...(trial ?? [])].every(({ status }) => status !== 'failed');

export const headline = ({ version, runtime, at }: Heading) =>
  `terraform-provider-domo doctor ${version} (${runtime}), ${at}\n\n`;

/** A finding for people: one line, and one more for what to do. */
export function line({ check, status, says, todo }: Finding, { scrub }: Secrets): string {
  const first = `${words[status].padEnd(8)} ${check.padEnd(18)} ${flat(scrub(says))}\n`;
  return todo === undefined ? first : `${first}${' '.repeat(9)}-> ${flat(scrub(todo))}\n`;
}

/** One line whatever it quotes. Blanks stay as they are: the trial shows what Domo does with them. */
const flat = (text: string) => text.replace(/[\r\n\v\f\u0085\u2028\u2029]+/g, ' ').trim();

export function closing(results: Results): string {
  const all = [...results.checks, ...(results.trial ?? [])];
  const failed = all.filter(({ status }) => status === 'failed').length;
  const warnings = all.filter(({ status }) => status === 'warning').length;
  const verdict =
    failed === 0 ? 'All checks passed.' : `${failed} of ${counted(all.length, 'check')} failed.`;
  return `\n${verdict}${warnings === 0 ? '' : ` Warnings: ${warnings}.`} The report contains no secrets.\n`;
}

/** Everything for programs. */
export function document(heading: Heading, results: Results, { scrub }: Secrets): string {
  const clean = (finding: Finding) => ({
    ...finding,
    says: scrub(finding.says),
    ...(finding.todo === undefined ? {} : { todo: scrub(finding.todo) }),
    ...(finding.facts === undefined ? {} : { facts: cleanFacts(finding.facts, scrub) }),
  });
  const { checks, trial } = results;
  const whole = {
    ...heading,
    healthy: isHealthy(results),
    checks: checks.map(clean),
    trial: trial?.map(clean) ?? null,
  };
  return `${JSON.stringify(whole, null, 2)}\n`;
}

function cleanFacts(facts: Readonly<Record<string, Fact>>, scrub: Secrets['scrub']): Record<string, Fact> {
  const clean = (fact: Fact): Fact => {
    if (typeof fact === 'string') return scrub(fact);
    return Array.isArray(fact) ? fact.map((each) => (typeof each === 'string' ? scrub(each) : each)) : fact;
  };
  return Object.fromEntries(Object.entries(facts).map(([name, fact]) => [name, clean(fact)]));
}
