import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { built } from '../mirror';
import { compile } from '../native/compile';
import { type Part, startedParts } from '../starter/parts';
import { inspect } from './inspect';
import { readElf } from './inspect/elf';
import { readMachO } from './inspect/mach-o';
import { signAdHoc } from './mach-o/sign';
import { tryRun } from './run';
import { bunRuntime } from './runtime';
import { extensionOf, platformOf, type Target } from './targets';
import type { Release } from './version';
import { zip } from './zip';

/** A built platform, for the release notes. */
export interface Built {
  readonly platform: string;
  /** The zip's name. */
  readonly file: string;
  readonly checked: string;
  readonly run: string;
}

export const providerName = 'terraform-provider-domo';

/** What goes into every zip with the executable. */
export const documents = ['LICENSE', 'NOTICE', 'README.md'] as const;

/**
 * Compiles the provider for a platform, checks the result, and packs it as the registries expect.
 *
 * @param out the folder for the zip
 * @throws with the platform in the message if anything is wrong
 */
export function buildTarget(target: Target, order: Release, out: string): Built {
  const { version, rehearsal } = order;
  const platform = platformOf(target);
  const work = mkdtempSync(join(tmpdir(), 'release-'));
  try {
    // The executable contains the file's name, so it must always be the same.
    const executable = join(work, `${providerName}${extensionOf(target)}`);
    compile(executable, {
      target: target.bun.target,
      executable: bunRuntime(target, { installed: rehearsal }),
    });
    const signed = target.os === 'darwin' ? signWhereNeeded(executable) : '';
    chmodSync(executable, 0o755);
    const checked = inspect(readFileSync(executable), target) + signed;
    const run = tryRun(executable, target, version);
    const file = `${providerName}_${version}_${platform}.zip`;
    mkdirSync(out, { recursive: true });
    writeFileSync(join(out, file), pack(executable, target, order));
    return { platform, file, checked, run };
  } catch (cause) {
    throw new Error(`${platform}: ${cause instanceof Error ? cause.message : cause}`, { cause });
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function pack(executable: string, target: Target, { version, date, rehearsal }: Release): Uint8Array {
  const others = documents.map((name) => ({ name, content: readFileSync(name), executable: false }));
  return zip([...others, ...installed(readFileSync(executable), version, target)], date, {
    hasty: rehearsal,
  });
}

/** On Linux a script starts the executable, which needs glibc, or the bundle; elsewhere the executable is all there is. */
function installed(content: Buffer, version: string, target: Target): Part[] {
  const loader = target.os === 'linux' ? readElf(content).interpreter : undefined;
  if (loader !== undefined) return startedParts(built().executable, version, { content, loader });
  return [{ name: `${providerName}_v${version}${extensionOf(target)}`, content, executable: true }];
}

/** Replaces Bun's signature if it does not fit: see mach-o/sign.ts. */
function signWhereNeeded(executable: string): string {
  const built = readFileSync(executable);
  const { isAdHoc, problem } = readMachO(built);
  if (isAdHoc && problem === undefined) return '; signed by Bun';
  writeFileSync(executable, signAdHoc(built, basename(executable)));
  return '; signed by the release script';
}
