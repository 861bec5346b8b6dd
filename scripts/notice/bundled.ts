/** The npm packages in a bundle: those that contribute at least one byte to it. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';
import { bundlePlugin, bundleSandbox } from '../build/bundle';

export interface Bundled {
  readonly name: string;
  readonly version: string;
  /** The SPDX expression that the package declares. */
  readonly licence: string;
  /** Its own licence text; absent if it has none. */
  readonly text?: string;
  /** What its NOTICE file says: Apache-2.0 requires us to pass it on. */
  readonly notice?: string;
  /** If the package has no licence text: the copyright lines in the bundled source, or the author that it declares. */
  readonly copyrights: readonly string[];
}

/** All packages in the bundle, which runs on Node.js and is compiled with Bun, by name. */
export const bundledPackages = async () => packagesIn(await bundlePlugin('provider/main.ts'));

/** All packages in the sandbox, which only the package for npm has, by name. */
export const sandboxPackages = async () => packagesIn(await bundleSandbox());

function packagesIn({ outputs }: Metafile): Bundled[] {
  const files = Object.values(outputs)
    .flatMap(({ inputs }) =>
      Object.entries(inputs).flatMap(([file, { bytesInOutput }]) => (bytesInOutput > 0 ? [file] : [])),
    )
    .sort();
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

/** Not localeCompare, since the order must not depend on the machine's language. */
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function describe(folder: string, sources: readonly string[]): Bundled {
  const { name, version, license, author } = JSON.parse(
    readFileSync(join(folder, 'package.json'), 'utf8'),
  ) as {
    name: string;
    version: string;
    license?: string;
    author?: string | { name: string };
  };
  if (!license) throw new Error(`The package ${name} ${version} in the bundle declares no licence.`);
  const text = ownFile(folder, /^(licen[cs]e|copying)(\.\w+)?$/i) ?? readmeLicence(folder);
  const notice = ownFile(folder, /^notice(\.\w+)?$/i);
  return {
    name,
    version,
    licence: license,
    ...(text ? { text } : {}),
    ...(notice ? { notice } : {}),
    copyrights: text ? [] : copyrightsOf(sources, author),
  };
}

function ownFile(folder: string, name: RegExp): string | undefined {
  const file = readdirSync(folder)
    .sort()
    .find((entry) => name.test(entry));
  return file && readFileSync(join(folder, file), 'utf8');
}

/** Some packages have their licence only in the README. */
function readmeLicence(folder: string): string | undefined {
  const [, section] = (ownFile(folder, /^readme\.md$/i) ?? '').split(/^(?:#+ Licen[cs]e|Licen[cs]e\n-+)$/im);
  if (!section?.includes('Permission is hereby granted')) return undefined;
  return section
    .split(/^(?:#|\[)/m)[0]
    ?.replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>');
}

function copyrightsOf(sources: readonly string[], author: string | { name: string } | undefined): string[] {
  const lines = sources.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/^[\s/*]*(Copyright .*\d{4}.*)$/gm)].map(
      ([, line]) => line?.trim() ?? '',
    ),
  );
  if (lines.length > 0 || author === undefined) return [...new Set(lines)].sort();
  return [`Author: ${typeof author === 'string' ? author : author.name}`];
}
