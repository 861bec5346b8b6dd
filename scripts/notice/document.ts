/** Writes the notice: two tables, how to relink, and then the texts. */
import type { Bundled } from './bundled';
import { standardText, taken } from './licences';
import type { Part } from './part';
import { bunRevision, bunVersion } from './runtime';
import { type Claim, type Section, sections } from './texts';

const rule = '='.repeat(110);

/** The whole file. Throws if a licence is not allowed in its place. */
export function document(bundled: readonly Bundled[], runtime: readonly Part[]): string {
  const claims = [...bundled.flatMap(claimsOfPackage), ...runtime.flatMap(claimsOfPart)];
  return [
    introduction,
    heading('1. In the bundle: npm packages'),
    'They are in the npm package and in every executable.',
    table([['package', 'version', 'licence'], ...bundled.map((one) => [one.name, one.version, one.licence])]),
    ...bundled.flatMap(({ name, notice }) => (notice ? [`NOTICE of ${name}:\n\n${notice.trim()}`] : [])),
    heading(`2. In the executables besides: the Bun runtime, ${bunVersion}`),
    runtimeIntroduction,
    table([['part', 'version', 'licence', 'address'], ...runtime.map(row)]),
    remarks(runtime),
    heading('3. The parts under the LGPL, and how to replace them'),
    relinking(runtime),
    heading('4. The texts of the licences'),
    'Each text appears once, after what it covers. The texts of npm packages are their own if they have one;',
    'otherwise they are those of SPDX.',
    ...sections(claims).map(section),
    '',
  ].join('\n\n');
}

const introduction = `NOTICE

terraform-provider-domo is licensed under the Apache License, Version 2.0: see the file LICENSE. Its published files
contain third-party software, under the licences named here.

"make notice" writes this file; a test compares it with what is bundled.`;

const runtimeIntroduction = `Executables are compiled with Bun ${bunVersion}, revision ${bunRevision}. The list comes from Bun's LICENSE.md and build
scripts. Versions are those that the executable itself reports; "-" if it reports none. Of alternatives ("OR"),
we choose the one whose text in section 4 names the part.`;

/** A heading over the whole width. */
const heading = (text: string): string => `${rule}\n${text}\n${rule}`;

function row({ name, version, licence, address }: Part): string[] {
  // The first twelve digits of a commit identify it.
  return [
    name,
    version && /^[0-9a-f]{40}$/.test(version) ? version.slice(0, 12) : (version ?? '-'),
    licence,
    address,
  ];
}

function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((cells) => cells[column]?.length ?? 0)),
  );
  return rows
    .map((cells) =>
      cells
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

const remarks = (parts: readonly Part[]): string =>
  parts.flatMap(({ name, note }) => (note ? [`${name}: ${note}.`] : [])).join('\n');

function relinking(parts: readonly Part[]): string {
  const names = parts.filter(({ licence }) => licence.includes('LGPL')).map(({ name }) => name);
  const webkit = parts.find(({ reported }) => reported === 'webkit')?.version;
  return `They are: ${names.join('; ')}. All are linked statically into Bun.

You may modify them and put the modified ones into our executables:

1. Take the source of Bun, https://github.com/oven-sh/bun, at the tag bun-v${bunVersion}. Its LICENSE.md and CONTRIBUTING.md say
   what it needs to be built. The source of WebKit is https://github.com/oven-sh/WebKit at the commit
   ${webkit}, to be put into vendor/WebKit; that of TinyCC is fetched by the
   build, or taken from a folder with --local-deps=tinycc=FOLDER.
2. Change what you like, and build Bun ("bun run build:local").
3. Take the source of this provider at the tag of the release, https://github.com/domo-governance/terraform-provider-domo,
   and run "make build". Then compile it with your Bun as the runtime:

     node -r tsx/cjs -e 'require("./scripts/native/compile").compile("terraform-provider-domo", { target: "linux-x64", executable: "/path/to/your/bun" })'

Reverse engineering for debugging such changes is permitted.`;
}

function claimsOfPackage(one: Bundled): Claim[] {
  const licences = taken(one.licence, 'bundle');
  const what = `${one.name} ${one.version}`;
  if (one.text) return [{ what, licence: licences.join(' AND '), text: one.text, copyrights: [] }];
  if (one.copyrights.length === 0) {
    throw new Error(`${what} has neither a licence text nor a line of copyright: look who its authors are.`);
  }
  return licences.map((licence) => ({
    what,
    licence,
    text: standardText(licence),
    copyrights: one.copyrights,
  }));
}

function claimsOfPart({ name, licence, holder }: Part): Claim[] {
  return taken(licence, 'runtime').map((one) => ({
    what: name,
    licence: one,
    text: standardText(one),
    copyrights: holder ? [`Copyright ${holder}`] : [],
  }));
}

function section({ licence, body, covered }: Section): string {
  const lines = covered.flatMap(({ what, copyrights }) => [what, ...copyrights.map((line) => `    ${line}`)]);
  return `${'-'.repeat(rule.length)}\n${licence}\n\n${lines.join('\n')}\n\n${body}`;
}
