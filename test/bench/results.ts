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
  const sections = [
    describe(surroundings),
    table(
      ['a process', ...own],
      [
        ['start to handshake, ms', ...own.map((n) => processes.medians[n]?.startToHandshake)],
        ['handshake to first RPC, ms', ...own.map((n) => processes.medians[n]?.handshakeToFirstRpc)],
        ['memory after the first RPC, MB', ...own.map((n) => processes.medians[n]?.memoryAfterFirstRpc)],
        ['memory after a plan of 1,000, MB', ...own.map((n) => rpcs.medians[n]?.memoryAfterPlans)],
        ['the most until then, MB', ...own.map((n) => rpcs.medians[n]?.peakMemory)],
        ['CPU for one RPC of a plan, µs', ...own.map((n) => rpcs.medians[n]?.cpuPerPlan)],
        ['CPU for one refresh, µs', ...own.map((n) => rpcs.medians[n]?.cpuPerRead)],
      ],
    ),
    `Medians of ${processes.rounds} rounds; of memory after a plan and CPU, of ${rpcs.rounds}.`,
  ];
  const measured = new Map(terraform.map(({ clients, way }) => [`${clients} ${way}`, { clients, way }]));
  for (const { clients, way } of measured.values()) {
    const timings = terraform.filter((timing) => timing.clients === clients && timing.way === way);
    const title = `${clients.toLocaleString('en')} ${clients === 1 ? 'client' : 'clients'}, ${way}, ms`;
    const counted = names.includes('peer') ? [...names, 'bun / peer'] : names;
    sections.push(
      table(
        [title, ...counted, 'HTTP calls (bun)'],
        timings.map(({ operation, ms, calls }) => [
          operation,
          ...names.map((n) => ms[n]),
          ...(names.includes('peer') ? [ratio(ms.bun, ms.peer)] : []),
          callsInWords(calls.bun ?? {}),
        ]),
      ),
      `Medians of ${timings[0]?.rounds} rounds.`,
    );
  }
  if (growth) sections.push(...growthTable(names, growth));
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
      ['plan of so many new clients, ms', ...names],
      [
        ...sizes.map((size) => [Number(size).toLocaleString('en'), ...names.map((n) => ms[n]?.[size])]),
        ...sizes
          .slice(1)
          .map((_, index) => [`exponent, ${step(index)}`, ...names.map((n) => exponents[n]?.[index])]),
      ],
    ),
    `Medians of ${rounds} rounds.`,
  ];
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
