import { accessSync, constants, readFileSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { readElf } from './release/inspect/elf';

/** Chromium without any windows of its own: a page there costs half the processor time. */
export const headlessShell = 'chromium-headless-shell';

const browsers = [
  headlessShell,
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
];

/** On macOS they are not on the PATH. */
const applications = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** The path of the first of these programs on the PATH; undefined if there is none. */
export function findProgram(...names: readonly string[]): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return folders.flatMap((folder) => names.map((name) => join(folder, name))).find(isExecutable);
}

/** The path of Chromium or a relative: `CHROMIUM`, or else the one that is installed; undefined if there is none. */
export const findBrowser = (): string | undefined =>
  process.env.CHROMIUM || (findProgram(...browsers) ?? applications.find(isExecutable));

/** Whether a program for Linux needs no loader, so that it runs on any system. */
export const isStatic = (path: string): boolean => readElf(readFileSync(path)).interpreter === undefined;

/** The path of a busybox that runs without glibc; undefined if there is none. */
export function findStaticBusybox(): string | undefined {
  const busybox = process.platform === 'linux' ? findProgram('busybox') : undefined;
  return busybox && isStatic(busybox) ? busybox : undefined;
}
