/** The npm packages that end up in the bundle: those of which a bundler writes at least one byte. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';

export interface Bundled {
  readonly name: string;
  readonly version: string;
  /** The SPDX expression that the package declares. */
  readonly licence: string;
  readonly address: string;
  /** Its own licence text; absent where it brings none. */
  readonly text?: string;
  /** What its NOTICE file says, which Apache-2.0 wants passed on. */
  readonly notice?: string;
  /** The copyright lines of the source that is bundled: for a package without a text of its own. */
  readonly copyrights: readonly string[];
}

interface Meta {
  readonly outputs: Readonly<
    Record<string, { readonly inputs: Readonly<Record<string, { bytesInOutput: number }>> }>
  >;
}

/**
 * All packages in what esbuild bundles for Node.js or Bun bundles for itself, by name. The two differ where a
 * package has an entry of its own for Bun.
 */
export function bundledPackages(): Bundled[] {
  const files = [...new Set([...esbuildInputs(), ...bunInputs()])].sort();
  const folders = new Set(
    files.flatMap((file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(file) ?? []),
  );
  return [...folders]
    .map((folder) =>
      describe(
        folder,
        files.filter((file) => file.startsWith(`${folder}/`)),
      ),
    )
    .sort((a, b) => compare(a.name, b.name) || compare(a.version, b.version));
}

/** Not localeCompare: the order must not depend on the machine's language. */
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The Bun of this machine's platform, as npm has installed it. */
const bun = 'node_modules/bun/bin/bun.exe';
const entry = 'provider/main.ts';

function esbuildInputs(): string[] {
  const { metafile } = buildSync({
    entryPoints: [entry],
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    write: false,
    metafile: true,
    logLevel: 'warning',
  });
  return written(metafile);
}

function bunInputs(): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'notice-'));
  try {
    const metafile = join(folder, 'meta.json');
    const options = ['--target=bun', `--metafile=${metafile}`, `--outfile=${join(folder, 'bundle.js')}`];
    execFileSync(bun, ['build', ...options, entry], { stdio: ['ignore', 'ignore', 'pipe'] });
    return written(JSON.parse(readFileSync(metafile, 'utf8')) as Meta);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The files of which something is in an output. */
const written = ({ outputs }: Meta): string[] =>
  Object.values(outputs).flatMap(({ inputs }) =>
    Object.entries(inputs).flatMap(([file, { bytesInOutput }]) => (bytesInOutput > 0 ? [file] : [])),
  );

function describe(folder: string, sources: readonly string[]): Bundled {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    name: string;
    version: string;
    license?: string;
  };
  if (!license) throw new Error(`The package ${name} ${version} in the bundle declares no licence.`);
  const text = ownFile(folder, /^(licen[cs]e|copying)(\.\w+)?$/i) ?? readmeLicence(folder);
  const notice = ownFile(folder, /^notice(\.\w+)?$/i);
  return {
    name,
    version,
    licence: license,
    address: `https://www.npmjs.com/package/${name}`,
    ...(text ? { text } : {}),
    ...(notice ? { notice } : {}),
    copyrights: text ? [] : copyrightsOf(sources),
  };
}

function ownFile(folder: string, name: RegExp): string | undefined {
  const file = readdirSync(folder)
    .sort()
    .find((entry) => name.test(entry));
  return file && readFileSync(join(folder, file), 'utf8');
}

/** Some packages have their licence in the README alone. */
function readmeLicence(folder: string): string | undefined {
  const [, section] = (ownFile(folder, /^readme\.md$/i) ?? '').split(/^(?:#+ Licen[cs]e|Licen[cs]e\n-+)$/im);
  if (!section?.includes('Permission is hereby granted')) return undefined;
  return section
    .split(/^(?:#|\[)/m)[0]
    ?.replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>');
}

function copyrightsOf(sources: readonly string[]): string[] {
  const lines = sources.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/^[\s/*]*(Copyright .*\d{4}.*)$/gm)].map(
      ([, line]) => line?.trim() ?? '',
    ),
  );
  return [...new Set(lines)].sort();
}
