import type { Growth, Timing } from './measure';
import type { Life, Load } from './plugin-runs';
import type { Surroundings } from './surroundings';

/** Everything of one run, as test/bench/results.json keeps it. */
export interface Results {
  readonly surroundings: Surroundings;
  readonly processes: { readonly rounds: number; readonly medians: Readonly<Record<string, Life>> };
  readonly rpcs: { readonly rounds: number; readonly medians: Readonly<Record<string, Load>> };
  readonly terraform: Timing[];
  growth: Growth | undefined;
}

/** The results as Markdown tables. */
export function tables(results: Results): string {
  const { surroundings, processes, rpcs, terraform, growth } = results;
  const names = Object.keys(surroundings.contenders);
  const own = names.filter((name) => name in processes.medians);
  const row = (title: string, medians: Readonly<Record<string, object>>, field: string) => [
    title,
    ...own.map((name) => (medians[name] as Readonly<Record<string, number>> | undefined)?.[field]),
  ];
  const sections = [
    describe(surroundings),
    table(
      ['a process', ...own],
      [
        row('start to handshake, ms', processes.medians, 'startToHandshake'),
        row('handshake to first RPC, ms', processes.medians, 'handshakeToFirstRpc'),
        row('memory after the first RPC, MB', processes.medians, 'memoryAfterFirstRpc'),
        row('memory after a plan of 1,000, MB', rpcs.medians, 'memoryAfterPlans'),
        row('the most until then, MB', rpcs.medians, 'peakMemory'),
        row('CPU for one RPC, the first 2,000 of a plan, µs', rpcs.medians, 'cpuPerPlan'),
        row('CPU for one refresh, µs', rpcs.medians, 'cpuPerRead'),
        row('CPU for a later PlanResourceChange, main thread, µs', rpcs.medians, 'mainPerLaterPlan').map(
          (cell, index) => (own[index - 1] === 'peer' ? undefined : cell),
        ),
      ],
    ),
    `Medians of ${processes.rounds} rounds; of memory after a plan and CPU, of ${rpcs.rounds}.`,
  ];
  const measured = new Map(terraform.map(({ clients, way }) => [`${clients} ${way}`, { clients, way }]));
  for (const { clients, way } of measured.values()) {
    const timings = terraform.filter((timing) => timing.clients === clients && timing.way === way);
    const title = `${clients.toLocaleString('en')} ${clients === 1 ? 'client' : 'clients'}, ${way}, ms`;
    const columns = names.filter((name) => name in (timings[0]?.ms ?? {}));
    sections.push(
      table(
        [title, ...withRatio(columns), 'HTTP calls (bun)'],
        timings.map(({ operation, ms, calls }) => [
          operation,
          ...cellsWithRatio(columns, ms),
          callsInWords(calls.bun ?? {}),
        ]),
      ),
      `${medians(timings)}.`,
    );
  }
  if (growth) sections.push(...growthTable(Object.keys(growth.ms), growth));
  return sections.join('\n\n');
}

/** Where the guide shows them. */
const place = /(<!-- what "make bench" has measured -->\n)[\s\S]*(\n<!-- end -->)/;

/** A page with these tables instead of the ones that it had. Throws if it has no place for them. */
export function withTables(page: string, results: Results): string {
  if (!place.test(page)) throw new Error('The page has no place for the tables.');
  return page.replace(place, (_, before: string, after: string) => `${before}\n${tables(results)}\n${after}`);
}

function describe(s: Surroundings): string {
  const each = Object.entries(s.contenders).map(
    ([name, { about, megabytes }]) => `**${name}** is ${about}${megabytes ? ` (${megabytes} MB)` : ''}`,
  );
  return `${each.join('; ')}.\n\nMeasured on ${s.date} at ${s.commit}: ${s.cores} × ${s.processor}, ${s.memoryGB} GB, ${s.system}, ${s.engine}, Node.js ${s.node}, Bun ${s.bun}.`;
}

function growthTable(names: readonly string[], { rounds, ms, exponents }: Growth): string[] {
  const sizes = Object.keys(Object.values(ms)[0] ?? {});
  const step = (index: number) => `${sizes[index]} to ${sizes[index + 1]}`;
  return [
    table(
      ['plan of so many new clients, trusted, ms', ...withRatio(names)],
      [
        ...sizes.map((size) => [
          Number(size).toLocaleString('en'),
          ...cellsWithRatio(names, Object.fromEntries(names.map((name) => [name, ms[name]?.[size]]))),
        ]),
        ...sizes
          .slice(1)
          .map((_, index) => [
            `exponent, ${step(index)}`,
            ...names.map((n) => exponents[n]?.[index]),
            ...(withRatio(names).length > names.length ? [undefined] : []),
          ]),
      ],
    ),
    `Medians of ${rounds} rounds.`,
  ];
}

/** Such as "Medians of 15 rounds"; in words for each command where they differ. */
function medians(timings: readonly Timing[]): string {
  const counts = new Set(timings.map(({ rounds }) => rounds));
  if (counts.size === 1) return `Medians of ${timings[0]?.rounds} rounds`;
  return `Medians: ${timings.map(({ operation, rounds }) => `${operation} of ${rounds}`).join(', ')}`;
}

const withRatio = (names: readonly string[]) =>
  names.includes('peer') && names.includes('bun') ? [...names, 'bun / peer'] : names;

function cellsWithRatio(names: readonly string[], ms: Readonly<Record<string, number | undefined>>) {
  const cells = names.map((name) => ms[name]);
  return withRatio(names).length > names.length ? [...cells, ratio(ms.bun, ms.peer)] : cells;
}

function ratio(own: number | undefined, peer: number | undefined): string | undefined {
  return own === undefined || peer === undefined ? undefined : (own / peer).toFixed(2);
}

function callsInWords(calls: Readonly<Record<string, number>>): string {
  const words = Object.entries(calls).map(([endpoint, count]) => `${count} ${endpoint.split(' ')[0]}`);
  return words.join(', ') || 'none';
}

function table(head: readonly string[], rows: readonly (readonly (string | number | undefined)[])[]): string {
  const line = (cells: readonly (string | number | undefined)[]) =>
    `| ${cells.map((cell) => (typeof cell === 'number' ? cell.toLocaleString('en') : (cell ?? ''))).join(' | ')} |`;
  return [
    line(head),
    `|${head.map((_, index) => (index === 0 ? '---' : '---:')).join('|')}|`,
    ...rows.map(line),
  ].join('\n');
}
