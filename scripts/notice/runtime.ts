/**
 * What is inside the Bun runtime of the executables. It cannot be derived from the executable, and Bun's npm packages
 * contain no licences: it is taken from Bun's LICENSE.md (which has names and links, no terms), build scripts and
 * Cargo.lock. The versions are those that the executable reports.
 *
 * After an upgrade of Bun a test fails until `bunVersion` and `bunRevision` are the new ones. Before you change them,
 * look at Bun's LICENSE.md, scripts/build/deps and Cargo.lock at that tag for what was added and removed.
 */
import { execFileSync } from 'node:child_process';
import type { Part } from './part';
import { crates } from './runtime-crates';
import { libraries } from './runtime-libraries';
import { polyfills } from './runtime-polyfills';

/** The version of the npm package bun with which these tables were last compared. */
export const bunVersion = '1.4.5';

/** The revision of Bun's repository that `bun --revision` reports for that version. */
export const bunRevision = 'a7733435c';

const bun: Part = {
  name: 'Bun',
  licence: 'MIT',
  reported: 'bun',
  address: 'https://github.com/oven-sh/bun',
  holder: 'Oven and the contributors to Bun',
};

/** What else is in `process.versions`: interfaces that Bun imitates, and parts that are listed here as Bun. */
const notParts = ['node', 'openssl', 'v8', 'uv', 'napi', 'modules', 'unicode', 'zig', 'typescript'];

/** The `process.versions` of the Bun that is installed. */
function reportedVersions(): Readonly<Record<string, string>> {
  const print = 'console.log(JSON.stringify(process.versions))';
  return JSON.parse(execFileSync('node_modules/bun/bin/bun.exe', ['-e', print], { encoding: 'utf8' }));
}

/**
 * All parts, in the order in which the notice shows them, with the versions that the runtime reports.
 *
 * @throws if it reports a part that is not in the tables, or does not report one that is
 */
export function runtimeParts(versions = reportedVersions()): Part[] {
  const parts = [bun, ...libraries(), ...crates, ...polyfills];
  const known = parts.flatMap(({ reported }) => reported ?? []);
  const unknown = Object.keys(versions).filter((name) => !known.includes(name) && !notParts.includes(name));
  const gone = known.filter((name) => versions[name] === undefined);
  if (unknown.length > 0 || gone.length > 0) {
    throw new Error(
      `Bun reports ${unknown.join(', ') || 'nothing'} that is missing from the tables of scripts/notice, and they have ` +
        `${gone.join(', ') || 'nothing'} that it does not report. Compare them with Bun's LICENSE.md.`,
    );
  }
  return parts.map((part) => {
    const version = part.reported && versions[part.reported];
    return version ? { ...part, version } : part;
  });
}
